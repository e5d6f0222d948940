"""Import of bodies: good rows come in, each bad row is told, nothing half-written, the same again changes nothing."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError
from openpyxl import Workbook, load_workbook

from mingtang.bodies import actions, queries, rejected, tables
from mingtang.bodies.errors import FileRefused, NotPermitted
from mingtang.bodies.intake import COLUMNS, Report, import_bodies, read_table
from mingtang.bodies.models import Alias, Area, Body, Kind, Level, Role
from mingtang.bodies.tests.conftest import MOMENT, County
from mingtang.trace.models import Event
from mingtang.trace.queries import verify

pytestmark = pytest.mark.django_db

GOVERNMENT = "云岭旗人民政府（演示）"
SUMU = "白桦苏木人民政府（演示）"
ROWS: list[dict[str, Any]] = [
    {"全称": SUMU, "类别": "苏木", "上级机构": GOVERNMENT, "区划代码": "990001101000"},
    {"全称": "白桦苏木北嘎查", "简称": "北嘎查", "类别": "嘎查", "上级机构": SUMU, "区划代码": "990001101201"},
    {"全称": GOVERNMENT, "简称": "旗政府", "类别": "人民政府", "层级": "旗", "区划代码": "990001"},
    {
        "全称": "云岭旗教育局（演示）",
        "简称": "教育局",
        "类别": "政府部门",
        "上级机构": "旗政府",
        "别名": "教体局、旗教育局",
        "统一社会信用代码": "91350100M000100Y43",
        "办公地址": "演示路1号",
        "办公时间": "工作日 8:30–17:30",
        "公开工作机构": "办公室",
        "电话": "0000-0000001",
        "邮箱": "jyj@example.invalid",
        "职责": "管理教育。",
    },
]


def as_csv(path: Path, rows: list[dict[str, Any]], encoding: str = "utf-8") -> Path:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(COLUMNS), restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def as_xlsx(path: Path, rows: list[dict[str, Any]], above: tuple[str, ...] = ()) -> Path:
    book = Workbook()
    for line in above:
        book.active.append([line])
    book.active.append(list(COLUMNS))
    for row in rows:
        book.active.append([row.get(label) for label in COLUMNS])
    book.save(path)
    return path


def imported(path: Path, **options: Any) -> Report:
    return import_bodies(path, actor="system:test", moment=MOMENT, **options)


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.rejected_rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_comes_in_whatever_its_encoding(tmp_path: Path, encoding: str) -> None:
    report = imported(as_csv(tmp_path / "机构.csv", ROWS, encoding))
    assert counts(report) == (4, 0, 0, 0)
    body = Body.objects.get(name="云岭旗教育局（演示）")
    assert (body.kind, body.level, body.parent.short_name) == (Kind.DEPARTMENT, Level.COUNTY, "旗政府")
    assert queries.by_name("教体局") == body
    assert body.openness_phone == "0000-0000001"


def test_a_workbook_with_a_title_above_its_heading_comes_in(tmp_path: Path) -> None:
    assert counts(imported(as_xlsx(tmp_path / "b.xlsx", ROWS, above=("云岭旗机构一览（演示）", "")))) == (4, 0, 0, 0)


def test_parents_may_stand_below_their_children_and_areas_grow_down_to_the_village(tmp_path: Path) -> None:
    imported(as_csv(tmp_path / "b.csv", ROWS))
    village = Area.objects.get(code="990001101201")
    assert (village.level, village.parent.code, village.parent.parent.code) == (Level.VILLAGE, "990001101", "990001")
    assert Body.objects.get(short_name="北嘎查").parent.name == "白桦苏木人民政府（演示）"


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "b.csv", ROWS)
    imported(path)
    events = Event.objects.count()
    assert counts(imported(path)) == (0, 0, 4, 0)
    assert Event.objects.count() == events == verify()


def test_a_changed_cell_updates_its_body_and_a_blank_one_keeps_what_is_stored(tmp_path: Path) -> None:
    imported(as_csv(tmp_path / "b.csv", ROWS))
    row = {"全称": "云岭旗教育局（演示）", "类别": "政府部门", "电话": "0000-0000009"}
    assert counts(imported(as_csv(tmp_path / "c.csv", [row]))) == (0, 1, 0, 0)
    body = Body.objects.get(name="云岭旗教育局（演示）")
    assert (body.openness_phone, body.duties) == ("0000-0000009", "管理教育。")


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    report = imported(as_csv(tmp_path / "b.csv", ROWS), dry_run=True)
    assert counts(report) == (4, 0, 0, 0)
    assert not Body.objects.exists()
    assert not Area.objects.exists()
    assert not Event.objects.exists()


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"全称": ""}, "全称", "没有填写全称"),
    ({"类别": "衙门"}, "类别", "没有“衙门”"),
    ({"类别": ""}, "类别", "没有填写类别"),
    ({"层级": "天上"}, "层级", "没有“天上”"),
    ({"类别": "苏木", "层级": "旗"}, "层级", "不符"),
    ({"上级机构": "不存在的局"}, "上级机构", "没有名为“不存在的局”"),
    ({"统一社会信用代码": "91350100M000100Y44"}, "统一社会信用代码", "校验位"),
    ({"统一社会信用代码": "123"}, "统一社会信用代码", "校验位"),
    ({"邮箱": "不是邮箱"}, "邮箱", "Email"),
    ({"电话": "找老王"}, "电话", "不属于电话号码"),
    ({"区划代码": "12"}, "区划代码", "6、9 或 12 位"),
    ({"区划代码": "990099"}, "区划代码", "尚未登记"),
    ({"全称": "长" * 121, "简称": "长"}, "全称", "120"),
    ({"职责": "看不见\x07的字"}, "职责", "控制字符"),
    ({"别名": "旗政府的别名"}, "全称", "已用于"),
]


@pytest.mark.parametrize(("given", "column", "what"), BAD, ids=[what for *_, what in BAD])
def test_a_bad_row_names_its_number_column_and_mend_and_the_good_rows_come_in(
    tmp_path: Path, given: dict[str, Any], column: str, what: str
) -> None:
    good = [*ROWS[2:3], ROWS[3]]
    good[0] = good[0] | {"别名": "旗政府的别名"}
    bad = {"全称": "云岭旗水务局（演示）", "类别": "政府部门", "上级机构": "云岭旗人民政府（演示）"} | given
    report = imported(as_csv(tmp_path / "b.csv", [good[0], bad, good[1]]))
    assert counts(report) == (2, 0, 0, 1)
    (rejection,) = report.rejected
    assert (rejection.row, rejection.column) == (3, column)
    assert what in rejection.what
    assert rejection.mend
    assert not Body.objects.filter(name=bad["全称"]).exists()


def test_a_row_refused_for_its_alias_leaves_no_body_no_area_and_no_event(tmp_path: Path) -> None:
    imported(as_csv(tmp_path / "b.csv", ROWS))
    events = Event.objects.count()
    bad = {"全称": "红柳苏木人民政府（演示）", "类别": "苏木", "别名": "教体局", "区划代码": "990001102"}
    mended = {**bad, "别名": "红柳"}
    assert counts(imported(as_csv(tmp_path / "c.csv", [bad]))) == (0, 0, 0, 1)
    assert Event.objects.count() == events
    assert not Area.objects.filter(code="990001102").exists()
    assert counts(imported(as_csv(tmp_path / "c.csv", [mended]))) == (1, 0, 0, 0)


def test_a_child_of_a_refused_row_says_which_row_to_mend(tmp_path: Path) -> None:
    rows = [dict(ROWS[0], 类别="衙门", 上级机构=""), dict(ROWS[1])]
    report = imported(as_csv(tmp_path / "b.csv", rows))
    assert [r.row for r in report.rejected] == [2, 3]
    assert "第 2 行未能导入" in report.rejected[1].what


def test_a_circle_of_parents_is_refused_row_by_row(tmp_path: Path) -> None:
    rows = [
        {"全称": "甲（演示）", "类别": "镇", "上级机构": "乙（演示）"},
        {"全称": "乙（演示）", "类别": "镇", "上级机构": "甲（演示）"},
        {"全称": "丙（演示）", "类别": "镇"},
    ]
    report = imported(as_csv(tmp_path / "b.csv", rows))
    assert counts(report) == (1, 0, 0, 2)
    assert all("循环" in r.what for r in report.rejected)


def test_the_same_name_twice_in_a_file_is_told(tmp_path: Path) -> None:
    report = imported(as_csv(tmp_path / "b.csv", [ROWS[2], ROWS[2]]))
    assert counts(report) == (1, 0, 0, 1)
    assert report.rejected[0].what == "与第 2 行重复"


def test_an_ambiguous_short_name_of_a_parent_is_refused(tmp_path: Path) -> None:
    rows = [
        {"全称": "甲镇人民政府（演示）", "简称": "镇政府", "类别": "镇"},
        {"全称": "乙镇人民政府（演示）", "简称": "镇政府", "类别": "镇"},
        {"全称": "丙村（演示）", "类别": "村", "上级机构": "镇政府"},
    ]
    report = imported(as_csv(tmp_path / "b.csv", rows))
    assert counts(report) == (2, 0, 0, 1)
    assert "对应 2 个机构" in report.rejected[0].what


def test_numbers_typed_as_numbers_stay_codes(tmp_path: Path) -> None:
    rows = [dict(ROWS[2], 区划代码=990001), dict(ROWS[0], 区划代码=990001101000.0)]
    assert counts(imported(as_xlsx(tmp_path / "b.xlsx", rows))) == (2, 0, 0, 0)
    assert set(Area.objects.values_list("code", flat=True)) == {"990001", "990001101"}


def test_what_the_database_refuses_is_a_rejected_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise IntegrityError("duplicate")

    monkeypatch.setattr(actions, "add_alias", fails)
    report = imported(as_csv(tmp_path / "b.csv", [ROWS[2], ROWS[3]]))
    assert counts(report) == (1, 0, 0, 1)
    assert not Body.objects.filter(short_name="教育局").exists()
    assert not Alias.objects.exists()


def test_rejected_rows_go_back_as_a_workbook_that_can_be_imported_when_mended(tmp_path: Path) -> None:
    path = as_xlsx(tmp_path / "b.xlsx", [dict(ROWS[2], 类别="=1+1"), ROWS[0]])
    report = imported(path)
    out = tmp_path / "rejected.xlsx"
    rejected.write(out, read_table(path), report)
    book = load_workbook(out)
    sheet = book.active
    assert [cell.value for cell in sheet[1]][:4] == ["行号", "问题", "如何改", "全称"]
    at = [cell.value for cell in sheet[1]].index("类别") + 1
    # openpyxl gives no cached value for the formula, so nothing of it comes back
    assert sheet.cell(2, at).data_type != "f"
    sheet.cell(2, at).value = "人民政府"
    book.save(out)
    mended = imported(out)
    assert counts(mended) == (2, 0, 0, 0)
    assert mended.ignored_columns == ["行号", "问题", "如何改"]


def test_text_that_looks_like_a_formula_stays_text_in_the_workbook(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "b.csv", [dict(ROWS[2], 类别="=HYPERLINK(1)")])
    out = tmp_path / "r.xlsx"
    rejected.write(out, read_table(path), imported(path))
    assert {cell.data_type for row in load_workbook(out).active for cell in row} <= {"s", "n", "inlineStr"}


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(tables.MAX_UNPACKED // (1 << 20) + 1):
                part.write(b"0" * (1 << 20))
    return path


def doctype(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return path


def content(data: bytes) -> Any:
    def make(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return make


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (content(b""), "空的"),
        (content(b" \n\n"), "空的"),
        (content("全称\n".encode() * 8 * 1024 * 1024), "超过 20 MB"),
        (content(b"PK\x03\x04 broken"), "已损坏"),
        (content(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600), "xls"),
        (content(b"%PDF-1.7"), "PDF"),
        (content(b"\xff\x80\x81\xfe\xff" * 9), "GB18030"),
        (content("名单\n甲\n".encode()), "没有找到含“全称”的表头"),
        (content("全称,简称\n甲,乙\n".encode()), "缺“类别”"),
        (content("全称,类别,全称\n甲,镇,乙\n".encode()), "出现了两次"),
        (content('全称,类别\n"甲,镇\n'.encode()), "不成对"),
        (content(("全称,类别\n" + "甲,镇\n" * 50_001).encode()), "超过 50,000 行"),
        (bomb, "压缩炸弹"),
        (doctype, "实体定义"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_table_of_bodies_is_refused_in_one_line(tmp_path: Path, make: Any, says: str) -> None:
    with pytest.raises(FileRefused, match=says) as refused:
        imported(make(tmp_path / "文件.xlsx"))
    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith("文件.xlsx：")
    assert not Body.objects.exists()


def test_a_missing_file_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="无法读取"):
        imported(tmp_path / "没有.csv")


def test_only_who_may_import_imports(tmp_path: Path, county: County) -> None:
    path = as_csv(tmp_path / "b.csv", ROWS)
    with pytest.raises(NotPermitted, match="批量导入机构"):
        import_bodies(path, actor=county.user(Role.PUBLISHER, county.education), moment=MOMENT)
    assert import_bodies(path, actor=county.user(Role.OFFICE, county.office), moment=MOMENT).created
