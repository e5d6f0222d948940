"""Public pages of records: each record at its own address, whatever has become of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images import get_image_model

from mingtang.records import (
    as_of,
    beside,
    column_pages,
    linked,
    places,
    proof_pages,
    public_acts,
    public_files,
    richtext,
    shapes,
    stale,
    texts,
)
from mingtang.records.classes import topic_label
from mingtang.records.models import (
    PUBLIC_STATES,
    AttachedFile,
    Attachment,
    Record,
    Relation,
    RelationKind,
    State,
    Validity,
)
from mingtang.trace import pages
from mingtang.trace.actions import name_of
from mingtang.trace.log import builder
from mingtang.trace.pages import Door, Entry, Page, PageSource

#: Records whose surroundings are read together when all pages are made.
BATCH = 200
#: Acts of which the public reads in a record's history, with the words for them.
TOLD = public_acts.WORDS
#: Acts after which pages of records say something else.
VERBS = (*TOLD, builder.SIGNED, "records.column*", "bodies.created", "bodies.edited", "bodies.closed")


def register() -> None:
    """Tell the registries about the pages of records and columns, and open their door."""
    pages.register(
        *pages.with_data(
            PageSource(
                "record", "records/<slug:slug>/", record_page, _arguments, every=every_record, verbs=VERBS,
                some=some_records, found=_found, timeless=True,
            ),
            shapes.RECORD,
        ),
        *proof_pages.sources(shown, VERBS),
        *column_pages.sources(VERBS),
    )  # fmt: skip
    pages.register_live(as_of.PAGE)
    stale.register()
    pages.open_door(
        Door(
            name="columns",
            title=_("信息公开"),
            path="columns/",
            summary=_("主动公开的政府信息，按栏目查阅。"),
            number=lambda: (sum(each.public for each in places.totals().values()), _("条公开信息")),
            newest=_newest,
            tags=frozenset({"records"}),
            order=20,
        )
    )


def shown() -> Any:
    """Records that have a page: those that are public, and the withdrawn ones with the reason."""
    return Record.objects.filter(state__in=[*PUBLIC_STATES, State.WITHDRAWN]).select_related("body", "column")


def record_page(slug: str) -> Page | None:
    """The page of one record, or None when the public may not know of it."""
    record = shown().filter(slug=slug).first()
    return _page(record, _surroundings([record])) if record else None


def every_record() -> Iterator[tuple[Mapping[str, Any], Page]]:
    """The pages of all records, with a fixed number of queries for every `BATCH` of them."""
    for batch in _batches(shown().order_by("pk").iterator(chunk_size=BATCH)):
        yield from _pages(batch)


def some_records(wanted: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], Page]]:
    """The pages of the records of these slugs, with a fixed number of queries for every `BATCH` of them."""
    for begin in range(0, len(wanted), BATCH):
        slugs = [each["slug"] for each in wanted[begin : begin + BATCH]]
        yield from _pages(list(shown().filter(slug__in=slugs).order_by("pk")))


def _pages(batch: Sequence[Record]) -> Iterator[tuple[Mapping[str, Any], Page]]:
    surroundings = _surroundings(batch)
    for record in batch:
        yield {"slug": record.slug}, _page(record, surroundings)


def _found(tags: frozenset[str]) -> Iterator[Mapping[str, Any]]:
    """The pages of records that acts speak of (tags `record:<primary key>`)."""
    keys = [int(tag.partition(":")[2]) for tag in tags if tag.startswith("record:")]
    for begin in range(0, len(keys), BATCH):
        for slug in shown().filter(pk__in=keys[begin : begin + BATCH]).values_list("slug", flat=True):
            yield {"slug": slug}


def _arguments() -> Iterator[Mapping[str, Any]]:
    for slug in shown().order_by("pk").values_list("slug", flat=True).iterator(chunk_size=2000):
        yield {"slug": slug}


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(islice(records, BATCH)):
        yield batch


def _newest() -> Entry | None:
    record = places.public().order_by("-published_at", "-pk").first()
    return Entry(record.title, f"records/{record.slug}/", day_of(record.published_at)) if record else None


def day_of(moment: Any) -> date | None:
    """The day of a moment in the site's time zone."""
    return timezone.localtime(moment).date() if moment else None


@dataclass(frozen=True)
class Surroundings:
    """What stands around a batch of records, by the record's primary key (relations by it from either end)."""

    columns: column_pages.Tree
    attachments: Mapping[int, list[Attachment]] = field(default_factory=dict)
    outward: Mapping[int, list[Relation]] = field(default_factory=dict)
    inward: Mapping[int, list[Relation]] = field(default_factory=dict)
    acts: Mapping[str, Sequence[public_acts.Act]] = field(default_factory=dict)
    documents: Mapping[int, AttachedFile] = field(default_factory=dict)
    images: Mapping[int, Any] = field(default_factory=dict)
    ways: Mapping[int, list[Entry]] = field(default_factory=dict)


def _surroundings(records: Sequence[Record]) -> Surroundings:
    keys = [record.pk for record in records]
    named = [richtext.mentioned(record.text) for record in records if record.state in PUBLIC_STATES]
    documents = frozenset[int]().union(*(each.documents for each in named))
    images = frozenset[int]().union(*(each.images for each in named))
    linked = Relation.objects.order_by("sort_order", "pk")
    return Surroundings(
        columns=column_pages.Tree.load(counted=False),
        attachments=_grouped(
            Attachment.objects.filter(record__in=keys).select_related("file").order_by("sort_order", "pk"), "record_id"
        ),
        outward=_grouped(linked.filter(record__in=keys, to__state__in=PUBLIC_STATES).select_related("to"), "record_id"),
        inward=_grouped(linked.filter(to__in=keys, record__state__in=PUBLIC_STATES).select_related("record"), "to_id"),
        acts=public_acts.of_records(records),
        documents=AttachedFile.objects.in_bulk(documents) if documents else {},
        images=get_image_model().objects.in_bulk(images) if images else {},
        ways=beside.ways(records),
    )


def _grouped(rows: Iterable[Any], attribute: str) -> Mapping[Any, list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, attribute)].append(row)
    return groups


def _page(record: Record, around: Surroundings) -> Page:
    column = around.columns.by_key[record.column.pk]
    acts = around.acts.get(name_of(record), [])
    tags = {f"record:{record.pk}", f"body:{record.body.code}", *(f"column:{key}" for key in column.line)}
    context: dict[str, Any] = {
        "record": record,
        "column": column,
        "trail": [
            (_("信息公开"), "/columns/"),
            *((each.name, f"/columns/{each.path}/") for each in (*column.above, column)),
        ],
        "head": _head(record),
        "history": [{"on": day_of(act.moment), "title": act.title, "note": act.note} for act in acts],
        **proof_pages.section(record, acts),
    }
    if record.state == State.WITHDRAWN:
        return Page("records/withdrawn.html", context, frozenset(tags), gone=True)
    carried: dict[str, Any] = {}
    context["text"] = texts.html_of(record, around.documents, around.images, carried)
    context["attachments"] = [_attachment(each, carried) for each in around.attachments.get(record.pk, [])]
    context["text"] = proof_pages.logged_text(acts, carried) or context["text"]
    context["related"] = _related(record, around, tags)
    context["ways"] = around.ways.get(record.pk, [])
    context["validity"] = Validity(record.validity)
    context["validity_note"] = _ended_by(around.inward.get(record.pk, []))
    machines = (linked.record(record, context["text"], around.outward.get(record.pk, [])),)
    return Page("records/record.html", context, frozenset(tags), files=carried, linked=machines)


def _head(record: Record) -> list[tuple[str, Any]]:
    """The rows of the head table; the order is that of government sites."""
    withdrawn = record.state == State.WITHDRAWN
    rows: list[tuple[str, Any]] = [
        (_("索引号"), record.index_number),
        (_("主题分类"), topic_label(record.topic)),
        (_("发文机关"), Entry(record.body.name, f"bodies/{record.body.code}/")),
        (_("成文日期"), record.made_on),
        # The title of a withdrawn record may be the very thing that had to go.
        (_("标题"), _("（已撤下）") if withdrawn else record.title),
        (_("发文字号"), "" if withdrawn else record.document_number),
        (_("有效性"), "" if record.validity == Validity.NOT_APPLICABLE else Validity(record.validity).label),
        (_("发布日期"), day_of(record.published_at)),
    ]
    dated = ((_("施行日期"), record.effective_on), (_("有效期至"), record.expires_on))
    return rows + [(label, day) for label, day in dated if day and not withdrawn]


def _attachment(attachment: Attachment, carried: dict[str, Any]) -> Mapping[str, Any]:
    stored = attachment.file
    return {
        "title": attachment.title or stored.title,
        "address": "/" + texts.carry(stored, carried),
        "kind": PurePosixPath(stored.file.name).suffix.lstrip(".").upper(),
        "size": public_files.size_in_words(public_files.size_of(stored)),
    }


#: How a relation reads on the page of the record that has it, and on that of the record to which it leads.
READS = {
    RelationKind.INTERPRETS: (gettext_lazy("解读的文件"), gettext_lazy("相关解读")),
    RelationKind.AMENDS: (gettext_lazy("修改的文件"), gettext_lazy("本件被以下文件修改")),
    RelationKind.REPEALS: (gettext_lazy("废止的文件"), gettext_lazy("本件被以下文件废止")),
    RelationKind.REPLACES: (gettext_lazy("替代的文件"), gettext_lazy("本件被以下文件替代")),
    RelationKind.ANSWERS: (gettext_lazy("回应的事项"), gettext_lazy("相关回应")),
    RelationKind.ATTACHES: (gettext_lazy("所附于的文件"), gettext_lazy("附属文件")),
}


def _related(record: Record, around: Surroundings, tags: set[str]) -> list[tuple[str, list[Entry]]]:
    """Headings with the records under them; records that the public may not see are left out."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    ends = [(READS[RelationKind(r.kind)][0], r.to) for r in around.outward.get(record.pk, [])]
    ends += [(READS[RelationKind(r.kind)][1], r.record) for r in around.inward.get(record.pk, [])]
    for heading, other in ends:
        groups[str(heading)].append(Entry(other.title, f"records/{other.slug}/", day_of(other.published_at)))
        tags.add(f"record:{other.pk}")
    return list(groups.items())


def _ended_by(inward: Iterable[Relation]) -> str:
    """By which document this one was repealed, replaced or amended; empty when no relation says so."""
    words = {
        RelationKind.REPEALS: _("被《%(title)s》废止"),
        RelationKind.REPLACES: _("被《%(title)s》替代"),
        RelationKind.AMENDS: _("被《%(title)s》修改"),
    }
    said = [words[RelationKind(r.kind)] % {"title": r.record.title} for r in inward if r.kind in words]
    return "；".join(said)
