"""The files of a written report: each is read back to the same numbers without a finding, and made alike every time."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from frictionless import Package, validate

from mingtang.cli.report_reading import report_from
from mingtang.law.annual import check
from mingtang.law.annual.written import WrittenReport, cells_from
from mingtang.press.data_package import Field, Resource, data_package
from mingtang.press.document import Table
from mingtang.reports.publishing import data, paper
from mingtang.text import read_bytes
from tests.law.annual.years import written

MOMENT = datetime(2025, 1, 20, 2, tzinfo=UTC)
MAKERS: dict[str, Callable[..., bytes]] = {"pdf": paper.pdf_of, "docx": paper.docx_of, "xlsx": paper.workbook_of}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", MAKERS)
def test_a_file_of_a_report_is_read_to_the_same_numbers_and_the_check_finds_nothing(kind: str, seed: int) -> None:
    value = written(seed)
    read = report_from(kind, read_bytes(MAKERS[kind](value, moment=MOMENT)))
    assert check(read) == ()
    assert read.tables.as_json() == value.tables.as_json()
    assert (read.body, read.year) == (value.body, value.year)
    assert [chapter.number for chapter in read.chapters] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("kind", MAKERS)
def test_the_same_report_gives_the_same_bytes(kind: str) -> None:
    value = written(2)
    assert MAKERS[kind](value, moment=MOMENT) == MAKERS[kind](value, moment=MOMENT)


def test_the_pdf_is_for_the_archive_and_repeats_the_head_of_a_table_on_its_next_page() -> None:
    import pypdfium2

    made = paper.pdf_of(written(0), moment=MOMENT)
    assert b"pdfaid" in made
    file = pypdfium2.PdfDocument(made)
    pages = [file[at].get_textpage().get_text_range() for at in range(len(file))]
    heads = [at for at, text in enumerate(pages) if "申请人情况" in text]
    assert len(heads) == 2
    assert heads[1] == heads[0] + 1


def test_every_file_tells_what_was_corrected_and_why() -> None:
    value = written(1)
    line = "改为" + str(value.corrections[0].new) + "，理由：补录窗口收到的一件（2023年1月20日，第1版公布之后）"
    for kind, make in MAKERS.items():
        text = "".join(read_bytes(make(value, moment=MOMENT)).text.split())
        assert line in text, kind


def test_numbers_of_the_workbook_are_numbers_and_words_stay_words() -> None:
    value = written(2)
    norms = {**value.tables.norms, "charges": cells_from({"charges": {"amount": "1234.56"}})["charges"]}
    value = replace(value, tables=replace(value.tables, norms=norms), body="=1+1旗")
    book = openpyxl.load_workbook(io.BytesIO(paper.workbook_of(value, moment=MOMENT)))
    assert book.sheetnames == ["正文", "表一", "表二", "表三"]
    cells = {cell.value for row in book["表一"].iter_rows() for cell in row}
    assert 1234.56 in cells
    assert book["正文"]["A1"].data_type == "s"
    assert str(book["表二"].print_title_rows) == "$2:$4"


def test_an_empty_chapter_says_that_there_is_nothing() -> None:
    value = replace(written(1), chapters=())
    assert [part.paragraphs for part in paper.parts(value)] == [("无。",), (), (), (), ("无。",), ("无。",)]


def test_a_table_has_one_head() -> None:
    with pytest.raises(ValueError, match="表头只写一处"):
        Table((("1",),), (1.0,), head=("甲",), heads=(("乙",),))


def package(value: WrittenReport, folder: Path) -> Path:
    file = folder / "report.zip"
    file.write_bytes(data.package_of(value))
    return file


@pytest.mark.parametrize("seed", [0, 3])
def test_the_data_package_is_valid_for_the_frictionless_tool_and_holds_the_same_numbers(
    seed: int, tmp_path: Path
) -> None:
    value = written(seed)
    file = package(value, tmp_path)
    report = validate(str(file))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])
    read = Package(str(file))
    rows = {row["row"]: row for row in read.get_resource("requests").read_rows()}
    told = {row: {k: v for k, v in cells.items() if k not in ("row", "label")} for row, cells in rows.items()}
    assert told == value.tables.as_json()["requests"]
    assert {row["number"]: row["text"] for row in read.get_resource("chapters").read_rows()}[1].startswith("本报告根据")
    assert read.get_resource("corrections").read_rows()[0]["new"] == value.corrections[0].new


def test_the_frictionless_tool_sees_a_number_that_was_altered(tmp_path: Path) -> None:
    with zipfile.ZipFile(package(written(0), tmp_path)) as archive:
        archive.extractall(tmp_path)
    file = tmp_path / "requests.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("new,", "new,x", 1) + "new,again,1,1,1,1,1,1,-1\n")
    found = {each for (each,) in validate(str(tmp_path / "datapackage.json")).flatten(["type"])}
    assert {"primary-key", "constraint-error", "hash-count"} <= found


def test_text_in_a_csv_is_quoted_and_a_package_is_the_same_every_time() -> None:
    rows = [("a", '他说："好"\n再见', 1), ("b", None, 2)]
    resource = Resource(
        "t", "表", (Field("k", "string", "键"), Field("w", "string", "话"), Field("n", "integer", "数")), ("k",), rows
    )
    assert list(csv.reader(io.StringIO(resource.csv().decode())))[1:] == [
        ["a", '他说："好"\n再见', "1"],
        ["b", "", "2"],
    ]
    one, other = (data_package({"name": "x"}, [resource]) for _ in range(2))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        said = json.loads(archive.read("datapackage.json"))
    assert said["resources"][0]["schema"]["primaryKey"] == ["k"]
