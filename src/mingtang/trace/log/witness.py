"""The witness: an upper body confirms that a log only grew, and signs what it saw (C2SP cosignature/v1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mingtang.trace.log import merkle
from mingtang.trace.log.errors import BadNote, BadProof
from mingtang.trace.log.keys import Chain
from mingtang.trace.log.notes import Checkpoint, Note, Signature, Signer, Verifier, decode, encode
from mingtang.trace.log.proofs import head, verified_head
from mingtang.trace.log.tiles import WITNESSED, Tiles
from mingtang.trace.log.writing import Folder

_OLD = re.compile(r"old (0|[1-9]\d{0,18})", re.ASCII)
#: Hashes in a consistency proof of the largest tree there can be.
LONGEST_PATH = 63


@dataclass(frozen=True)
class Request:
    """What a log asks a witness: to sign `checkpoint` (a note), which `path` shows to continue its first `old` leaves.

    Written as the body of C2SP tlog-witness's add-checkpoint: `old N`, the hashes, an empty line, the note.
    """

    old: int
    path: tuple[bytes, ...]
    checkpoint: str

    def spelled(self) -> str:
        """The request's file."""
        lines = [f"old {self.old}", *(encode(value) for value in self.path)]
        return "".join(f"{line}\n" for line in lines) + "\n" + self.checkpoint

    @classmethod
    def parse(cls, content: bytes) -> "Request":
        """Read a request's file; raises `BadNote`."""
        try:
            head_lines, gap, checkpoint = content.decode().partition("\n\n")
        except UnicodeDecodeError as problem:
            raise BadNote("见证申请不是 UTF-8 文字。") from problem
        first, *rest = head_lines.split("\n")
        found = _OLD.fullmatch(first)
        if not gap or found is None or len(rest) > LONGEST_PATH:
            raise BadNote("见证申请应为：old 条数、一致性证明各行、空行、检查点。")
        path = tuple(decode(line, "一致性证明") for line in rest)
        if any(len(value) != merkle.HASH_BYTES for value in path):
            raise BadNote("见证申请里一致性证明的哈希长度不对。")
        return cls(int(found[1]), path, checkpoint)


def ask(log: Path, old: int) -> Request:
    """The request for a cosignature of the present checkpoint, to a witness that signed size `old` last (0: none).

    Raises `BadNote` or `BadTile` when the files do not bear out the checkpoint, `BadProof` when `old` is beyond it.
    """
    note, checkpoint = head(log)
    tree = Tiles(log, checkpoint.size)
    # The root is computed from the tiles: what is to be signed is what is served.
    merkle.verify_consistency(checkpoint.size, checkpoint.size, [], tree.root(), checkpoint.root)
    return Request(old, tuple(merkle.consistency_path(old, checkpoint.size, tree.node)), str(note))


def answer(request: Request, chain: Chain, before: Note | None, signer: Signer, moment: datetime) -> Note:
    """The checkpoint with the witness's cosignature, to be sent back to the log and kept as the next `before`.

    `before` is the note this witness cosigned last (None the first time). Raises `BadProof` when the log is no
    continuation of it or the request starts from another size, `BadNote` when a signature does not hold or the clock
    of the witness stands before its last signature.
    """
    note = Note.parse(request.checkpoint)
    checkpoint = verified_head(note, chain)
    old_size, old_root = 0, merkle.EMPTY_ROOT
    if before is not None:
        # Signed when it was made; which key's turn it was then, the chain of today need not know any more.
        before.verified([signer.verifier])
        old = Checkpoint.parse(before.text)
        old_size, old_root = old.size, old.root
        _check_clock(before, signer.verifier, moment)
    if checkpoint.size < old_size:
        raise BadProof(f"日志变小了：上次签的有 {old_size} 条，这次只有 {checkpoint.size} 条。不予见证，请查明原因。")
    if request.old != old_size:
        raise BadProof(
            f"见证方上次签的是 {old_size} 条，申请却从 {request.old} 条算起。请用 --since {old_size} 重新生成申请。"
        )
    merkle.verify_consistency(old_size, checkpoint.size, request.path, old_root, checkpoint.root)
    own = tuple(signature for signature in note.signatures if signature.by(chain.key_for(checkpoint.size)))
    return Note(note.text, own).signed(signer, moment)


def cosign(log: Path, chain: Chain, before: Note | None, signer: Signer, moment: datetime) -> Note:
    """As `answer`, for a witness that has a copy of the log's files."""
    size = head(log)[1].size
    old = Checkpoint.parse(before.text).size if before else 0
    return answer(ask(log, min(old, size)), chain, before, signer, moment)


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
