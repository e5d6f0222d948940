"""Responsibility notes in their many forms, and brackets that are none."""

from datetime import date

import pytest

from mingtang.text.deadlines import Moment
from mingtang.text.responsibility import read_note

MOMENT = Moment(date(2021, 5, 1), 2021)


@pytest.mark.parametrize(
    ("note", "lead", "does", "supporting"),
    [
        ("责任单位：市级各部门，各区县政府、管委会", [], ["市级各部门", "各区县政府", "管委会"], []),
        ("市发展改革委牵头，市级有关部门按职责分工负责", ["市发展改革委"], ["市级有关部门"], []),
        ("牵头单位：县司法局；配合单位：各乡镇", ["县司法局"], [], ["各乡镇"]),
        ("责任单位:县政府办公室牵头,县直各部门、各乡镇配合", ["县政府办公室"], [], ["县直各部门", "各乡镇"]),
        ("省委网信办、省公安厅、省通信管理局等按职责分工负责", [], ["省委网信办", "省公安厅", "省通信管理局"], []),
        ("区教育局、各中小学校负责落实", [], ["区教育局", "各中小学校"], []),
        ("各部门、各单位", [], ["各部门", "各单位"], []),
        ("牵头科室：办公室，责任科室：各科室", ["办公室"], ["各科室"], []),
    ],
)
def test_who_is_named(note: str, lead: list[str], does: list[str], supporting: list[str]) -> None:
    found = read_note(note, MOMENT)
    assert found is not None
    assert (list(found.lead), list(found.does), list(found.supporting)) == (lead, does, supporting)


@pytest.mark.parametrize(
    ("note", "on"),
    [
        ("责任单位：区政府各部门；完成时限：2021年12月", date(2021, 12, 31)),
        ("市司法局负责，11月底前完成", date(2021, 11, 30)),
        ("2021年10月底前完成", date(2021, 10, 31)),
        ("县发改局牵头；各乡镇，县直各部门按职责分工负责。完成时限：2021年10月底前", date(2021, 10, 31)),
    ],
)
def test_a_note_may_set_the_day(note: str, on: date) -> None:
    found = read_note(note, MOMENT)
    assert found is not None and [one.on for one in found.deadlines] == [on]


@pytest.mark.parametrize(
    "bracket",
    ["以下简称《条例》", "试行", "详见附件", "市、区", "国办发〔2019〕14号", "“三公”经费", "含财政专户", "下同"],
)
def test_other_brackets_are_no_notes(bracket: str) -> None:
    assert read_note(bracket, MOMENT) is None
