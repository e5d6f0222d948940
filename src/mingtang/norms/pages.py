"""Public pages of the library: sources, what makes them stale, the door, the way from a record's page."""

from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.norms.models import Norm
from mingtang.norms.public import day, document, lists, shapes
from mingtang.norms.public.stale import MARK, VERBS
from mingtang.records import beside
from mingtang.records.models import Record
from mingtang.trace import pages
from mingtang.trace.pages import Door, Entry, PageSource


def register() -> None:
    """Tell the registries."""
    seen = (*VERBS, "bodies.edited")
    pages.register(
        *pages.with_data(PageSource("norms", "norms/", lists.front_page, verbs=seen), shapes.LIST),
        *pages.with_data(
            PageSource(
                "norm", "norms/<slug:slug>/", document.norm_page, document.pages, verbs=seen, found=document.found
            ),
            shapes.NORM,
        ),
        *pages.with_data(
            PageSource("norms_list", "norms/<slug:facet>/<slug:value>/", lists.facet_page, lists.facets, verbs=seen),
            shapes.LIST,
        ),
        *pages.with_data(
            PageSource(
                "norms_year", "norms/<slug:facet>/<slug:value>/<int:year>/", lists.year_page, lists.facet_years,
                verbs=seen, listed=False,
            ),
            shapes.LIST,
        ),
    )  # fmt: skip
    pages.register_live(day.PAGE)
    pages.mark(MARK)
    beside.register(_beside)
    pages.open_door(
        Door(
            name="norms", title=gettext_lazy("文件库"), path="norms/",
            summary=gettext_lazy("行政规范性文件：哪些现行有效，哪些修改、废止或失效了。"),
            number=lists.number, newest=_newest, tags=frozenset({"norms"}), order=10,
        )
    )  # fmt: skip


def _newest() -> Entry | None:
    norm = lists.newest()
    if norm is None or norm.published_at is None:
        return None
    return Entry(norm.title, f"norms/{norm.slug}/", timezone.localtime(norm.published_at).date())


def _beside(records: Sequence[Record]) -> Mapping[int, Entry]:
    """Records that are norms lead to their page in the library."""
    found = Norm.objects.filter(pk__in=[record.pk for record in records]).values_list("pk", "slug")
    return {key: Entry(_("效力、沿革与引用"), f"norms/{slug}/") for key, slug in found}
