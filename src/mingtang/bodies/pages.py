"""Public pages of this room: the directory of bodies, and what each does, when it is open and whom to ask."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mingtang.bodies import linked, queries, sections, shapes
from mingtang.bodies.models import Alias, Body, Kind, Level
from mingtang.trace import pages
from mingtang.trace.pages import Door, Mark, Page, PageSource

BATCH = 200
#: Acts after which the directory says something else.
VERBS = ("bodies.created", "bodies.edited", "bodies.closed")
#: The chapters of the directory; villages stand on the page of their township, where there may be hundreds.
CHAPTERS = (
    (_("人民政府及其办公室"), (Kind.GOVERNMENT, Kind.OFFICE)),
    (_("政府部门"), (Kind.DEPARTMENT,)),
    (_("苏木、镇（乡）"), (Kind.SUMU, Kind.TOWN)),
    (_("街道办事处"), (Kind.SUBDISTRICT,)),
    (_("议事协调机构"), (Kind.HEADQUARTERS,)),
    (_("公共企事业单位"), (Kind.INSTITUTION,)),
)


@dataclass(frozen=True)
class Chapter:
    """A chapter of the directory: its heading and its bodies in order."""

    title: str
    bodies: tuple[Body, ...]


def directory() -> Page:
    """The directory of today's bodies (two queries), without villages and communities."""
    by_kind: dict[str, list[Body]] = defaultdict(list)
    for body in queries.directory(timezone.localdate()).exclude(level=Level.VILLAGE):
        by_kind[body.kind].append(body)
    chapters = [
        Chapter(title, tuple(body for kind in kinds for body in by_kind[kind]))
        for title, kinds in CHAPTERS
        if any(by_kind[kind] for kind in kinds)
    ]
    tags = {f"body:{body.code}" for bodies in by_kind.values() for body in bodies}
    return Page("bodies/directory.html", {"chapters": chapters}, frozenset({"bodies", *tags}))


def profile(code: str) -> Page | None:
    """The page of one body, also of one that has ended; None where no body has this code."""
    found = Body.objects.filter(code=code).select_related("parent", "area")
    return next((page for _arguments, page in _pages(found)), None)


def _every() -> Iterator[tuple[Mapping[str, Any], Page]]:
    rows = Body.objects.select_related("parent", "area").order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        yield from _pages(batch)


def _some(wanted: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], Page]]:
    codes = [each["code"] for each in wanted]
    yield from _pages(Body.objects.filter(code__in=codes).select_related("parent", "area"))


def _found(tags: frozenset[str]) -> Iterator[Mapping[str, Any]]:
    """The pages of bodies that are new or were changed."""
    yield from ({"code": tag.partition(":")[2]} for tag in tags if tag.startswith("body:"))


def _stale(events: Sequence[Any]) -> set[str]:
    """What acts on bodies make stale: all that names the body or its parent, and the directory."""
    codes = {event.body for event in events}
    parents = Body.objects.filter(code__in=codes, parent__isnull=False).values_list("parent__code", flat=True)
    return {"bodies", *(f"body:{code}" for code in codes), *(f"sections:{code}" for code in parents)}


def _arguments() -> Iterator[Mapping[str, Any]]:
    yield from ({"code": code} for code in Body.objects.order_by("pk").values_list("code", flat=True))


def _pages(bodies: Iterable[Body]) -> Iterator[tuple[Mapping[str, Any], Page]]:
    """The pages of some bodies: two queries for all of them, and what each section asks."""
    batch = list(bodies)
    below = _grouped(Body.objects.active(timezone.localdate()).filter(parent__in=batch), "parent_id")
    aliases = _grouped(Alias.objects.filter(body__in=batch), "body_id")
    shown = [(section, section.of(batch)) for section in sections.registered()]
    for body in batch:
        mine = [(section.title, found[body.pk]) for section, found in shown if body.pk in found]
        children = below.get(body.pk, [])
        # `sections:` is stale when a room has something else to show of the body.
        tags = {f"body:{body.code}", f"sections:{body.code}", *(f"body:{child.code}" for child in children)}
        context = {
            "body": body,
            "trail": [(_("机构名录"), "/bodies/"), *_above(body)],
            "facts": _facts(body, aliases.get(body.pk, [])),
            "below": children,
            "sections": mine,
        }
        tags = tags.union(*(found.tags for _title, found in mine))
        yield (
            {"code": body.code},
            Page("bodies/body.html", context, frozenset(tags), linked=(linked.body(body),)),
        )


def _above(body: Body) -> list[tuple[str, str]]:
    return [(body.parent.name, f"/bodies/{body.parent.code}/")] if body.parent else []


def _facts(body: Body, aliases: Sequence[Alias]) -> list[tuple[str, Any]]:
    """The rows of the head table; what is not known is left out, but for the contact that the Regulation asks for."""
    rows: list[tuple[str, Any]] = [
        (_("机构类别"), body.get_kind_display()),
        (_("办公地址"), body.address),
        (_("办公时间"), body.office_hours),
        (_("政务公开工作机构"), body.openness_office),
        (_("联系电话"), body.openness_phone),
        (_("电子邮箱"), body.openness_email),
    ]
    more = (
        (_("又称"), "、".join(alias.name for alias in aliases)),
        (_("所在区划"), body.area.name if body.area else ""),
        (_("统一社会信用代码"), body.credit_code),
        (_("设立日期"), body.starts_on),
        (_("撤销日期"), body.ends_on),
    )
    return rows + [(label, value) for label, value in more if value]


def _grouped(rows: Iterable[Any], attribute: str) -> Mapping[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, attribute)].append(row)
    return groups


def register() -> None:
    """Register the page sources of this room."""
    pages.register(
        *pages.with_data(PageSource("bodies", "bodies/", directory, verbs=VERBS), shapes.DIRECTORY),
        # What the sections show changes with the pages of their rooms, whose sources name those acts.
        *pages.with_data(
            PageSource(
                "body", "bodies/<slug:code>/", profile, arguments=_arguments, every=_every, verbs=VERBS, some=_some,
                found=_found,
            ),
            shapes.PROFILE,
        ),
    )  # fmt: skip
    pages.mark(Mark(VERBS, _stale))
    pages.open_door(
        Door(
            name="bodies",
            title=_("机构名录"),
            path="bodies/",
            summary=_("各单位的职责、办公时间和公开工作联系方式。"),
            number=lambda: (queries.directory(timezone.localdate()).count(), _("个单位")),
            newest=lambda: None,
            tags=frozenset({"bodies"}),
            order=40,
        )
    )
