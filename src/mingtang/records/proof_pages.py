"""What a record's pages say of its proof, and the files beside them: the logged bytes, the proofs, past versions."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from markupsafe import Markup

from mingtang.records import public_acts, texts
from mingtang.records.models import PUBLIC_STATES, Record
from mingtang.records.public_acts import Act
from mingtang.trace.actions import name_of
from mingtang.trace.log import builder
from mingtang.trace.pages import Arguments, Entry, Page, PageSource

BATCH = 200
JSON = "application/json"
#: Of which acts of a record a source makes a page; told apart by their version where there can be several.
Choosing = Callable[[Record, Sequence[Act]], Sequence[Act]]
#: The page that a source makes of a record, its acts, and the chosen one of them.
Making = Callable[[Record, Sequence[Act], Act], Page]


def sources(shown: Callable[[], Any], verbs: tuple[str, ...]) -> Sequence[PageSource]:
    """The page sources; `shown` gives the records that have a page, `verbs` the acts after which they change."""

    def source(name: str, route: str, choosing: Choosing, making: Making) -> PageSource:
        made = _Made(shown, choosing, making, "<int:version>" in route)
        return PageSource(
            name, f"records/<slug:slug>/{route}", made.one, made.arguments, every=made.every, some=made.some,
            found=made.found, verbs=verbs, timeless=True, listed=False,
        )  # fmt: skip

    return (
        source("record-content", "record.json", _present, _content),
        source("record-proof", "proof.json", _latest, _proof),
        source("record-versions", "versions/", _several, _versions),
        source("record-version", "versions/<int:version>/", _past, _version),
        source("record-version-content", "versions/<int:version>/record.json", _past, _content),
        PageSource("proof", "proof/", how_to_verify, verbs=(builder.SIGNED, builder.ROTATED), timeless=True),
    )


@dataclass(frozen=True)
class _Made:
    """The ways in which a source is asked for what `making` makes of records: one, all, some, those of tags."""

    shown: Callable[[], Any]
    choosing: Choosing
    making: Making
    is_numbered: bool

    def one(self, slug: str, **arguments: Any) -> Page | None:
        wanted = {"slug": slug, **arguments}
        return next((page for given, page in self._of(self.shown().filter(slug=slug)) if given == wanted), None)

    def every(self) -> Iterator[tuple[Arguments, Page]]:
        for batch in _batches(self.shown()):
            yield from self._of(batch)

    def arguments(self) -> Iterator[Arguments]:
        return self._listed(self.shown())

    def some(self, wanted: Sequence[Arguments]) -> Iterator[tuple[Arguments, Page]]:
        for begin in range(0, len(wanted), BATCH):
            part = wanted[begin : begin + BATCH]
            slugs = {each["slug"] for each in part}
            made = self._of(self.shown().filter(slug__in=slugs).order_by("pk"))
            yield from ((given, page) for given, page in made if given in part)

    def found(self, tags: frozenset[str]) -> Iterator[Arguments]:
        keys = [int(tag.partition(":")[2]) for tag in tags if tag.startswith("record:")]
        for begin in range(0, len(keys), BATCH):
            yield from self._listed(self.shown().filter(pk__in=keys[begin : begin + BATCH]))

    def _listed(self, shown: Any) -> Iterator[Arguments]:
        """Which pages there are, without making them."""
        for batch in _batches(shown.select_related(None).only("pk", "slug", "state")):
            acts = public_acts.outlines_of(batch)
            for record in batch:
                yield from (self._named(record, act) for act in self.choosing(record, acts.get(name_of(record), [])))

    def _of(self, records: Iterable[Record]) -> Iterator[tuple[Arguments, Page]]:
        batch = list(records)
        acts = public_acts.of_records(batch)
        for record in batch:
            known = acts.get(name_of(record), [])
            for act in self.choosing(record, known):
                yield self._named(record, act), self.making(record, known, act)

    def _named(self, record: Record, act: Act) -> Arguments:
        return {"slug": record.slug} | ({"version": act.version} if self.is_numbered else {})


def _batches(shown: Any) -> Iterator[list[Record]]:
    records = shown.order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(records, BATCH)):
        yield batch


def how_to_verify() -> Page:
    """How anyone checks what this site says of its past."""
    return Page("records/how_to_verify.html", {"key": builder.public_key()}, frozenset({"log.keys"}))


def section(record: Record, acts: Sequence[Act]) -> Mapping[str, Any]:
    """What the templates of a record's page need for the part “公开凭证”."""
    return {
        "latest_act": acts[-1] if acts else None,
        "text_act": public_acts.newest_text(acts),
        "texts": public_acts.number_of_texts(acts) if record.state in PUBLIC_STATES else 0,
        "address_of_record": f"/records/{record.slug}/",
    }


def logged_text(acts: Sequence[Act], carried: Mapping[str, Any]) -> Markup | None:
    """The text as it was logged, when it still holds and its files are all there; else None."""
    act = public_acts.newest_text(acts)
    if act is None or not act.may_be_shown or not carried.keys() >= {each["path"] for each in act.record["files"]}:
        return None
    return Markup(act.record["text"])  # noqa: S704 - let through tag by tag before it was logged; its digest holds


def _present(record: Record, acts: Sequence[Act]) -> Sequence[Act]:
    """The act whose text is before the public."""
    act = public_acts.newest_text(acts)
    return [act] if act is not None and act.may_be_shown and record.state in PUBLIC_STATES else []


def _content(record: Record, _acts: Sequence[Act], act: Act) -> Page:
    return _raw(record, act.content or b"")


def _latest(_record: Record, acts: Sequence[Act]) -> Sequence[Act]:
    """The newest act: the proofs of all lie in one file."""
    return acts[-1:]


def _proof(record: Record, acts: Sequence[Act], _act: Act) -> Page:
    bundle = public_acts.bundle(acts, f"records/{record.slug}/", record.index_number)
    return _raw(record, json.dumps(bundle, ensure_ascii=False, indent=1).encode())


def _several(record: Record, acts: Sequence[Act]) -> Sequence[Act]:
    """The newest act of a record that has had several texts: one list names them all."""
    return acts[-1:] if record.state in PUBLIC_STATES and public_acts.number_of_texts(acts) > 1 else []


def _versions(record: Record, acts: Sequence[Act], _act: Act) -> Page:
    context = {"acts": acts[::-1], "newest": public_acts.newest_text(acts), **_around(record)}
    return Page("records/versions.html", context, _tags(record))


def _past(record: Record, acts: Sequence[Act]) -> Sequence[Act]:
    """The acts whose texts are past and may still be read."""
    return public_acts.past_versions(acts) if record.state in PUBLIC_STATES else []


def _version(record: Record, _acts: Sequence[Act], act: Act) -> Page:
    said = act.record
    kept = texts.kept_files(file["path"] for file in said["files"])
    context = {
        "act": act,
        "said": said,
        "kept": kept,
        "text": Markup(said["text"]),  # noqa: S704 - as in `logged_text`
        "head": _head(said),
        "made_on": parse_date(said["made_on"]) if said["made_on"] else None,
        "latest_act": act,
        "text_act": act,
        **_around(record, (_("历史版本"), f"/records/{record.slug}/versions/")),
    }
    return Page("records/version.html", context, _tags(record), files=kept)


def _raw(record: Record, content: bytes) -> Page:
    # The bytes are JSON already: nothing in them is to be escaped for HTML.
    return Page("records/raw.json", {"content": Markup(content.decode())}, _tags(record), media_type=JSON)  # noqa: S704


def _tags(record: Record) -> frozenset[str]:
    return frozenset({f"record:{record.pk}"})


def _around(record: Record, *below: tuple[str, str]) -> Mapping[str, Any]:
    return {
        "record": record,
        "address_of_record": f"/records/{record.slug}/",
        "trail": [(_("信息公开"), "/columns/"), (record.title, f"/records/{record.slug}/"), *below],
    }


def _head(said: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The rows of the head table as they were, in the order of the present page."""
    days = {name: parse_date(said[name]) if said[name] else None for name in ("made_on", "effective_on", "expires_on")}
    published = parse_datetime(said["published_at"]) if said["published_at"] else None
    validity = said["validity"]
    rows: list[tuple[str, Any]] = [
        (_("索引号"), said["index_number"]),
        (_("主题分类"), said["topic"]["label"]),
        (_("发文机关"), Entry(said["body"]["name"], f"bodies/{said['body']['code']}/")),
        (_("成文日期"), days["made_on"]),
        (_("标题"), said["title"]),
        (_("发文字号"), said["document_number"]),
        (_("有效性"), "" if validity["code"] == "not_applicable" else validity["label"]),
        (_("发布日期"), published),
    ]
    dated = ((_("施行日期"), days["effective_on"]), (_("有效期至"), days["expires_on"]))
    return rows + [(label, day) for label, day in dated if day]
