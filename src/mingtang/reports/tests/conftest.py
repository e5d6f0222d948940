"""A small county with its government, whose bodies report about 2023 in January 2024."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mingtang.bodies.models import Body, Kind, Level, Role
from mingtang.records.models import Column
from mingtang.reports import actions
from mingtang.reports.models import AnnualReport
from mingtang.review import actions as review
from tests.county import ALL_GATES, Place

YEAR = 2023
JANUARY = datetime(2024, 1, 10, 2, 0, tzinfo=UTC)  # ten in the morning in Asia/Shanghai
ON = date(2024, 1, 10)
NUMBERS = """机构,事项,数量,单位
{name},行政许可,12,件
{name},行政处罚,3,件
{name},行政强制,0,
{name},行政事业性收费,1.5,万元
"""


class County(Place):
    """The place of all tests with a government above it, and the ways of a report through its life."""

    def __init__(self) -> None:
        super().__init__()
        self.government = Body.objects.create(
            code="qzf", name="云岭旗人民政府", short_name="旗政府", kind=Kind.GOVERNMENT, level=Level.COUNTY
        )
        self.mayor = self.user(Role.APPROVER, self.government)
        self.secretary = self.user(Role.REVIEWER, self.government)
        self.second_clerk = self.user(Role.OFFICE, self.office, "二")
        self.healthy = self.user(Role.APPROVER, self.health)
        self.health_reviewer = self.user(Role.REVIEWER, self.health)
        Column.objects.create(name="政府信息公开年度报告", slug="ndbg")

    #: After the year about which `published_document` counts.
    LATE = datetime(2025, 1, 10, 2, 0, tzinfo=UTC)

    def published_document(self) -> Any:
        """A normative document of the education bureau that came out in June 2024."""
        draft = self.draft(title="校车安全管理办法（演示）", document_number="云旗教发〔2024〕1号", validity="valid")
        self.document = self.signed(draft)
        return self.document

    def opened(self, body: Body | None = None, year: int = YEAR, moment: datetime = JANUARY) -> AnnualReport:
        """A report in work, by the office."""
        return actions.open_report(body or self.education, year, actor=self.clerk, moment=moment)

    def filled(self, report: AnnualReport, moment: datetime = JANUARY) -> AnnualReport:
        """With numbers imported, a text in every chapter, a problem, and last year's answered."""
        acting: dict[str, Any] = {"actor": self.clerk, "moment": moment}
        if not report.is_government:
            data = NUMBERS.format(name=report.body.name).encode()
            actions.import_numbers(data, "数据.csv", year=report.year, system="业务系统（演示）", **acting)
        for number in range(1, 7):
            words = f"{report.year}年，{report.body.name}按照部署做好这方面的工作。"
            actions.write_text(report, number, words, version=0, **acting)
        actions.save_problem(report, "答复的说理不够充分", "每季度抽查一次答复", **acting)
        return report

    def submitted(self, report: AnnualReport, moment: datetime = JANUARY) -> AnnualReport:
        """Filled and submitted."""
        return actions.submit(self.filled(report, moment), actor=self.clerk, moment=moment)

    def accepted(self, report: AnnualReport, moment: datetime = JANUARY) -> AnnualReport:
        """Accepted by the office."""
        sent = self.submitted(report, moment)
        return sent if sent.is_government else actions.accept(sent, actor=self.clerk, moment=moment)

    def published(self, report: AnnualReport, moment: datetime = JANUARY) -> AnnualReport:
        """Through the whole life."""
        return self.signed(actions.release(self.accepted(report, moment), actor=self.clerk, moment=moment), moment)

    def signed(self, report: Any, moment: datetime = JANUARY, levels: int = 3) -> Any:
        """The report's record signed by the reviewer and the head of its body, and by another of the office."""
        if not isinstance(report, AnnualReport):
            return super().signed(report, levels)
        signers = {
            self.education.pk: (self.reviewer, self.head), self.government.pk: (self.secretary, self.mayor),
            self.health.pk: (self.health_reviewer, self.healthy),
        }[report.body_id]  # fmt: skip
        for step, user in enumerate([*signers, self.second_clerk][:levels], start=1):
            record = report.record
            assert record is not None
            review.sign(record, actor=user, moment=moment + timedelta(hours=step), gates=ALL_GATES)
            report = AnnualReport.objects.select_related("body", "record").get(pk=report.pk)
        return report


@pytest.fixture
def county(db: None) -> County:
    """The county above, in the database."""
    return County()
