"""The log's edge to the platform: the reader that turns events into leaves, and the leaves into files.

Events become rows of `LogLeaf` in the transaction that moves the reader's cursor, so each public act is a leaf exactly
once. Files follow from the rows and may be written again at any time (`docs/decisions/0013-transparency-log.md`).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction

from mingtang.trace import actions as trace
from mingtang.trace import queries, readers
from mingtang.trace.log import keys, leaves, merkle, publication, witness
from mingtang.trace.log.errors import BadNote, LogError
from mingtang.trace.log.notes import Checkpoint, Note, Verifier
from mingtang.trace.log.proofs import Proof, head, proofs_for
from mingtang.trace.log.tiles import CHECKPOINT, WITNESSED, Tiles
from mingtang.trace.models import Event, LogHead, LogLeaf

NAME = "trace.log"
#: Public keys of the witnesses that the log knows, one a line, beside its own keys.
WITNESSES = "witnesses"
#: The event after which pages may carry proofs that they lacked.
SIGNED = "log.signed"
#: The event after which the log has another key.
ROTATED = "log.rotated"


def public_folder() -> Path:
    """Where the log's static files lie (`MINGTANG_HOME/log`)."""
    return Path(settings.HOME) / "log"


def secret_folder() -> Path:
    """Where the log's keys lie (`MINGTANG_HOME/keys/log`), never served."""
    return Path(settings.HOME) / "keys" / "log"


def set_up() -> keys.Chain:
    """Make the log's first key under the portal's public address, once; later changes of address do not rename it."""
    return keys.set_up(secret_folder(), settings.PUBLIC_URL.partition("://")[2] + "/log")


def public_key() -> str:
    """The public key now in service as text; empty before the first one is made."""
    try:
        return str(keys.chain(secret_folder()).current)
    except LogError:
        return ""


def take(events: list[Event]) -> None:
    """Write one leaf for each event that has none yet, in the order of the events (the reader's function)."""
    known = set(LogLeaf.objects.filter(event_seq__in=[e.seq for e in events]).values_list("event_seq", flat=True))
    fresh = [event for event in events if event.seq not in known]
    start = count()
    LogLeaf.objects.bulk_create(
        LogLeaf(index=start + place, event_seq=event.seq, entry=_entry(event)) for place, event in enumerate(fresh)
    )


def _entry(event: Event) -> bytes:
    return leaves.leaf(
        verb=event.verb,
        thing=event.thing,
        body=event.body,
        moment=event.moment,
        after=event.after,
        data=event.data,
    ).spelled()


READER = readers.Reader(name=NAME, handle=take, verbs=tuple(leaves.VERBS), batch=500)


def count() -> int:
    """How many leaves the database holds."""
    last = LogLeaf.objects.aggregate(last=models.Max("index"))["last"]
    return 0 if last is None else last + 1


def entries(begin: int) -> Iterator[bytes]:
    """The leaves from number `begin` on, in order."""
    rows = LogLeaf.objects.filter(index__gte=begin).order_by("index").values_list("entry", flat=True)
    return (bytes(entry) for entry in rows.iterator(chunk_size=2000))


def bring_up_to_date(moment: datetime, folder: Path | None = None, secrets: Path | None = None) -> Checkpoint:
    """Read what is new in the stream, write the files that follow from it, sign the head; returns it.

    May be called at any time and after any stop. Event `log.signed` when the head is a new one. Raises `Fork` or a
    `KeyUnusable` when nothing may be signed; the leaves are then safe in the database and the next call goes on.
    """
    readers.catch_up(NAME)
    place = folder or public_folder()
    checkpoint = publication.publish(place, secrets or secret_folder(), entries, count())
    keep_head(place, moment)
    return checkpoint


def keep_up(moment: datetime) -> Checkpoint:
    """Bring the instance's log up to date; the first time, make its key."""
    set_up()
    return bring_up_to_date(moment)


def keep_head(folder: Path, moment: datetime) -> None:
    """Keep the signed head that lies in the folder, once; a head signed before a stop is kept by the next call."""
    if not (folder / CHECKPOINT).exists():
        return
    note, checkpoint = head(folder)
    if LogHead.objects.filter(size=checkpoint.size).exists():
        return
    with transaction.atomic():
        before = LogHead.objects.aggregate(last=models.Max("size"))["last"] or 0
        LogHead.objects.create(size=checkpoint.size, note=str(note))
        data = {"from": before, "size": checkpoint.size}
        trace.record(SIGNED, NAME, actor="system:log", moment=moment, data=data)


def things_between(begin: int, end: int) -> list[str]:
    """References of the things whose leaves have numbers from `begin` up to `end`: what a signed head proved."""
    seqs = LogLeaf.objects.filter(index__gte=begin, index__lt=end).values("event_seq")
    return list(Event.objects.filter(seq__in=seqs).values_list("thing", flat=True).distinct().order_by("thing"))


def proofs_of(seqs: Sequence[int]) -> Mapping[int, Proof]:
    """Proofs of the leaves of events, by the event's number, each against the first checkpoint that covers the leaf.

    Such a proof never changes, however the log grows. Events that have no signed leaf yet are absent; so are all when
    the files of the log cannot be read (`mingtang verify --log` says why).
    """
    first = LogHead.objects.filter(size__gt=models.OuterRef("index")).order_by("size").values("size")[:1]
    rows = LogLeaf.objects.filter(event_seq__in=seqs).annotate(head=models.Subquery(first)).order_by("index")
    proven = [(row.event_seq, row.index, row.head) for row in rows if row.head is not None]  # type: ignore[attr-defined]
    if not proven:
        return {}
    notes = LogHead.objects.in_bulk({size for _, _, size in proven})
    found: dict[int, Proof] = {}
    with suppress(LogError, OSError):
        tree = Tiles(public_folder(), head(public_folder())[1].size)
        for seq, index, size in proven:
            path = merkle.inclusion_path(index, size, tree.node)
            found[seq] = Proof(tree.entry(index), index, tuple(path), notes[size].note)
    return found


def repair(folder: Path | None = None, secrets: Path | None = None) -> list[str]:
    """Mend the files of the log from the leaves in the database; returns the paths that were mended."""
    return publication.repair(folder or public_folder(), secrets or secret_folder(), entries, count())


def rotate(moment: datetime, *, actor: Any = "system:log", lost: bool = False) -> keys.Chain:
    """Change the log's key now; event `log.rotated`. `lost` begins anew without the old key (see `keys.rotate`)."""
    with transaction.atomic():
        chain = publication.rotate(public_folder(), secret_folder(), lost=lost)
        trace.record(ROTATED, NAME, actor=actor, moment=moment, data={"key": str(chain.current), "lost": lost})
    return chain


def witnessed_size() -> int:
    """How many leaves the last checkpoint has that a witness confirmed; 0 when there is none."""
    place = public_folder() / WITNESSED
    return Checkpoint.parse(Note.parse(place.read_bytes()).text).size if place.exists() else 0


def attach(cosigned: Note, told: Sequence[Verifier] = ()) -> Note:
    """Publish a witness's cosignature (see `witness.attach`); witnesses told of are remembered for the next ones."""
    place = secret_folder() / WITNESSES
    known = [Verifier.parse(line) for line in place.read_text(encoding="utf-8").splitlines()] if place.exists() else []
    witnesses = list(dict.fromkeys([*known, *told]))
    if not witnesses:
        raise BadNote("还没有认定任何见证方。请核对见证方的公钥，并用 --witness 给出。")
    published = witness.attach(public_folder(), cosigned, keys.chain(secret_folder()), witnesses)
    if witnesses != known:
        keys.write_whole(place, "".join(f"{key}\n" for key in witnesses).encode(), 0o600)
    return published


def proof_for(leaf_index: int, folder: Path | None = None) -> Proof:
    """The proof of a leaf against the published checkpoint (`Proof.as_json` for the page)."""
    return proofs_for(folder or public_folder(), [leaf_index])[0]


def leaves_of(thing: models.Model | str) -> list[LogLeaf]:
    """The leaves of one record, oldest first: its public history."""
    seqs = queries.history(thing).filter(verb__in=leaves.VERBS).values("seq")
    return list(LogLeaf.objects.filter(event_seq__in=seqs).order_by("index"))


def differences(folder: Path | None = None) -> list[int]:
    """Numbers of published leaves that the database no longer has as they were published (a tampered database)."""
    place = folder or public_folder()
    _, checkpoint = head(place)
    tree = Tiles(place, checkpoint.size)
    mine = entries(0)
    return [index for index in range(checkpoint.size) if next(mine, None) != tree.entry(index)]
