"""The page of one norm: its worth and by which act, its text by articles, its life, what it names, who names it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mingtang.law.validity import Standing
from mingtang.norms import queries
from mingtang.norms.clauses import article_of
from mingtang.norms.models import Act, Norm, Reference
from mingtang.norms.public.articles import with_anchors
from mingtang.norms.public.lists import MARKS, today
from mingtang.records import texts
from mingtang.records.classes import topic_label
from mingtang.records.models import PUBLIC_STATES, Record, State
from mingtang.trace.pages import Arguments, Entry, Page
from mingtang.trace.shapes import absolute


def norm_page(slug: str) -> Page | None:
    """The page of one norm; None when the public may not know of it; gone when it was withdrawn."""
    norm = _shown().filter(slug=slug).first()
    if norm is None:
        return None
    tags = {f"norm:{norm.pk}", f"record:{norm.pk}", f"body:{norm.body.code}"}
    if norm.state == State.WITHDRAWN:
        context = {"norm": norm, "day": today()}
        return Page("norms/withdrawn.html", context, frozenset(tags), gone=True)
    day = today()
    acts = norm.standing_acts()
    carried: dict[str, Any] = {}
    touched = {number for act in acts for clause in act.clauses if (number := article_of(clause))}
    text, places = with_anchors(texts.html_of(norm, *texts.stored_files(norm.text), carried), touched)
    named, naming = _named(norm, tags), _naming(norm, tags)
    span = norm.stand(day)
    standing = span.standing if span else Standing.NOT_YET
    context = {
        "norm": norm,
        "day": day,
        "head": _head(norm),
        "standing": standing,
        "label": MARKS[standing][1],
        "since": span.starts_on if span else None,
        "until": queries.last_day(norm) if standing in queries.IN_FORCE else None,
        "act": _act_of(norm, span.act.id) if span and span.act else None,
        "rule": span.rule if span else None,
        "text": text,
        "places": places,
        "moments": list(_moments(norm, tags)),
        "named": named,
        "naming": naming,
        "citation": citation(norm),
        "trail": [(_("文件库"), "/norms/"), (norm.body.name, f"/norms/bodies/{norm.body.code}/")],
    }
    return Page("norms/norm.html", context, frozenset(tags), files=carried)


def pages() -> Iterator[Arguments]:
    """Every norm that has a page."""
    return ({"slug": slug} for slug in _shown().order_by("pk").values_list("slug", flat=True))


def found(tags: frozenset[str]) -> Iterator[Arguments]:
    """The pages of norms that acts speak of."""
    keys = [int(tag.partition(":")[2]) for tag in tags if tag.startswith("norm:")]
    return ({"slug": slug} for slug in _shown().filter(pk__in=keys).values_list("slug", flat=True))


def citation(norm: Norm) -> str:
    """How the document is cited: issuers, title, number, day, permanent address."""
    issuers = "、".join([norm.body.name, *(each.name for each in norm.joint.all())])
    number = f"（{norm.document_number}）" if norm.document_number else ""
    day = f"，{norm.made_on.year}年{norm.made_on.month}月{norm.made_on.day}日" if norm.made_on else ""
    return f"{issuers}：《{norm.title}》{number}{day}，{absolute(f'norms/{norm.slug}/')}"


def by_of(act: Act) -> tuple[str, str]:
    """By which document an act was done, as (title, path): no path where it is not ours, nothing where not public."""
    by = act.by or (act.item.campaign.announcement if act.item else None)
    if by is not None and by.is_public:
        return by.title, _path(by)
    return act.by_title, ""


def _shown() -> Any:
    rows = Norm.objects.filter(state__in=[*PUBLIC_STATES, State.WITHDRAWN])
    return rows.select_related("body", "drafting_body").prefetch_related("joint", "acts")


def _act_of(norm: Norm, key: int) -> dict[str, Any]:
    act = norm.acts.select_related("by", "item__campaign__announcement").get(pk=key)
    title, path = by_of(act)
    return {"what": act.get_kind_display(), "title": title, "path": path, "clauses": [] if act.whole else act.clauses}


def _path(record: Record) -> str:
    return f"norms/{record.slug}/" if Norm.objects.filter(pk=record.pk).exists() else f"records/{record.slug}/"


def _head(norm: Norm) -> list[tuple[str, Any]]:
    """The rows of the head table; registration and filing are facts of the library."""
    rows: list[tuple[str, Any]] = [
        (_("索引号"), norm.index_number),
        (_("发文字号"), norm.document_number),
        (_("发文机关"), Entry(norm.body.name, f"bodies/{norm.body.code}/")),
        (_("联合发文"), "、".join(each.name for each in norm.joint.all())),
        (_("类别"), norm.get_kind_display()),
        (_("主题分类"), topic_label(norm.topic)),
        (_("统一编号"), norm.unified_number),
        (_("登记号"), norm.registration_number),
        (_("成文日期"), norm.made_on),
        (_("施行日期"), norm.effective_on),
    ]
    more = (
        (_("起草单位"), norm.drafting_body.name if norm.drafting_body else ""),
        (_("适用对象"), norm.applies_to),
        (_("合法性审核"), norm.legality_by),
        (_("集体审议"), norm.decided_at),
        (_("征求意见"), norm.no_comment_reason if not norm.comment_link else ""),
        (_("备案"), norm.filing_to if norm.filed_on else ""),
    )
    return [each for each in (*rows, *more) if each[1]]


def _moments(norm: Norm, tags: set[str]) -> Iterator[dict[str, Any]]:
    """The timeline, without what the public may not know of."""
    for moment in queries.timeline(norm):
        by = moment.by
        if moment.kind == "did" and (by is None or not by.is_public):
            continue
        if by is not None:
            tags.add(f"record:{by.pk}")
        seen = by if by is not None and by.is_public else None
        yield {
            "on": moment.on,
            "title": moment.what,
            "note": moment.note,
            "by": seen.title if seen else "",
            "path": _path(seen) if seen else "",
            "did": moment.kind == "did",
        }


def _named(norm: Norm, tags: set[str]) -> list[dict[str, Any]]:
    """What it rests on and names; a document of the library that holds no more is marked."""
    return [_reference(each, each.to, each.get_role_display(), tags) for each in queries.cites(norm)]


def _naming(norm: Norm, tags: set[str]) -> list[dict[str, Any]]:
    """Public documents that rest on it or name it."""
    return [_reference(each, each.norm, each.get_role_display(), tags) for each in queries.cited_by(norm)]


def _reference(each: Reference, other: Norm | None, role: str, tags: set[str]) -> dict[str, Any]:
    if other is None or not other.is_public:
        return {
            "role": role, "title": f"《{each.title}》" if each.title else each.number, "number": each.number,
            "clause": each.clause, "path": each.link, "mark": None,
        }  # fmt: skip
    tags |= {f"norm:{other.pk}", f"record:{other.pk}"}
    mark = _mark(other, today())
    return {
        "role": role, "title": f"《{other.title}》", "number": other.document_number, "clause": each.clause,
        "path": f"/norms/{other.slug}/", "mark": mark,
    }  # fmt: skip


def _mark(norm: Norm, day: date) -> tuple[str, str] | None:
    span = norm.stand(day)
    return MARKS[span.standing] if span else None
