"""A simulated year of requests becomes a report without one typed number, and its four files say the same."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from mingtang.bodies.models import Body, Kind, Level, Person, Post, Role, User
from mingtang.cli.report_reading import report_from
from mingtang.demo import annual_reports, requests
from mingtang.demo.acting import Cast
from mingtang.demo.request_scripts import SCRIPTS
from mingtang.foi import letterpress
from mingtang.foi.tests.plain_press import PlainPress
from mingtang.law.annual import check, check_across
from mingtang.records.models import Column
from mingtang.reports import actions, filling, queries
from mingtang.reports.models import AnnualReport, MadeFile
from mingtang.text import read_bytes

ACTOR = "system:test"


@pytest.fixture
def cast(db: None, settings: LazySettings, tmp_path: Path) -> Iterator[Cast]:
    settings.HOME, settings.MEDIA_ROOT, settings.SITE_ROOT = tmp_path, tmp_path / "media", tmp_path / "site"
    before = letterpress.use(PlainPress())
    body, other = (
        Body.objects.create(code=code, name=f"云岭旗{name}", short_name=name, kind=Kind.DEPARTMENT, level=Level.COUNTY)
        for code, name in (("jyj", "教育局"), ("wjw", "卫生健康委"))
    )
    Column.objects.create(name="政府信息公开年度报告", slug="ndbg")
    yield Cast(body, _user(Role.REQUEST_HANDLER, body), _user(Role.APPROVER, body), other)
    if before:
        letterpress.use(before)


def _user(role: Role, body: Body) -> User:
    person = Person.objects.create(name=f"演示{role.label}")
    Post.objects.create(person=person, body=body, role=role, starts_on=date(2020, 1, 1))
    return User.objects.create_user(str(role), person=person)


def reported(body: Body, year: int) -> AnnualReport:
    """The year's report: numbers counted and imported, the words of the first draft, out in January."""
    by: dict[str, Any] = {"actor": ACTOR, "moment": datetime(year + 1, 1, 20, 2, tzinfo=UTC)}
    report = actions.open_report(body, year, **by)
    lines = "事项,数量,单位\n行政许可,120,件\n行政处罚,7,件\n行政强制,0,件\n行政事业性收费,12.5,万元\n"
    actions.import_numbers(lines.encode(), "许可.csv", year=year, system="政务服务系统", body=body, **by)
    before = AnnualReport.objects.filter(body=body, year=year - 1).first()
    for problem in before.problems.all() if before else ():
        actions.follow_up(report, outcome="solved", result="已逐件补齐说理", problem=problem, **by)
    actions.save_problem(report, "有一件答复超过期限", "每周核对期限看板，提前三日提醒", **by)
    actions.narrate(report, **by)
    annual_reports.bring_out(report, by["moment"])
    return AnnualReport.objects.select_related("body", "record").get(pk=report.pk)


def test_two_simulated_years_report_themselves(cast: Cast, client: Client) -> None:
    plan = requests.spread(SCRIPTS, seed=7, first=date(2023, 3, 1), last=date(2023, 12, 28))
    made = requests.run(cast, plan, seed=7, until=datetime(2024, 12, 31, 15, tzinfo=UTC))
    reports = [reported(cast.body, year) for year in (2023, 2024)]
    assert not any(report.corrections.exists() for report in reports)
    tables = [queries.published(report).tables for report in reports]  # type: ignore[union-attr]
    assert sum(each.request("new", "total") or Decimal(0) for each in tables) == len(made)
    assert tables[1].request("carried_over", "total") == tables[0].request("carried_forward", "total")
    assert tables[0].request("carried_forward", "total")
    read = [_read_alike(report, client) for report in reports]
    assert check_across(read) == []
    _opens_to_its_things(reports[0])


def _read_alike(report: AnnualReport, client: Client) -> Any:
    """The four files of a report give the same numbers, and the check finds nothing in any."""
    written = queries.published(report)
    assert written
    files = {made.kind: made.file.read() for made in MadeFile.objects.filter(version__report=report)}
    files["html"] = client.get(f"/reports/{report.year}/jyj/").content
    read = {kind: report_from(kind, read_bytes(content)) for kind, content in files.items() if kind != "zip"}
    assert set(read) == {"pdf", "docx", "xlsx", "html"}
    for kind, each in read.items():
        assert check(each) == (), kind
        assert each.tables.as_json() == written.tables.as_json(), kind
    return read["html"]


def _opens_to_its_things(report: AnnualReport) -> None:
    """Every counted number is the number of things to which it opens."""
    sheet = filling.sheet(report)
    counted = [cell for cell in sheet.cells.values() if cell.origin is filling.Origin.COUNTED and cell.value]
    assert len(counted) > 5
    for cell in counted:
        assert len(filling.things(report, *cell.place, queries.bodies_in(report))) == cell.value, cell.called
