"""Public pages of the ledger: all years, one year with its picture of progress, and one item."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.ledger import linked, public, shapes
from mingtang.ledger.models import Ledger
from mingtang.trace import pages
from mingtang.trace.pages import Door, Entry, Page, PageSource, Progress

#: Acts after which pages of the ledger say something else.
VERBS = ("ledger.*",)


def register() -> None:
    """Tell the registries about the ledger's pages, and open its door."""
    pages.register(
        *pages.with_data(PageSource("ledgers", "ledger/", ledgers_page, verbs=VERBS), shapes.LEDGERS),
        *pages.with_data(
            PageSource("ledger", "ledger/<int:year>/", ledger_page, _years, verbs=VERBS), shapes.LEDGER_PAGE
        ),
        *pages.with_data(
            PageSource(
                "ledger_item", "ledger/<int:year>/<int:number>/", item_page, _items, every=every_item, verbs=VERBS
            ),
            shapes.ITEM_PAGE,
        ),
    )
    pages.open_door(
        Door(
            name="ledger", title=_("工作台账"), path="ledger/",
            summary=_("年度政务公开工作要点落实到哪一步，逐项可查。"),
            number=_number, newest=_newest, tags=frozenset({"ledgers"}), order=80, progress=_progress,
        )
    )  # fmt: skip


def ledgers_page() -> Page:
    """All issued ledgers, newest first."""
    rows = [{"ledger": ledger, "standing": public.standing_of(ledger, on=_today())} for ledger in _issued()]
    tags = frozenset({"ledgers", "bodies", *(f"ledger:{row['ledger'].pk}" for row in rows)})
    return Page("ledger/ledgers.html", {"rows": rows}, tags)


def ledger_page(year: int) -> Page | None:
    """One year's ledger: the notice, how far it is, each item in plain words."""
    ledger = _issued().filter(year=year).first()
    if ledger is None:
        return None
    this = public.read(ledger, on=_today())
    context = {"public": this, "years": _neighbours(year)}
    return Page("ledger/ledger.html", context, _tags(ledger), linked=(linked.dataset(ledger),))


def item_page(year: int, number: int) -> Page | None:
    """One item: its tasks, each body's state, quotas and evidence."""
    ledger = _issued().filter(year=year).first()
    this = public.read(ledger, on=_today()) if ledger else None
    return _item(this, number) if this else None


def every_item() -> Iterator[tuple[Mapping[str, Any], Page]]:
    """The pages of all items, reading each ledger once."""
    for ledger in _issued():
        this = public.read(ledger, on=_today())
        for entry in this.entries:
            page = _item(this, entry.number)
            if page is not None:
                yield {"year": ledger.year, "number": entry.number}, page


def _item(this: public.Public, number: int) -> Page | None:
    entry = this.entry(number)
    if entry is None:
        return None
    numbers = [one.number for one in this.entries]
    place = numbers.index(number)
    context = {
        "public": this, "entry": entry,
        "previous": this.entries[place - 1] if place else None,
        "following": this.entries[place + 1] if place + 1 < len(numbers) else None,
    }  # fmt: skip
    return Page("ledger/item.html", context, _tags(this.ledger))


def _tags(ledger: Ledger) -> frozenset[str]:
    return frozenset({f"ledger:{ledger.pk}", "ledgers", "bodies"})


def _issued() -> Any:
    return Ledger.objects.filter(state=Ledger.State.ISSUED).select_related("body").order_by("-year")


def _today() -> date:
    """Pages say what is overdue today: the clock is read here, where a page is made."""
    return timezone.localdate()


def _years() -> Iterator[Mapping[str, Any]]:
    return ({"year": year} for year in _issued().values_list("year", flat=True))


def _items() -> Iterator[Mapping[str, Any]]:
    for ledger in _issued():
        for number in (
            ledger.items.filter(tasks__removed_at=None, tasks__isnull=False).distinct().values_list("number", flat=True)
        ):
            yield {"year": ledger.year, "number": number}


def _neighbours(year: int) -> list[int]:
    return [other for other in _issued().values_list("year", flat=True) if other != year]


def _number() -> tuple[int, str] | None:
    ledger = _issued().first()
    if ledger is None:
        return None
    standing = public.standing_of(ledger, on=_today())
    return (standing.done, _("项任务已完成（共 %(total)s 项）") % {"total": standing.total}) if standing.total else None


def _progress() -> Progress | None:
    ledger = _issued().first()
    if ledger is None:
        return None
    now = public.standing_of(ledger, on=_today())
    title = _("%(year)s年工作台账") % {"year": ledger.year}
    return Progress(title, f"ledger/{ledger.year}/", now.total, now.done, now.going, _("项任务")) if now.total else None


def _newest() -> Entry | None:
    ledger = _issued().first()
    if ledger is None:
        return None
    return Entry(ledger.title, f"ledger/{ledger.year}/", timezone.localtime(ledger.issued_at).date())
