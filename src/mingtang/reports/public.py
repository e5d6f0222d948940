"""What the public sees of annual reports: each with its days, its files and where it stands on the portal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import quote

from django.utils import timezone

from mingtang.law.annual.written import WrittenReport
from mingtang.law.publication import Due, annual_report_due
from mingtang.records import public_files
from mingtang.reports import queries
from mingtang.reports.models import AnnualReport, MadeFile


@dataclass(frozen=True)
class Download:
    """A file of the edition that the public reads: what it is called, its path below the portal's root, its size."""

    kind: str
    title: str
    path: str
    size: int
    sha256: str
    stored: object

    @property
    def words(self) -> str:
        """Its size in words."""
        return public_files.size_in_words(self.size)


@dataclass(frozen=True)
class Listed:
    """A report in a list: public since `published_on`, or not public (None); `today` tells how late that is."""

    report: AnnualReport
    published_on: date | None
    today: date

    @property
    def path(self) -> str:
        """The address of its page below the portal's root."""
        return f"reports/{self.report.year}/{self.report.body.code}/"

    @property
    def due(self) -> Due:
        """The last lawful day of publication."""
        return annual_report_due(self.report.year, government=self.report.is_government)

    @property
    def late_by(self) -> int:
        """Days after the last lawful day, up to publication or today."""
        return self.due.late_by(self.published_on or self.today)

    @property
    def editions(self) -> int:
        """How many editions went out."""
        return self.report.edition if self.published_on else 0

    @property
    def kind(self) -> str:
        """The shape of its state: done in time, done late, late, waiting."""
        if self.published_on:
            return "soon" if self.late_by else "done"
        return "overdue" if self.late_by else "waiting"


@dataclass(frozen=True)
class Shown(Listed):
    """A public report whole, with its files."""

    written: WrittenReport
    files: tuple[Download, ...]


def listed(reports: Iterable[AnnualReport], today: date) -> list[Listed]:
    """Reports as they stand in lists; those that are not public bear no day."""
    return [Listed(each, _day(each), today) for each in reports]


def _day(report: AnnualReport) -> date | None:
    """The day of the first publication, None while nothing is public."""
    moment = report.record.published_at if report.record is not None and report.is_public else None
    return timezone.localtime(moment).date() if moment else None


def shown(report: AnnualReport, today: date) -> Shown | None:
    """A report with all that its page says; None where nothing of it is public."""
    version = queries.public_version(report)
    written = queries.published(report)
    if version is None or written is None:
        return None
    day = written.published_on or _day(report)
    return Shown(report, day, today, written, tuple(map(_download, MadeFile.objects.filter(version=version))))


def _download(made: MadeFile) -> Download:
    name = quote(PurePosixPath(made.file.name).name)
    path = f"{public_files.FOLDER}/{made.sha256[: public_files.ADDRESS_DIGITS]}/{name}"
    return Download(made.kind, str(made.get_kind_display()), path, made.size, made.sha256, made.file)


def years(rows: Iterable[Listed]) -> Mapping[int, list[Listed]]:
    """Reports by year, as they come."""
    found: dict[int, list[Listed]] = {}
    for row in rows:
        found.setdefault(row.report.year, []).append(row)
    return found
