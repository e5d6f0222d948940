"""Reads of annual reports: for the desk, and for everything that is made from a report.

**For pages, files, charts and the narrative** (other writers of this room build on these three and on nothing below):

- `written(report, on=...)` is the report in work as a `law.annual.written.WrittenReport`: live numbers, texts as they
  stand, corrections, exclusions, sources, problems and their outcome, fulfilment, fees, earlier years.
- `published(report)` is the same value as it was frozen for the edition that the public reads, with the moments of
  all publications; None while nothing is public. Files of a published report are made from it alone.
- `public_reports(year)` lists the reports of which an edition is public.

`trend` and `comparison` give the numbers behind charts from published reports.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mingtang.bodies.models import Body
from mingtang.bodies.models import Kind as BodyKind
from mingtang.bodies.permissions import bodies_for, day_of, may_everywhere, posts_of
from mingtang.law.annual import written as form
from mingtang.law.annual.facts import filled
from mingtang.law.annual.tables import Tables
from mingtang.law.annual.written import WrittenReport
from mingtang.law.publication import annual_report_due
from mingtang.records.models import PUBLIC_STATES
from mingtang.reports import filling
from mingtang.reports.models import AnnualReport, Chase, Correction, Problem, Text
from mingtang.reports.versions import of_year, public_before, public_version, publications, published, written_of
from mingtang.trace import fulfilment, statistics

__all__ = [
    "comparison",
    "of_year",
    "owed",
    "public_before",
    "public_reports",
    "public_version",
    "publications",
    "published",
    "trend",
    "visible",
    "written",
    "written_of",
]

#: How many years a trend shows, the report's own among them.
TREND = 5
#: The rule by which what is counted twice is left out.
ONCE = "annual-report-aggregation.once"


def visible(user: Any, *, on: date, verb: str = "reports.view") -> QuerySet[AnnualReport]:
    """The reports that a user may see, or do `verb` to."""
    rows = AnnualReport.objects.select_related("body", "record__latest_revision")
    if may_everywhere(user, verb, on=on):
        return rows
    return rows.filter(body__in=bodies_for(user, verb, on=on).values("pk"))


def public_reports(year: int | None = None) -> QuerySet[AnnualReport]:
    """The reports of which an edition is before the public, newest year first, in the order of the bodies."""
    rows = AnnualReport.objects.filter(record__state__in=PUBLIC_STATES).select_related("body", "record")
    if year is not None:
        rows = rows.filter(year=year)
    return rows.order_by("-year", "-kind", "body__order", "body__code")


def written(report: AnnualReport, *, on: date) -> WrittenReport:
    """The report in work as one value; `on` is the day on which late duties of the ledger are late.

    Facts that the texts name in braces stand in place, as the tables have them now.
    """
    return filled(in_work(report, on=on))


def in_work(report: AnnualReport, *, on: date) -> WrittenReport:
    """The same with the texts as they are written, facts in braces."""
    return WrittenReport(
        body=report.body.name, body_code=report.body.code, year=report.year, government=report.is_government,
        edition=report.edition, chapters=_chapters(report), tables=filling.sheet(report).tables(),
        corrections=_corrections(report), exclusions=_exclusions(report), sources=_sources(report),
        problems=tuple(form.Problem(each.text, each.measure) for each in report.problems.all()),
        follow_ups=_follow_ups(report), fulfilment=_fulfilment(report, on), fees=fees(report),
        included=tuple(
            form.Included(each.member.body.code, each.member.body.name)
            for each in report.included.select_related("member__body")
        ),
        earlier=earlier(report), publications=publications(report), reason=report.reopened_for,
    )  # fmt: skip


def bodies_in(report: AnnualReport) -> list[str]:
    """The codes of the bodies about which the report speaks."""
    return [report.body.code, *report.included.values_list("member__body__code", flat=True)]


def fees(report: AnnualReport) -> form.Fees:
    """The information processing fees that were paid in the year, as a room counts them."""
    for source in statistics.filling("fees"):
        cells = source.count(report.year, bodies_in(report))
        return form.Fees(int(cells.get(("total", "notices"), 0)), Decimal(cells.get(("total", "amount"), 0)))
    return form.Fees()


def earlier(report: AnnualReport) -> tuple[tuple[int, Tables], ...]:
    """The tables of up to four years before as they were published, newest first."""
    years = AnnualReport.objects.filter(
        body_id=report.body_id, year__lt=report.year, year__gt=report.year - TREND, record__state__in=PUBLIC_STATES
    )
    found = [(each.year, published(each)) for each in years.select_related("body", "record").order_by("-year")]
    return tuple((year, value.tables) for year, value in found if value is not None)


def trend(report: AnnualReport) -> list[tuple[int, Tables]]:
    """Five years up to the report's own, oldest first: published ones, and the report's own as it stands."""
    own = published(report)
    now = own.tables if own is not None else filling.sheet(report).tables()
    return [*reversed(earlier(report)), (report.year, now)]


@dataclass(frozen=True)
class Compared:
    """A body's numbers beside those of others: `tables` as published, else as submitted."""

    report: AnnualReport
    tables: Tables
    public: bool


def comparison(reports: Iterable[AnnualReport]) -> list[Compared]:
    """The numbers of several bodies about one year: published ones, else what was submitted; drafts are left out."""
    found: list[Compared] = []
    for report in reports:
        out = published(report)
        if out is not None:
            found.append(Compared(report, out.tables, public=True))
        elif report.frozen is not None:
            found.append(Compared(report, filling.sheet(report).tables(), public=False))
    return found


def side_of(user: Any, body: Body, on: date) -> str:
    """On whose behalf a person acted, as the public reads it: the body's name; persons are not named."""
    posts = posts_of(user, on)
    own = next((post.body for post in posts if post.body_id == body.pk), None)
    return (own or (posts[0].body if posts else body)).name


def _chapters(report: AnnualReport) -> tuple[form.Chapter, ...]:
    texts = {text.number: text for text in report.texts.all()}
    return tuple(
        form.Chapter(number, title, texts[number].paragraphs if number in texts else ())
        for number, title, _pattern in form.CHAPTERS
    )


def _corrections(report: AnnualReport) -> tuple[form.Correction, ...]:
    rows = report.corrections.select_related("made_by__person")
    return tuple(_correction(each, report) for each in rows)


def _correction(each: Correction, report: AnnualReport) -> form.Correction:
    by = side_of(each.made_by, report.body, day_of(each.made_at)) if each.made_by else report.body.name
    table = cast(form.TableName, each.table)
    return form.Correction(table, each.row, each.column, each.old, each.new, each.reason, by, each.made_at, each.after)


def _exclusions(report: AnnualReport) -> tuple[form.Exclusion, ...]:
    return tuple(
        form.Exclusion(cast(form.TableName, each.table), each.row, each.column, each.number, each.reason, ONCE)
        for each in report.exclusions.all()
    )


def _sources(report: AnnualReport) -> tuple[form.Source, ...]:
    latest = {each.place: each for each in report.numbers.select_related("batch__made_by__person")}
    return tuple(
        form.Source(
            cast(form.TableName, each.table), each.row, each.column, each.batch.system, each.batch.file_name,
            side_of(each.batch.made_by, report.body, day_of(each.batch.made_at)) if each.batch.made_by else "",
            each.batch.made_at,
        )
        for each in latest.values()
    )  # fmt: skip


def _follow_ups(report: AnnualReport) -> tuple[form.FollowUp, ...]:
    return tuple(
        form.FollowUp(
            each.text, each.measure, cast(Literal["solved", "partly", "open"], each.outcome), each.result
        )
        for each in report.follow_ups.all()
    )  # fmt: skip


def _fulfilment(report: AnnualReport, on: date) -> tuple[form.Fulfilment, ...]:
    return tuple(
        form.Fulfilment(line.plan, line.item, line.title, line.duties, line.done, line.late, line.path)
        for line in fulfilment.lines(report.year, bodies_in(report), on)
    )


def text_of(report: AnnualReport, number: int) -> Text | None:
    """The text of a chapter; None while nothing is written."""
    return report.texts.filter(number=number).select_related("edited_by__person").first()


@dataclass(frozen=True)
class Owed:
    """A body and its report about a year: `report` is None while nobody has opened it."""

    body: Body
    report: AnnualReport | None
    due: date
    chased: int = 0
    last_chase: date | None = None

    @property
    def is_government(self) -> bool:
        """Whether it is the government's own report."""
        return self.body.kind == BodyKind.GOVERNMENT

    @property
    def stage(self) -> str:
        """The code of where it stands; `none` while nobody has opened it."""
        return self.report.stage if self.report else "none"

    @property
    def stage_label(self) -> str:
        """The same in words."""
        return self.report.stage_label if self.report else str(NOT_BEGUN)

    @property
    def is_awaited(self) -> bool:
        """Whether the body still has to hand something in."""
        return self.stage in ("none", "filling", "returned")

    def is_late(self, on: date) -> bool:
        """Whether it is still awaited after its last day."""
        return self.is_awaited and on > self.due


#: Kinds of body that report every year: the government, its office and departments, townships and streets.
OWING = (
    BodyKind.GOVERNMENT, BodyKind.OFFICE, BodyKind.DEPARTMENT, BodyKind.TOWN, BodyKind.SUMU, BodyKind.SUBDISTRICT,
)  # fmt: skip
NOT_BEGUN = _("尚未填报")


def owed(year: int, bodies: QuerySet[Body] | None = None) -> list[Owed]:
    """Every body that reports about a year with its report, the government first (three queries).

    `bodies` narrows them. A body that ended before the year's end reports no more; its successor does.
    """
    rows = Body.objects.active(date(year, 12, 31)).filter(kind__in=OWING)
    if bodies is not None:
        rows = rows.filter(pk__in=bodies.values("pk"))
    reports = AnnualReport.objects.filter(year=year).select_related("body", "record__latest_revision")
    known = {report.body_id: report for report in reports}
    chases = {
        row["body"]: row
        for row in Chase.objects.filter(year=year).order_by().values("body").annotate(n=Count("pk"), last=Max("on"))
    }
    days = {government: annual_report_due(year, government=government).due for government in (True, False)}
    found = [
        Owed(
            body, known.get(body.pk), days[body.kind == BodyKind.GOVERNMENT], chases.get(body.pk, {}).get("n", 0),
            chases.get(body.pk, {}).get("last"),
        )
        for body in rows.order_by("order", "code")
    ]  # fmt: skip
    return sorted(found, key=lambda each: not each.is_government)


def unanswered_problems(report: AnnualReport) -> list[Problem]:
    """The problems of last year's report of which this one does not yet say what became."""
    before = of_year(report, report.year - 1)
    if before is None:
        return []
    told = report.follow_ups.exclude(problem=None).values("problem")
    return list(before.problems.filter(~Q(pk__in=told)))
