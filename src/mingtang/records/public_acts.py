"""A record's public history with its proofs: which acts there were, which text each put out, and what the log holds.

A text is shown as true only when the digest in the log's leaf is that of its bytes; one that is not is told apart
(`Act.is_altered`) and its words are not shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from mingtang.records import editions
from mingtang.records.models import Edition, Record
from mingtang.trace.actions import name_of
from mingtang.trace.log import builder
from mingtang.trace.log.leaves import VERBS, Leaf
from mingtang.trace.log.notes import Checkpoint, Note, encode
from mingtang.trace.log.proofs import Proof
from mingtang.trace.models import Event

FORMAT = "mingtang.record-proof/1"
#: Public acts in the words of the portal.
WORDS = {
    "records.published": _("发布"),
    "records.changed": _("更新"),
    "records.withdrawn": _("撤下"),
    "records.superseded": _("被替代"),
    "records.archived": _("归档"),
}


@dataclass(frozen=True)
class Act:
    """One public act. `content` and `metadata` are its kept bytes, `shown` the digest of `content` in its event.

    `version` counts the texts from 1 (None where the act changed no text); `until` is the moment of the act that ended
    the text's time; `is_closed` says that a later withdrawal took it from the public.
    """

    verb: str
    moment: datetime
    note: str
    content: bytes | None
    metadata: bytes | None
    shown: str | None
    proof: Proof | None
    version: int | None = None
    until: datetime | None = None
    is_closed: bool = False

    @property
    def title(self) -> Any:
        """The act in the portal's words."""
        return WORDS[self.verb]

    @cached_property
    def leaf(self) -> Leaf | None:
        """The act as the log has it; None while it waits to be signed."""
        return Leaf.parse(self.proof.entry) if self.proof else None

    @property
    def is_altered(self) -> bool:
        """Whether what is kept of the act is not what the log, or while it is not signed the stream, says of it."""
        known = [(self.content, self.shown)]
        if self.leaf is not None:
            known += [(self.content, self.leaf.shown), (self.metadata, self.leaf.metadata)]
        return any(content is not None and editions.digest_of(content) != digest for content, digest in known)

    @property
    def may_be_shown(self) -> bool:
        """Whether the text of this act is before the public, now or in the list of versions."""
        return self.content is not None and not self.is_closed and not self.is_altered

    @cached_property
    def record(self) -> Mapping[str, Any]:
        """The record as this act put it out; only where `may_be_shown`."""
        return editions.read(self.content or b"{}")

    @property
    def place(self) -> str:
        """Where a past text lies below the record's address."""
        return f"versions/{self.version}/"

    @cached_property
    def checkpoint(self) -> Checkpoint | None:
        """The signed head that the proof leads to."""
        return Checkpoint.parse(Note.parse(self.proof.checkpoint).text) if self.proof else None

    @property
    def root(self) -> str:
        """The root of that head in base64, as the checkpoint writes it."""
        return encode(self.checkpoint.root) if self.checkpoint else ""


def of_records(records: Iterable[Record]) -> Mapping[str, Sequence[Act]]:
    """Acts of records by their reference, oldest first."""
    things = [name_of(record) for record in records]
    return of_events(Event.objects.filter(thing__in=things, verb__in=WORDS).order_by("seq"))


def outlines_of(records: Iterable[Record]) -> Mapping[str, Sequence[Act]]:
    """Acts of records by their reference with nothing in them but verb, moment and number: enough to tell which pages
    there are, at a small part of what reading texts and proofs costs. Kept bytes are taken to be as they were."""
    things = [name_of(record) for record in records]
    rows = (
        Event.objects.filter(thing__in=things, verb__in=WORDS)
        .order_by("seq")
        .values_list("seq", "thing", "verb", "moment")
    )
    listed = list(rows)
    seqs = [seq for seq, *_rest in listed]
    kept = Edition.objects.filter(event_seq__in=seqs, content__isnull=False)
    texts = frozenset(kept.values_list("event_seq", flat=True))
    found: dict[str, list[Act]] = defaultdict(list)
    for seq, thing, verb, moment in listed:
        content = b"" if seq in texts else None
        found[thing].append(Act(verb, moment, "", content, None, editions.digest_of(b""), None))
    return {thing: _numbered(acts) for thing, acts in found.items()}


def of_events(events: Iterable[Event]) -> Mapping[str, Sequence[Act]]:
    """Acts by the thing they are about, oldest first, from its public events (a fixed number of queries)."""
    listed = list(events)
    seqs = [event.seq for event in listed]
    kept = {row.event_seq: row for row in Edition.objects.filter(event_seq__in=seqs)}
    proofs = builder.proofs_of(seqs)
    found: dict[str, list[Act]] = defaultdict(list)
    for event in listed:
        edition = kept.get(event.seq)
        found[event.thing].append(
            Act(
                verb=event.verb,
                moment=event.moment,
                note=event.data.get("reason") or event.data.get("change_note") or "",
                content=bytes(edition.content) if edition and edition.content is not None else None,
                metadata=bytes(edition.metadata) if edition else None,
                shown=event.data.get("shown"),
                proof=proofs.get(event.seq),
            )
        )
    return {thing: _numbered(acts) for thing, acts in found.items()}


def _numbered(acts: list[Act]) -> list[Act]:
    """Number the texts, and end each with the next text or the withdrawal that followed it."""
    numbered: list[Act] = []
    version, until, is_closed = sum(act.verb in editions.TEXT_ACTS for act in acts), None, False
    for act in reversed(acts):
        if act.verb == "records.withdrawn":
            until, is_closed = act.moment, True
        elif act.verb in editions.TEXT_ACTS:
            act, version, until = replace(act, version=version, until=until), version - 1, act.moment
        numbered.append(replace(act, is_closed=is_closed))
    return numbered[::-1]


def newest_text(acts: Sequence[Act]) -> Act | None:
    """The act whose text is, or was last, before the public."""
    return next((act for act in reversed(acts) if act.version is not None), None)


def past_versions(acts: Sequence[Act]) -> list[Act]:
    """Texts that are no longer the present one and whose words the public may still read, newest first."""
    newest = newest_text(acts)
    return [act for act in reversed(acts) if act.version is not None and act is not newest and act.may_be_shown]


def number_of_texts(acts: Sequence[Act]) -> int:
    """How many texts there have been."""
    newest = newest_text(acts)
    return newest.version or 0 if newest else 0


def bundle(acts: Sequence[Act], path: str, number: str) -> dict[str, Any]:
    """The proofs of a record in one JSON value, for the file beside its page.

    `metadata` and `leaf` are texts whose exact bytes count: their SHA-256 is what a leaf holds, or what the log hashes.
    Metadata of a withdrawn record is left out: its title may be the very thing that had to go.
    """
    return {
        "format": FORMAT,
        "record": number,
        "path": path,
        "acts": [
            {
                "act": VERBS[act.verb],
                "moment": editions.in_utc(act.moment),
                "version": act.version,
                "content": _file_of(act, acts),
                "metadata": act.metadata.decode() if act.metadata is not None and not act.is_closed else None,
                "reason": act.note or None,
                "proof": act.proof.as_json() if act.proof else None,
            }
            for act in acts
        ],
    }


def _file_of(act: Act, acts: Sequence[Act]) -> str | None:
    """Where the text of an act lies, relative to the record's address; None when it is not shown."""
    if act.version is None or not act.may_be_shown:
        return None
    return "record.json" if act is newest_text(acts) else f"{act.place}record.json"
