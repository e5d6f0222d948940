"""Reading for the search pages: the answers to a query as public records, suggestions, the office to turn to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from mingtang.bodies.models import Body, Kind
from mingtang.records.models import Record
from mingtang.search import feeding, finding, plan, source
from mingtang.search.errors import IndexMissing
from mingtang.search.index import Counts, Depth, Filters
from mingtang.search.models import Synonyms
from mingtang.search.plan import Plan
from mingtang.text import folding
from mingtang.text.segment import segmenter

PAGE = 10
#: The last page that can be asked for: who has read so many should choose a facet.
LAST_PAGE = 50
SUGGESTIONS = 8


@dataclass(frozen=True)
class Found:
    """What a search page shows. `counts` is empty and `whole` false when only titles could be looked at."""

    plan: Plan | None
    records: Sequence[Record]
    total: int
    depth: Depth
    with_every_word: int
    counts: Counts
    whole: bool = True


def synonyms() -> plan.Synonyms:
    """For each folded word the others of its group (one query)."""
    found: dict[str, tuple[str, ...]] = {}
    for words in Synonyms.objects.values_list("words", flat=True):
        for word in words:
            found[word] = tuple(other for other in words if other != word)
    return found


def search(typed: str, filters: Filters, *, page: int, today: date) -> Found:
    """The answers to what was typed on page `page` (from 1).

    What the index names is looked up among the public records of the database, so that a withdrawn record is gone at
    once. Without an index, titles and numbers are looked at instead.
    """
    try:
        index = feeding.index()
        made = read(typed)
        offset = (page - 1) * PAGE
        answer = finding.find(index, made, filters, today=today, limit=PAGE, offset=offset)
        counts = index.counts(made, filters, answer.depth) if answer.keys else {}
        # Every entry has one validity.
        total = sum(counts.get("validity", {}).values())
        return Found(made, _public(answer.keys), total, answer.depth, answer.whole, counts)
    except IndexMissing:
        return _by_title(typed, filters, page)


def read(typed: str) -> Plan:
    """The plan of what was typed, cut by the words of the index that is served. Raises `IndexMissing`."""
    return plan.read(typed, segmenter(feeding.index().lexicon()), synonyms())


def suggest(typed: str, *, today: date) -> list[Record]:
    """Public records whose title somebody may be typing, best first."""
    index = feeding.index()
    made = plan.read(typed, segmenter(index.lexicon()), {})
    answer = finding.suggest(index, made, today=today, limit=SUGGESTIONS)
    return _public(answer.keys)


def office() -> Body | None:
    """The openness office whom a reader may ask."""
    return Body.objects.filter(kind=Kind.OFFICE, ends_on=None).order_by("order", "pk").first()


def body_names(codes: Sequence[str]) -> Mapping[str, str]:
    """Short names of bodies by their code."""
    return dict(Body.objects.filter(code__in=codes).values_list("code", "short_name"))


def _public(keys: Sequence[int]) -> list[Record]:
    found = {record.pk: record for record in source.public().filter(pk__in=keys).select_related("body")}
    return [found[key] for key in keys if key in found]


def _by_title(typed: str, filters: Filters, page: int) -> Found:
    records = source.public()
    for word in folding.runs(folding.fold(typed))[:8]:
        records = records.filter(Q(title__icontains=word) | Q(document_number__icontains=word))
    wanted = {"body": "body__code", "topic": "topic__startswith", "genre": "genre", "validity": "validity"}
    records = records.filter(**{wanted[name]: value for name, value in filters.chosen.items() if name in wanted})
    start = (page - 1) * PAGE
    shown = list(records.select_related("body").order_by("-published_at", "-pk")[start : start + PAGE])
    return Found(None, shown, records.count(), Depth.STRICT, 0, {}, whole=False)
