"""The witness: an upper body confirms that a log only grew, and signs what it saw (C2SP cosignature/v1)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from mingtang.trace.log import merkle
from mingtang.trace.log.errors import BadNote
from mingtang.trace.log.keys import Chain
from mingtang.trace.log.notes import Note, Signature, Signer, Verifier
from mingtang.trace.log.proofs import head, verified_head
from mingtang.trace.log.tiles import WITNESSED, Tiles
from mingtang.trace.log.writing import Folder


def cosign(log: Path, chain: Chain, before: Note | None, signer: Signer, moment: datetime) -> Note:
    """The log's checkpoint with the witness's cosignature, to be sent back to the log and kept as the next `before`.

    `log` is a copy of the log's static files, `before` the note this witness cosigned last (None the first time).
    Raises `BadProof` when the log is no continuation of it, `BadNote` when a signature does not hold or the clock of
    the witness stands before its last signature.
    """
    note, checkpoint = head(log)
    verified_head(note, chain)
    tree = Tiles(log, checkpoint.size)
    old_size, old_root = 0, merkle.EMPTY_ROOT
    if before is not None:
        old = verified_head(before, chain, [signer.verifier])
        old_size, old_root = old.size, old.root
        _check_clock(before, signer.verifier, moment)
    # The root is computed from the tiles: what is signed is what is served.
    merkle.verify_consistency(checkpoint.size, checkpoint.size, [], tree.root(), checkpoint.root)
    path = merkle.consistency_path(min(old_size, checkpoint.size), checkpoint.size, tree.node)
    merkle.verify_consistency(old_size, checkpoint.size, path, old_root, checkpoint.root)
    return note.signed(signer, moment)


def _check_clock(before: Note, witness: Verifier, moment: datetime) -> None:
    last = max(signature.moment for signature in before.signatures if signature.by(witness))
    if moment < last:
        raise BadNote(f"见证方的时钟早于它上次签名的时刻（{last.isoformat()}）：请校准时钟后再签。")


def attach(log: Path, cosigned: Note, chain: Chain, witnesses: Sequence[Verifier]) -> Note:
    """Put cosignatures into the log's file `witnessed`, the last checkpoint that witnesses have confirmed.

    Cosignatures of the same checkpoint add up; a larger checkpoint takes the place of a smaller one. Raises `BadNote`
    when no known witness signed, or when the note is older than the one in place.
    """
    fresh = verified_head(cosigned, chain)
    known = tuple(s for s in cosigned.signatures if any(s.by(key) for key in witnesses))
    Note(cosigned.text, known).verified(witnesses)
    own = tuple(s for s in cosigned.signatures if s.by(chain.key_for(fresh.size)))
    place = log / WITNESSED
    merged = Note(cosigned.text, own + known)
    if place.exists():
        present = Note.parse(place.read_bytes())
        if verified_head(present, chain).size > fresh.size:
            raise BadNote("已有更大的检查点得到见证；这份见证过时了。")
        if present.text == cosigned.text:
            merged = Note(present.text, _newest((*present.signatures, *known)))
    folder = Folder(log)
    folder.write(WITNESSED, str(merged).encode())
    folder.close()
    return merged


def _newest(signatures: Sequence[Signature]) -> tuple[Signature, ...]:
    """One signature a key, the last one given."""
    return tuple({(s.name, s.key_id): s for s in signatures}.values())
