"""The public pages of search: results, suggestions while typing, and what works without the application."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.records import classes, places
from mingtang.records.models import State, Validity
from mingtang.records.pages import VERBS, day_of
from mingtang.search import queries, source
from mingtang.search.errors import IndexMissing
from mingtang.search.index import FACETS, Depth, Filters
from mingtang.search.queries import LAST_PAGE, PAGE, Found
from mingtang.search.snippets import marked, snippet
from mingtang.trace import limits, pages
from mingtang.trace.limits import Scope
from mingtang.trace.pages import LivePage, Page, PageSource, Reply

#: Characters that a query may have.
LONGEST = 100
#: Records in one of the files in which the browser looks when the application does not answer.
BLOCK = 500
#: Values of a facet that are offered.
OFFERED = 12
#: What is known of a validity is said where it matters.
SAID = (Validity.NOT_YET, Validity.REPEALED, Validity.LAPSED, Validity.AMENDED)
#: Pages, by their name, that take a request for information or a question.
GO_ON = {"apply": gettext_lazy("申请公开这条信息"), "consult": gettext_lazy("在线咨询")}

#: A person types and reads; suggestions come with every few keys. Both leave room for an office behind one address.
SEARCHES = Scope("search", 30, timedelta(seconds=1))
SUGGESTIONS = Scope("suggest", 60, timedelta(seconds=1) / 6)


def register() -> None:
    """Tell the registries about the pages of this room."""
    pages.register_live(
        LivePage("search", "search/", results, stand_in="search/static/"),
        LivePage("suggest", "search/suggest", suggestions),
    )
    pages.register(
        PageSource(
            "search-fallback", "search/static/", fallback, verbs=VERBS, found=lambda _tags: (), timeless=True,
            listed=False,
        ),
        PageSource(
            "search-titles", "search/static/<int:number>.json", titles, _blocks, verbs=VERBS, found=_moved,
            timeless=True, listed=False,
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """A value of a facet: its label, how many results have it, the address that chooses it or lets it go."""

    label: str
    count: int
    address: str
    chosen: bool


def results(request: HttpRequest) -> Reply:
    """The page of results; without a query, the empty field."""
    typed = " ".join(request.GET.get("q", "").replace("\0", "").split())
    if len(typed) > LONGEST:
        return _refusal(typed[:LONGEST], 400, _("检索词最多 %d 字，请缩短后再试。") % LONGEST)
    wait = limits.allow(SEARCHES, request.META["REMOTE_ADDR"], timezone.now()) if typed else None
    if wait:
        reply = _refusal(typed, 429, _("检索过于频繁，%s") % wait.said)
        return Reply(reply.page, reply.status, wait.headers)
    filters = Filters({name: value[:40] for name in FACETS if (value := request.GET.get(name, "").replace("\0", ""))})
    page = _page_number(request.GET.get("page", ""))
    today = timezone.localdate()
    found = queries.search(typed, filters, page=page, today=today) if typed else None
    context = {
        "typed": typed,
        "problem": "",
        "found": found,
        "page": page,
        "office": queries.office(),
        "ways": ways(typed),
    }
    if found is not None:
        last = min(LAST_PAGE, ceil(found.total / PAGE))
        context |= {
            "results": [_result(record, found) for record in found.records],
            "facets": _facets(typed, filters, found),
            "addresses": [_address(typed, filters.chosen, number) for number in range(1, last + 1)],
            "near": found.depth is not Depth.STRICT,
            "cleared": _address(typed, {}),
            "is_filtered": bool(filters.chosen),
        }
    return Reply(Page("search/results.html", context, frozenset()))


def ways(typed: str) -> list[tuple[str, str]]:
    """Where a reader goes on who found nothing: words and addresses, which carry along what was typed (`about`)."""
    routes = {each.name: each.route for each in (*pages.registered(), *pages.live())}
    about = f"?{urlencode({'about': typed})}" if typed else ""
    return [
        (str(words), f"/{routes[name]}{about}") for name, words in GO_ON.items() if "<" not in routes.get(name, "<")
    ]


def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles that somebody may be typing, as JSON: `{"suggestions": [{"title": …, "address": …}]}`."""
    typed = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    wait = limits.allow(SUGGESTIONS, request.META["REMOTE_ADDR"], timezone.now())
    if wait:
        return JsonResponse({"suggestions": []}, status=429, headers=wait.headers)
    try:
        found = queries.suggest(typed, today=timezone.localdate()) if typed else []
    except IndexMissing:
        found = []
    answer = {"suggestions": [{"title": one.title, "address": f"/records/{one.slug}/"} for one in found]}
    return JsonResponse(answer, headers={"Cache-Control": "no-store"}, json_dumps_params={"ensure_ascii": False})


def fallback() -> Page:
    """A baked page that finds titles and numbers in the browser, for when the application does not answer."""
    return Page("search/fallback.html", {"blocks": _last_block()}, frozenset({"records"}))


def titles(number: int) -> Page | None:
    """Titles, numbers and addresses of one block of records as JSON rows, newest first; blocks count from the oldest.

    A withdrawn record leaves its place in the block empty, so that one publication changes the newest block alone.
    """
    last = _last_block()
    if not 1 <= number <= last:
        return None
    shown = places.placed().select_related("body").only(
        "title", "document_number", "slug", "published_at", "state", "body__short_name", "body__code"
    )  # fmt: skip
    records = places.between(shown, (number - 1) * BLOCK + 1, number * BLOCK, _places())
    rows = [
        [each.title, each.document_number, each.slug, str(day_of(each.published_at)), each.body.short_name]
        for each in records
        if each.state != State.WITHDRAWN
    ]
    tags = {"titles", *(f"record:{each.pk}" for each in records), *(f"body:{each.body.code}" for each in records)}
    return Page("search/titles.json", {"rows": rows}, frozenset(tags), "application/json")


def _places() -> int:
    return sum(each.places for each in places.totals().values())


def _last_block() -> int:
    return ceil(_places() / BLOCK)


def _blocks() -> Iterator[Mapping[str, Any]]:
    yield from ({"number": number} for number in range(1, _last_block() + 1))


def _moved(tags: frozenset[str]) -> Iterator[Mapping[str, Any]]:
    """Blocks from the first on in which a record took its place."""
    keys = [int(tag.partition(":")[2]) for tag in tags if tag.startswith("placed:")]
    records = places.placed().filter(pk__in=keys).only("published_at") if keys else ()
    total = _places() if keys else 0
    first = min((places.place_of(record, total) for record in records), default=total + 1)
    yield from ({"number": number} for number in range((first - 1) // BLOCK + 1, ceil(total / BLOCK) + 1))


def _refusal(typed: str, status: int, problem: str) -> Reply:
    context = {"typed": typed, "problem": problem, "found": None, "page": 1, "office": None, "ways": []}
    return Reply(Page("search/results.html", context, frozenset()), status)


def _page_number(written: str) -> int:
    return min(LAST_PAGE, max(1, int(written))) if written.isdecimal() and len(written) < 6 else 1


def _address(typed: str, chosen: Mapping[str, str], page: int = 1) -> str:
    asked = {"q": typed, **{name: chosen[name] for name in FACETS if name in chosen}}
    if page > 1:
        asked["page"] = str(page)
    return "/search/?" + urlencode(asked)


def _result(record: Any, found: Found) -> Mapping[str, Any]:
    marks = found.plan.marks if found.plan else ()
    return {
        "title": marked(record.title, marks),
        "address": f"/records/{record.slug}/",
        "snippet": snippet(source.plain(record.text), marks),
        "number": record.document_number,
        "body": record.body.short_name,
        "genre": record.get_genre_display(),
        "on": day_of(record.published_at),
        "ended": record.get_validity_display() if record.validity in SAID else "",
        "kind": "soon" if record.validity in (Validity.AMENDED, Validity.NOT_YET) else "refused",
    }


def _facets(typed: str, filters: Filters, found: Found) -> list[tuple[str, list[Choice]]]:
    headings = {
        "body": _("机构"), "topic": _("主题"), "genre": _("体裁"), "year": _("年份"), "validity": _("有效性"),
    }  # fmt: skip
    facets: list[tuple[str, list[Choice]]] = []
    for name, heading in headings.items():
        counts = found.counts.get(name, {})
        labels = _labels(name, list(counts))
        by_count = sorted(counts, key=lambda value: (-counts[value], value))[:OFFERED]
        values = sorted(counts, reverse=True)[:OFFERED] if name == "year" else by_count
        choices = [
            Choice(labels.get(value, value), counts[value], _toggled(typed, filters, name, value),
                   filters.chosen.get(name) == value)
            for value in values
        ]  # fmt: skip
        if len(choices) > 1 or any(choice.chosen for choice in choices):
            facets.append((heading, choices))
    return facets


def _toggled(typed: str, filters: Filters, name: str, value: str) -> str:
    chosen = dict(filters.chosen)
    if chosen.pop(name, None) != value:
        chosen[name] = value
    return _address(typed, chosen)


def _labels(name: str, values: list[str]) -> Mapping[str, str]:
    if name == "body":
        return queries.body_names(values)
    if name == "year":
        return {value: _("%s年") % value for value in values}
    tables: Mapping[str, Mapping[str, Any]] = {
        "topic": classes.load().topics,
        "genre": classes.load().genres,
        "validity": {str(value): label for value, label in Validity.choices},
    }
    return {value: str(tables[name].get(value, value)) for value in values}
