"""What the public sees: lists with days, one report with tables, charts, corrections and files, a feed, data."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import feedparser
import jsonschema_rs
import pytest
from django.test import Client

from mingtang.cli.report_reading import report_from
from mingtang.law.annual import check
from mingtang.portal.bake import bake
from mingtang.reports import actions, filing, pages, queries
from mingtang.reports.models import AnnualReport, MadeFile
from mingtang.reports.tests.conftest import JANUARY, YEAR, County
from mingtang.text import read_bytes
from mingtang.trace import readers
from mingtang.trace.shapes import Shape

PAGE = f"/reports/{YEAR}/jyj/"
LATE = JANUARY + timedelta(days=40)


@pytest.fixture(autouse=True)
def _site(tmp_path: Path, settings: Any) -> None:
    settings.SITE_ROOT = tmp_path / "site"


def narrated(county: County, report: AnnualReport) -> AnnualReport:
    """A report whose words are those of the skeleton alone, accepted."""
    by: dict[str, Any] = {"actor": county.clerk, "moment": JANUARY}
    data = (
        "机构,事项,数量,单位\n云岭旗教育局,行政许可,12,件\n云岭旗教育局,行政处罚,3,件\n"
        "云岭旗教育局,行政强制,0,\n云岭旗教育局,行政事业性收费,1.5,万元\n"
    )
    actions.import_numbers(data.encode(), "数据.csv", year=report.year, system="业务系统（演示）", **by)
    actions.save_problem(report, "答复的说理不够充分", "每季度抽查一次答复", **by)
    actions.narrate(report, **by)
    return actions.accept(actions.submit(report, **by), **by)


@pytest.fixture
def out(county: County) -> AnnualReport:
    """A published report whose files are made."""
    report = county.signed(actions.release(narrated(county, county.opened()), actor=county.clerk, moment=JANUARY))
    assert readers.catch_up(filing.READER.name) > 0
    return report


def html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_first_draft_is_written_from_the_data_alone_and_stays_live(county: County) -> None:
    report = county.opened()
    made = actions.narrate(report, actor=county.writer, moment=JANUARY)
    assert [text.number for text in made] == [1, 4, 6]
    assert "没有收到政府信息公开申请" in made[0].text
    assert actions.narrate(report, actor=county.writer, moment=JANUARY) == []
    text = "本年新收申请{新收}件。"
    actions.write_text(report, 3, text, version=0, actor=county.writer, moment=JANUARY)
    assert queries.written(report, on=JANUARY.date()).chapter(3).paragraphs == ("本年新收申请0件。",)
    place = ("requests", "new", "natural")
    actions.correct(report, *place, Decimal(4), "补录纸质登记", actor=county.writer, moment=JANUARY)
    assert queries.written(report, on=JANUARY.date()).chapter(3).paragraphs == ("本年新收申请4件。",)
    from mingtang.reports.errors import Invalid

    with pytest.raises(Invalid, match="新受"):
        actions.write_text(report, 3, "{新受}", version=1, actor=county.writer, moment=JANUARY)


def test_page_and_files_are_read_to_the_same_numbers_and_the_check_finds_nothing(
    out: AnnualReport, client: Client
) -> None:
    written = queries.published(out)
    assert written
    files = {made.kind: made.file.read() for made in MadeFile.objects.all()}
    assert set(files) == {"pdf", "docx", "xlsx", "zip"}
    files["html"] = html(client, PAGE).encode()
    del files["zip"]
    for kind, content in files.items():
        read = report_from(kind, read_bytes(content))
        assert read.tables.as_json() == written.tables.as_json(), kind
        assert check(read) == (), kind
        assert (read.body, read.year) == ("云岭旗教育局", YEAR)


def test_the_lists_say_who_published_in_time_and_who_did_not(out: AnnualReport, county: County, client: Client) -> None:
    county.opened(county.health)
    listing = html(client, "/reports/")
    assert "按期公布" in listing
    assert f'href="/{pages._path(out)}"' in listing
    assert re.search(r"卫生健康委员会</span>.*?尚未公布，已逾期 \d+ 天", listing, re.DOTALL)
    assert "2份中已公布1份，晚于期限1份" in listing
    assert "公布情况" in html(client, f"/reports/{YEAR}/")
    assert "历年年度报告" in html(client, "/reports/bodies/jyj/")
    for missing in (f"/reports/{YEAR}/wjw/", "/reports/2019/", "/reports/bodies/wjw/"):
        assert client.get(missing).status_code == 404


def test_a_late_report_says_by_how_many_days(county: County, client: Client) -> None:
    county.signed(actions.release(narrated(county, county.opened()), actor=county.clerk, moment=LATE), LATE)
    assert "晚 19 天公布" in html(client, PAGE)


def test_a_correction_after_publication_is_shown_with_reason_and_date(
    out: AnnualReport, county: County, client: Client
) -> None:
    before = {made.kind: made.sha256 for made in MadeFile.objects.all()}
    again = actions.reopen(out, "漏计一件行政许可", actor=county.head, moment=LATE)
    place = ("norms", "licences", "decisions")
    actions.correct(again, *place, Decimal(13), "政务服务系统补登一件", actor=county.writer, moment=LATE)
    actions.accept(actions.submit(again, actor=county.clerk, moment=LATE), actor=county.clerk, moment=LATE)
    assert "13" not in re.sub(r"\s", "", html(client, PAGE)).partition("行政许可</th>")[2][:30]  # not yet public
    county.signed(actions.release(again, actor=county.clerk, moment=LATE), LATE)
    readers.catch_up(filing.READER.name)
    page = html(client, PAGE)
    assert "本报告公布后更正过" in page
    assert "漏计一件行政许可" in page
    assert "<s>12</s> → <strong>13</strong>" in page
    assert "政务服务系统补登一件" in page
    assert "第2版" in page
    assert {m.sha256 for m in MadeFile.objects.filter(edition=1)} == set(before.values())
    newest = MadeFile.objects.get(edition=2, kind="xlsx")
    assert report_from("x", read_bytes(newest.file.read())).tables.norm("licences", "decisions") == 13
    entries = feedparser.parse(client.get("/reports/feed.atom").content).entries
    assert [entry.title[-4:] for entry in entries] == ["第2版）", "年度报告"]
    assert entries[0].summary == "漏计一件行政许可"


def test_files_are_made_once_and_never_changed(out: AnnualReport) -> None:
    from django.db import DatabaseError

    assert actions.make_files(out, moment=LATE) == []
    with pytest.raises(DatabaseError):
        MadeFile.objects.update(size=1)


def test_a_machine_without_fonts_still_gives_the_other_files(
    county: County, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from mingtang.press.errors import NoFonts
    from mingtang.reports.actions import files

    def none(*_: Any, **__: Any) -> bytes:
        raise NoFonts(["仿宋"], ["/nowhere"])

    monkeypatch.setitem(files.MAKERS, MadeFile.Kind.PDF, none)
    report = county.signed(actions.release(narrated(county, county.opened()), actor=county.clerk, moment=JANUARY))
    readers.catch_up(filing.READER.name)
    assert set(report.versions.get().files.values_list("kind", flat=True)) == {"docx", "xlsx", "zip"}
    assert "PDF没有生成" in caplog.text
    monkeypatch.undo()
    assert filing.make_missing(LATE) == 1
    assert MadeFile.objects.get(kind="pdf").made_at == LATE
    assert filing.make_missing(LATE) == 0


def test_the_data_is_what_its_schema_says(out: AnnualReport, client: Client) -> None:
    for path, shape in _data():
        value = json.loads(client.get(path).content)
        parts: dict[str, Any] = {each.name: each.schema for each in shape.definitions()}
        jsonschema_rs.validator_for({**shape.schema, "components": {"schemas": parts}}).validate(value)
    value = json.loads(client.get(PAGE + "index.json").content)
    assert value["norms"]["charges"] == {"amount": "1.5"}
    assert {each["kind"] for each in value["files"]} == {"pdf", "docx", "xlsx", "zip"}
    assert "演示" not in json.dumps(value["corrections"], ensure_ascii=False)


def _data() -> Iterator[tuple[str, Shape]]:
    from mingtang.reports import shapes

    yield "/reports/index.json", shapes.REPORTS
    yield f"/reports/{YEAR}/index.json", shapes.YEAR
    yield PAGE + "index.json", shapes.REPORT
    yield "/reports/bodies/jyj/index.json", shapes.BODY


def test_the_baked_site_holds_page_and_files(out: AnnualReport, settings: Any) -> None:
    bake(settings.SITE_ROOT, JANUARY)
    site = settings.SITE_ROOT / "current"
    page = (site / f"reports/{YEAR}/jyj/index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="/(files/[^"]+)"', page)
    assert len(links) == 4
    from urllib.parse import unquote

    for link in links:
        assert (site / unquote(link)).stat().st_size > 1000


def test_charts_read_without_colour_and_have_their_table(out: AnnualReport, county: County, client: Client) -> None:
    later = county.opened(year=YEAR + 1, moment=JANUARY.replace(year=2025))
    acting: dict[str, Any] = {"actor": county.clerk, "moment": JANUARY.replace(year=2025)}
    actions.correct(later, "requests", "new", "natural", Decimal(5), "纸质登记簿补录", **acting)
    actions.correct(later, "requests", "granted", "natural", Decimal(5), "纸质登记簿补录", **acting)
    actions.import_numbers(
        "机构,事项,数量,单位\n云岭旗教育局,行政许可,2,件\n".encode(), "数据.csv", year=YEAR + 1, system="演示", **acting
    )
    actions.save_problem(later, "目录更新偏慢", "定人定岗更新", **acting)
    actions.follow_up(later, outcome="solved", result="全年抽查四次", problem=out.problems.get(), **acting)
    actions.narrate(later, **acting)
    actions.accept(actions.submit(later, **acting), **acting)
    county.signed(actions.release(later, **acting), acting["moment"])
    page = html(client, f"/reports/{YEAR + 1}/jyj/")
    assert "style=" not in page.partition("<main")[2]
    assert len(re.findall(r'<svg class="chart-line"', page)) == 2
    assert "结转下年度、行政复议、行政诉讼、现行有效行政规范性文件：各年都是 0，没有画图。" in page
    assert re.search(r'class="chart-value"[^>]*>5</text>', page)
    assert "查看数据表" in page
    assert re.search(r"<th scope=\"row\">予以公开</th>.*?5件<span class=\"quiet\">100.0%", page, re.DOTALL)
    read = report_from("x", read_bytes(page.encode()))
    assert check(read) == ()
    assert read.tables.request("granted", "natural") == 5
