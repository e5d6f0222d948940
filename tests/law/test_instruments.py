"""Rules are data: the files of the product are whole, and a file that is not is refused with every fault."""

import datetime
from pathlib import Path

import pytest

from mingtang import law
from mingtang.law.errors import InstrumentError, NotInForce, UnknownRule
from mingtang.law.reading import read_instrument, read_library

GOOD = """
id = "sample"
title = "示例办法"
issuer = "示例机关"
number = "示例〔2020〕1号"
made = 2020-01-01
from = 2020-02-01
source = "示例"

[[rules]]
id = "sample.1"
article = "第一条"
tags = ["publication"]
says = "几日内公开。"
checked = ""

[[rules.parameters]]
name = "within"
value = 15
unit = "working_days"
from = 2020-02-01
until = 2020-12-31

[[rules.parameters]]
name = "within"
value = 20
unit = "working_days"
from = 2021-01-01
"""


def test_a_number_of_the_law_is_the_one_of_its_day() -> None:
    rule = read_instrument(GOOD, "sample.toml").rules[0]
    assert rule.parameter("within", datetime.date(2020, 12, 31)).number == 15
    assert rule.parameter("within", datetime.date(2021, 1, 1)).number == 20
    with pytest.raises(NotInForce, match=r"《示例办法》（示例〔2020〕1号）第一条在2020-01-31没有生效的“within”"):
        rule.parameter("within", datetime.date(2020, 1, 31))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('title = "示例办法"', ""), "缺少 title"),
        (("made = 2020-01-01", 'made = "2020-01-01"'), "made 应写成日期"),
        (("made = 2020-01-01", "made = 2020-01-01T08:00:00"), "made 应写成日期"),
        (('id = "sample"', 'id = "other"'), "id 应与文件名相同"),
        (('id = "sample.1"', 'id = "first"'), "应以“sample.”开头"),
        (('article = "第一条"', 'article = ""'), "article 是空的"),
        (('article = "第一条"', ""), "缺少 article"),
        (('checked = ""', ""), "缺少 checked"),
        (('tags = ["publication"]', 'tags = ["publicity"]'), "不认识“publicity”"),
        (('tags = ["publication"]', "tags = []"), "tags 应写成一列文字"),
        (('says = "几日内公开。"', 'says = "几日内公开。"\nnote = "x"'), "不认识的字段 note"),
        (("value = 15", "value = 0"), "应是正整数"),
        (("value = 15", "value = true"), "缺少 value"),
        (('unit = "working_days"\nfrom = 2021', 'unit = "weeks"\nfrom = 2021'), "不认识“weeks”"),
        (("until = 2020-12-31", "until = 2019-12-31"), "until 早于 from"),
        (("until = 2020-12-31", "until = 2021-06-30"), "在同一天有两个值"),
        (('unit = "working_days"\nfrom = 2020-02-01', 'unit = "working_days"\nfrom = 2020-01-31'), "早于本文件的 from"),
        (("[[rules.parameters]]", "[[rules.numbers]]"), "不认识的字段 numbers"),
        (("id =", "id :"), "不是合格的 TOML"),
    ],
)
def test_a_fault_names_its_file_and_rule(change: tuple[str, str], fault: str) -> None:
    assert change[0] in GOOD
    with pytest.raises(InstrumentError) as caught:
        read_instrument(GOOD.replace(*change), "sample.toml")
    assert any(line.startswith("sample.toml") and fault in line for line in caught.value.faults)


def test_a_day_of_the_year_must_exist_every_year() -> None:
    leap = GOOD.replace('value = 20\nunit = "working_days"', 'value = "02-29"\nunit = "month_day"')
    assert leap != GOOD
    with pytest.raises(InstrumentError, match="不是月-日"):
        read_instrument(leap, "sample.toml")


def test_two_files_may_not_give_one_rule(tmp_path: Path) -> None:
    other = GOOD.replace('"sample.1"', '"sample.b.1"').replace('"sample"', '"sample.b"')
    (tmp_path / "sample.b.toml").write_text(other, encoding="utf-8")
    (tmp_path / "sample.toml").write_text(GOOD, encoding="utf-8")
    assert set(read_library(tmp_path).by_id) == {"sample.1", "sample.b.1"}
    (tmp_path / "sample.toml").write_text(GOOD.replace('"sample.1"', '"sample.b.1"'), encoding="utf-8")
    with pytest.raises(InstrumentError, match=r"规则编号 sample\.b\.1 重复"):
        read_library(tmp_path)


def test_an_empty_folder_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(InstrumentError, match="没有规则文件"):
        read_library(tmp_path)


def test_the_product_knows_its_rules_by_id() -> None:
    rule = law.rule("disclosure-regulation.26")
    assert rule.citation == "《中华人民共和国政府信息公开条例》（国务院令第711号）第二十六条"
    assert law.parameter(rule.id, "within", on=datetime.date(2022, 6, 30)).number == 20
    with pytest.raises(UnknownRule, match=r"没有编号为“nowhere\.1”的规则"):
        law.rule("nowhere.1")


def test_a_title_within_a_title_is_cited_in_single_brackets() -> None:
    assert "《国务院办公厅印发〈关于全面推进" in law.rule("openness-measures.attribute").citation


def test_the_four_grounds_for_not_disclosing_are_offered_with_their_articles() -> None:
    grounds = law.rules_about(law.Tag.EXCEPTION, on=datetime.date(2022, 6, 30))
    assert [rule.article for rule in grounds][:2] == ["第十四条", "第十五条"]
    assert len({rule.id for rule in grounds}) == 5, "secrets and security, third parties, and three kinds of article 16"
    assert law.rules_about(law.Tag.EXCEPTION, on=datetime.date(2019, 5, 14)) == ()


def test_every_rule_says_something_and_cites_its_place() -> None:
    for rule in law.library().by_id.values():
        assert rule.says.endswith("。"), rule.id
        assert rule.citation.startswith("《"), rule.id
        assert rule.source, rule.id


def test_a_day_that_is_a_parameter_is_no_number() -> None:
    by = law.parameter("disclosure-regulation.49-department", "by", on=datetime.date(2022, 1, 1))
    with pytest.raises(TypeError, match="not a number"):
        _ = by.number
