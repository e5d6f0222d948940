"""Which pages of the library an act makes stale, so that the baker renders those and no others.

`norms` counts of the whole · `norms:<facet>:<value>` a list's front · `norms:<facet>:<value>:<year>` its page of a year
· `norm:<pk>` pages that show the document.
"""

from collections.abc import Iterable, Iterator, Sequence

from mingtang.norms.models import Act, Norm, Reference
from mingtang.records.stale import ON_RECORDS, key_of
from mingtang.trace.models import Event
from mingtang.trace.pages import Mark

#: Acts after which pages of the library may say something else.
VERBS = ("norms.*", *ON_RECORDS)


def of_events(events: Sequence[Event]) -> Iterator[str]:
    """What acts on norms make stale: their pages, those of documents they touch or name, and their lists."""
    keys = {key_of(event) for event in events}
    norms = list(Norm.objects.filter(pk__in=keys).select_related("body").prefetch_related("joint__body"))
    if not norms:
        return
    yield "norms"
    for norm in norms:
        yield f"norm:{norm.pk}"
        for facet, value in facets_of(norm):
            yield f"norms:{facet}:{value}"
            if norm.made_on:
                yield f"norms:{facet}:{value}:{norm.made_on.year}"
    touched = Act.objects.filter(norm__in=keys, by__isnull=False).values_list("by", flat=True)
    doing = Act.objects.filter(by__in=keys).values_list("norm", flat=True)
    named = Reference.objects.filter(norm__in=keys, to__isnull=False).values_list("to", flat=True)
    naming = Reference.objects.filter(to__in=keys).values_list("norm", flat=True)
    for others in (touched, doing, named, naming):
        yield from (f"norm:{key}" for key in others)


def facets_of(norm: Norm) -> Iterable[tuple[str, str]]:
    """The lists in which a document stands."""
    yield "bodies", norm.body.code
    yield from (("bodies", each.body.code) for each in norm.joint.all() if each.body)
    yield "topics", norm.topic[:1]
    yield "kinds", norm.kind
    if norm.made_on:
        yield "years", str(norm.made_on.year)
    yield "standings", "any"


MARK = Mark(VERBS, of_events)
