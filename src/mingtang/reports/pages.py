"""Public pages of annual reports: all of them, a year compared, a body over the years, one report, a feed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body
from mingtang.law.annual.data_notes import data_notes
from mingtang.law.shelf import rule
from mingtang.records.stale import ON_RECORDS
from mingtang.reports import charts, public, queries, shapes
from mingtang.reports.models import AnnualReport
from mingtang.reports.publishing.paper import parts
from mingtang.trace import pages
from mingtang.trace.models import Event
from mingtang.trace.pages import Arguments, Door, Entry, Mark, Page, PageSource

FILES_MADE = "reports.files_made"
#: Acts after which these pages say something else; a report comes out as a record.
VERBS = (FILES_MADE, *ON_RECORDS)
ATOM = "application/atom+xml"
#: Editions in the feed.
LENGTH = 50
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def register() -> None:
    """Tell the registries about the pages, what makes them stale, and open their door."""
    pages.register(
        *pages.with_data(PageSource("reports", "reports/", reports_page, verbs=VERBS), shapes.REPORTS),
        *pages.with_data(
            PageSource("reports_year", "reports/<int:year>/", year_page, _years, verbs=VERBS), shapes.YEAR
        ),
        *pages.with_data(
            PageSource("report", "reports/<int:year>/<slug:code>/", report_page, _reports, verbs=VERBS), shapes.REPORT
        ),
        *pages.with_data(
            PageSource("reports_body", "reports/bodies/<slug:code>/", body_page, _bodies, verbs=VERBS), shapes.BODY
        ),
        PageSource("reports_feed", "reports/feed.atom", feed_page, verbs=VERBS, timeless=True, listed=False),
    )
    pages.mark(Mark((FILES_MADE,), _made))
    pages.open_door(
        Door(
            name="reports", title=_("年度报告"), path="reports/",
            summary=_("政府信息公开工作年度报告：数据、趋势、比较和下载。"),
            number=_number, newest=_newest, tags=frozenset({"reports", "records"}), order=90,
        )
    )  # fmt: skip


def reports_page() -> Page:
    """All reports by year: which are out, when, and which are late."""
    rows = public.listed(_wanted(), _today())
    years = [(year, of_year) for year, of_year in public.years(rows).items() if any(r.published_on for r in of_year)]
    tags = _tags(*(row.report for _, of_year in years for row in of_year))
    return Page("reports/reports.html", {"years": years, "bodies": _with_reports()}, tags)


def year_page(year: int) -> Page | None:
    """One year: every body's report with its days, the bodies beside each other, the government's own numbers."""
    reports = list(_wanted().filter(year=year))
    rows = public.listed(reports, _today())
    if not any(row.published_on for row in rows):
        return None
    out = [row.report for row in rows if row.published_on]
    compared = [each for each in queries.comparison(out) if each.public]
    own = [each for each in compared if not each.report.is_government]
    whole = next((each for each in compared if each.report.is_government), None)
    context = {
        "year": year,
        "rows": rows,
        "years": [other for other in _all_years() if other != year],
        "sides": charts.sides(
            [(c.report.body.short_name or c.report.body.name, _path(c.report), c.tables) for c in own]
        ),
        "whole": whole,
        "results": charts.results(whole.tables) if whole else (),
        "rules": _rules(),
    }
    return Page("reports/year.html", context, _tags(*reports))


def report_page(year: int, code: str) -> Page | None:
    """One report: six chapters with tables and charts, what was corrected, the ledger's fulfilment, its files."""
    report = queries.public_reports(year).filter(body__code=code).first()
    this = public.shown(report, _today()) if report else None
    if report is None or this is None:
        return None
    written = this.written
    years = [*reversed(written.earlier), (written.year, written.tables)]
    context = {
        "shown": this,
        "parts": parts(written),
        "changed": [each for each in written.corrections if each.after],
        "notes": data_notes(written),
        "results": charts.results(written.tables) if written.tables.request("total", "total") else (),
        "applicants": charts.applicants(written.tables) if written.tables.request("new", "total") else (),
        "trends": charts.trends(years) if len(years) > 1 else (),
        "others": [other for other in _years_of(code) if other != year],
        "rules": _rules(),
    }
    files = {each.path: each.stored for each in this.files}
    return Page("reports/report.html", context, _tags(report), files=files)


def body_page(code: str) -> Page | None:
    """One body: its reports of all years, and its numbers over them."""
    body = Body.objects.filter(code=code).first()
    reports = list(queries.public_reports().filter(body__code=code))
    if body is None or not reports:
        return None
    newest = queries.published(reports[0])
    years = [*reversed(newest.earlier), (newest.year, newest.tables)] if newest else []
    context = {
        "body": body,
        "rows": public.listed(reports, _today()),
        "trends": charts.trends(years) if len(years) > 1 else (),
    }
    return Page("reports/body.html", context, _tags(*reports) | {f"body:{code}"})


def feed_page() -> Page:
    """The newest editions of all reports as an Atom feed; a later edition says why it came."""
    reports = list(queries.public_reports()[:LENGTH])
    items: list[dict[str, Any]] = [
        {"report": report, "path": _path(report), "edition": each}
        for report in reports
        for each in queries.publications(report)
    ]
    items.sort(key=lambda item: item["edition"].at, reverse=True)
    context = {"items": items[:LENGTH], "updated": items[0]["edition"].at if items else NEVER}
    return Page("reports/feed.atom", context, _tags(*reports), ATOM)


def _wanted() -> Any:
    """Reports that were begun or are public, in the order in which lists show them."""
    rows = AnnualReport.objects.select_related("body", "record")
    return rows.order_by("-year", "-kind", "body__order", "body__code")


def _path(report: AnnualReport) -> str:
    return f"reports/{report.year}/{report.body.code}/"


def _tags(*reports: AnnualReport) -> frozenset[str]:
    return frozenset({"reports", *(f"record:{each.record_id}" for each in reports if each.record_id)})


def _made(events: Sequence[Event]) -> Iterator[str]:
    """New files concern the report's pages and all lists."""
    yield "reports"


def _rules() -> Mapping[str, Any]:
    """The clauses by which reports come out."""
    return {
        "department": rule("disclosure-regulation.49-department"),
        "government": rule("disclosure-regulation.49-government"),
        "chapters": rule("annual-report-format.chapters"),
    }


def _today() -> date:
    """Pages say what is late today: the clock is read here, where a page is made."""
    return timezone.localdate()


def _all_years() -> list[int]:
    return sorted(set(queries.public_reports().order_by().values_list("year", flat=True)), reverse=True)


def _years_of(code: str) -> list[int]:
    return list(queries.public_reports().filter(body__code=code).values_list("year", flat=True))


def _years() -> Iterator[Arguments]:
    return ({"year": year} for year in _all_years())


def _reports() -> Iterator[Arguments]:
    return ({"year": year, "code": code} for year, code in queries.public_reports().values_list("year", "body__code"))


def _with_reports() -> list[Body]:
    codes = queries.public_reports().order_by().values("body")
    return list(Body.objects.filter(pk__in=codes).order_by("order", "code"))


def _bodies() -> Iterator[Arguments]:
    return ({"code": body.code} for body in _with_reports())


def _number() -> tuple[int, str] | None:
    count = queries.public_reports().count()
    return (count, _("份年度报告")) if count else None


def _newest() -> Entry | None:
    report = queries.public_reports().order_by("-record__published_at").first()
    if report is None or report.record is None:
        return None
    row = public.listed([report], _today())[0]
    return Entry(report.record.title, row.path, row.published_on)
