"""Lists of the library: what holds today, newest first, and one click away what does not; by body, topic, kind, year.

Each front shows the newest `LENGTH` and leads to pages of one year, which never move, so that one act renders few.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies.models import Body
from mingtang.law.validity import Standing
from mingtang.norms.models import JointIssuer, Norm, NormKind
from mingtang.norms.queries import IN_FORCE, Filters, catalogue, counts, public, with_standing
from mingtang.records import classes
from mingtang.records.models import PUBLIC_STATES
from mingtang.trace.pages import Arguments, Page

LENGTH = 50
#: What a document is worth: the shape beside the word, and the word.
MARKS = {
    Standing.VALID: ("done", gettext_lazy("现行有效")),
    Standing.AMENDED: ("soon", gettext_lazy("现行有效（已修改）")),
    Standing.NOT_YET: ("waiting", gettext_lazy("尚未施行")),
    Standing.REPEALED: ("refused", gettext_lazy("已废止")),
    Standing.LAPSED: ("refused", gettext_lazy("已失效")),
}
OTHERS = tuple(each for each in Standing if each not in IN_FORCE)


@dataclass(frozen=True)
class Line:
    """A document in a list, with what it is worth on the list's day and since when."""

    key: int
    title: str
    path: str
    number: str
    body: str
    body_code: str
    topic: str
    kind: str
    made_on: date | None
    standing: Standing
    since: date

    @property
    def mark(self) -> tuple[str, str]:
        """Shape and word."""
        return MARKS[self.standing]


@dataclass(frozen=True)
class Choice:
    """A narrower list: its name, its path, how many documents in it hold."""

    name: str
    path: str
    number: int


@dataclass
class Tally:
    """How many documents hold, by facet and value; values with none are there with 0."""

    by: dict[str, Counter[str]] = field(
        default_factory=lambda: {name: Counter[str]() for name in ("bodies", "topics", "kinds", "years")}
    )
    all: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    years: dict[tuple[str, str], set[int]] = field(default_factory=dict[tuple[str, str], set[int]])


def today() -> date:
    """Lists say what holds today: the clock is read here, where a page is made."""
    return timezone.localdate()


def lines(rows: Any) -> list[Line]:
    """Rows of `queries.catalogue` as lines."""
    return [
        Line(
            row.pk, row.title, f"norms/{row.slug}/", row.document_number, row.body.short_name or row.body.name,
            row.body.code, row.topic, row.kind, row.made_on, Standing(row.standing), row.since,
        )
        for row in rows
    ]  # fmt: skip


def tally(day: date) -> Tally:
    """All lists that there are, read with two queries."""
    found = Tally()
    joint: dict[int, list[str]] = {}
    for norm, code in JointIssuer.objects.filter(norm__state__in=PUBLIC_STATES, body__isnull=False).values_list(
        "norm", "body__code"
    ):
        joint.setdefault(norm, []).append(code)
    rows = with_standing(Norm.objects.filter(state__in=PUBLIC_STATES), day).order_by()
    columns = ("pk", "body__code", "topic", "kind", "made_on", "standing")
    for key, body, topic, kind, made_on, standing in rows.values_list(*columns):
        holds = Standing(standing) in IN_FORCE
        places = [*(("bodies", code) for code in (body, *joint.get(key, ()))), ("topics", topic[:1]), ("kinds", kind)]
        places += [("years", str(made_on.year))] if made_on else []
        places.append(("standings", standing))
        for facet, value in places:
            found.all[facet, value] += 1
            found.years.setdefault((facet, value), set()).update({made_on.year} if made_on else ())
            if facet != "standings":
                found.by[facet][value] += holds
    return found


def front_page() -> Page:
    """What holds today in the whole library, and the ways to narrower lists."""
    day = today()
    found = tally(day)
    context = {**_shown(day, Filters()), "title": _("文件库"), "facet": "", "value": "", "year": None, "years": ()}
    context["facets"] = [
        (heading, [Choice(names(value), f"norms/{facet}/{value}/", number) for value, number in chosen])
        for facet, heading, names in _facets()[:-1]
        for chosen in [sorted(found.by[facet].items(), key=_order(facet))]
        if chosen
    ]
    return Page("norms/list.html", context, _tags("norms", context))


def facet_page(facet: str, value: str) -> Page | None:
    """One list; None where no public document stands in it."""
    return _list(facet, value, None)


def year_page(facet: str, value: str, year: int) -> Page | None:
    """One year of a list that is longer than its front."""
    return _list(facet, value, year)


def _list(facet: str, value: str, year: int | None) -> Page | None:
    day = today()
    filters = filters_of(facet, value, year)
    if filters is None:
        return None
    whole = facet == "years" or year is not None
    context = _shown(day, filters, None if whole else LENGTH)
    if not context["total"]:
        return None
    name = {each: names for each, _heading, names in _facets()}[facet](value)
    context |= {"title": name, "facet": facet, "value": value, "year": year, "facets": (), "years": ()}
    if not whole and context["total"] > LENGTH:
        context["years"] = _years(day, filters, f"norms/{facet}/{value}/")
    tag = f"norms:{facet}:{'any' if facet == 'standings' else value}"
    return Page("norms/list.html", context, _tags(f"{tag}:{year}" if year else tag, context))


def filters_of(facet: str, value: str, year: int | None) -> Filters | None:
    """What a list is narrowed by; None for a list that there cannot be."""
    build = partial(Filters, year=year)
    if facet == "bodies" and Body.objects.filter(code=value).exists():
        return build(bodies=(value,))
    if facet == "topics" and value in classes.load().topics and len(value) == 1:
        return build(topic=value)
    if facet == "kinds" and value in NormKind.values:
        return build(kind=value)
    if facet == "years" and value.isdecimal() and len(value) == len("2024") and year is None:
        return Filters(year=int(value))
    if facet == "standings" and value in {each.value for each in Standing}:
        return build(standings=(Standing(value),))
    return None


def _shown(day: date, filters: Filters, length: int | None = LENGTH) -> dict[str, Any]:
    """The lines that hold and those that do not; a list of one standing has that alone."""
    number = counts(day, filters)
    wanted = filters.standings
    rest = OTHERS if wanted == IN_FORCE else ()
    total = sum(number[each.value] for each in (*wanted, *rest))
    others = replace(filters, standings=rest)
    return {
        "day": day,
        "total": total,
        "holding": sum(number[each.value] for each in wanted),
        "ended": sum(number[each.value] for each in rest),
        "rows": lines(catalogue(day, filters)[:length]),
        "past": lines(catalogue(day, others)[:length]) if rest else [],
        "standings": [
            Choice(MARKS[each][1], f"norms/standings/{each.value}/", number[each.value]) for each in Standing
        ],
    }


def _years(day: date, filters: Filters, path: str) -> list[Choice]:
    """The years of a list with all their documents."""
    everything = replace(filters, standings=(*filters.standings, *OTHERS))
    wanted = everything if filters.standings == IN_FORCE else filters
    rows = catalogue(day, wanted).order_by().values_list("made_on__year").annotate(number=Count("pk", distinct=True))
    found = sorted(((year, number) for year, number in rows if year), reverse=True)
    return [Choice(_("%s年") % year, f"{path}{year}/", number) for year, number in found]


def _tags(own: str, context: Mapping[str, Any]) -> frozenset[str]:
    shown: Iterable[Line] = (*context["rows"], *context["past"])
    return frozenset({own, *(f"norm:{line.key}" for line in shown), *(f"body:{line.body_code}" for line in shown)})


def facets() -> Iterator[Arguments]:
    """All lists but the whole."""
    yield from ({"facet": facet, "value": value} for facet, value in tally(today()).all)


def facet_years() -> Iterator[Arguments]:
    """Pages of one year, of the lists that are longer than their front."""
    found = tally(today())
    for (facet, value), number in found.all.items():
        if facet != "years" and number > LENGTH:
            yield from ({"facet": facet, "value": value, "year": year} for year in sorted(found.years[facet, value]))


def _facets() -> list[tuple[str, str, Any]]:
    names = dict(Body.objects.values_list("code", "name"))
    topics = classes.load().topics
    return [
        ("bodies", _("按机关"), lambda value: names.get(value, value)),
        ("topics", _("按主题"), lambda value: topics.get(value, value)),
        ("kinds", _("按类别"), lambda value: NormKind(value).label),
        ("years", _("按成文年份"), lambda value: _("%s年") % value),
        ("standings", _("按效力"), lambda value: MARKS[Standing(value)][1]),
    ]


def _order(facet: str) -> Any:
    """The newest year first; the rest as the code goes."""
    return (lambda pair: -int(pair[0])) if facet == "years" else (lambda pair: pair[0])


def number() -> tuple[int, str] | None:
    """The door's number."""
    found = counts(today())
    count = sum(found[each.value] for each in IN_FORCE)
    return (count, _("件现行有效")) if count else None


def newest() -> Norm | None:
    """The newest document."""
    return public().order_by("-published_at", "-pk").first()
