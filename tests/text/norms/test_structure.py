"""A text falls into 编 章 节 条 款 项 目 with stable addresses; nothing is lost; an address finds its part."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingtang.text.norms.structure import Kind, Structure, addresses_in, citation, find, structure_of
from mingtang.text.norms.structure.parts import article_label, chinese

RULE = """云岭旗人民政府关于印发《云岭旗草场巡护管理办法》的通知
云政规发〔2022〕3号
各苏木镇人民政府：
《云岭旗草场巡护管理办法》已经审议通过，现印发给你们。
云岭旗人民政府
2022年3月15日
云岭旗草场巡护管理办法
第一章　总则
第一条　为了保护草场，制定本办法。
第二条　本办法所称巡护，包括下列活动：
（一）日常巡查；
（二）防火检查：
1.春季检查；
2.秋季检查。
（三）其他。
巡护由旗林草局组织。
第一款以外的活动，按第（一）项执行。
第二章　罚则
第三条　依照第二条第一款第（二）项处理；
有下列情形之一的，从重：
（一）再犯的；
（二）拒不改正的。
第三条之一　另行规定。
第四条　本办法自2022年5月1日起施行。
附件：1.巡护登记表
附件1
巡护登记表
序号\t姓名\t日期
1\t甲\t2022
"""


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def ids(structure: Structure, words: str, at: str = "") -> list[str]:
    return [part.id for part in find(structure, words, at=at).parts]


def test_every_part_has_its_address() -> None:
    structure = structure_of(RULE)
    assert [part.id for part in structure.walk() if part.kind in (Kind.CHAPTER, Kind.ARTICLE, Kind.ITEM)] == [
        "chp_1", "art_1", "art_2", "art_2__para_1__item_1", "art_2__para_1__item_2", "art_2__para_1__item_3",
        "chp_2", "art_3", "art_3__para_2__item_1", "art_3__para_2__item_2", "art_3-1", "art_4",
    ]  # fmt: skip
    second = structure.part("art_2")
    assert second is not None
    assert [part.kind for part in second.children] == [Kind.PARAGRAPH] * 3
    point = structure.part("art_2__para_1__item_2__point_2")
    assert point is not None and point.text == "秋季检查。"
    assert structure.preamble[0].startswith("云岭旗人民政府关于印发")
    assert structure.preamble[-1] == "云岭旗草场巡护管理办法"
    assert structure.closing == ("附件：1.巡护登记表",)
    (attachment,) = structure.attachments
    assert (attachment.id, attachment.title, attachment.body[0].kind) == ("att_1", "巡护登记表", Kind.TABLE)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("第二条第一款第（二）项", ["art_2__para_1__item_2"]),
        ("第二条第(二)项第2目", ["art_2__para_1__item_2__point_2"]),
        ("本办法第三条", ["art_3"]),
        ("第3条第2款", ["art_3__para_2"]),
        ("第三条之一", ["art_3-1"]),
        ("第三条至第四条", ["art_3", "art_3-1", "art_4"]),
        ("第一条、第四条", ["art_1", "art_4"]),
        ("第二条第一款、第三款", ["art_2__para_1", "art_2__para_3"]),
        ("第一条和第二条第三款", ["art_1", "art_2__para_3"]),
        ("第二条第一款第（一）项、第（三）项", ["art_2__para_1__item_1", "art_2__para_1__item_3"]),
        ("第二条第（一）至（三）项", [f"art_2__para_1__item_{n}" for n in (1, 2, 3)]),
        ("第二章", ["chp_2"]),
        ("第二条第一款的规定", ["art_2__para_1"]),
    ],
)
def test_an_address_in_chinese_finds_its_part(words: str, expected: list[str]) -> None:
    found = find(structure_of(RULE), words)
    assert ([part.id for part in found.parts], found.problems) == (expected, ())


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("第九条", "没有第九条"),
        ("第二条第五款", "第二条第五款"),
        ("第二条第（九）项", "第（九）项"),
        ("草场", "不是条款的写法"),
        ("第三条至第四条第一款", "不是同一级"),
        ("第四条至第一条", "之后"),
        ("附件3第一条", "附件3"),
        ("本条第二款", "写明第几条"),
    ],
)
def test_what_is_not_there_is_said_and_not_guessed(words: str, problem: str) -> None:
    found = find(structure_of(RULE), words)
    assert found.parts == ()
    assert problem in found.problems[0]


def test_an_item_that_two_paragraphs_have_needs_its_paragraph() -> None:
    structure = structure_of("第一条　下列：\n（一）甲；\n（二）乙。\n又下列：\n（一）丙；\n（二）丁。\n")
    assert "第几款" in find(structure, "第一条第（一）项").problems[0]
    assert ids(structure, "第一条第二款第（一）项") == ["art_1__para_2__item_1"]


def test_words_that_point_from_their_own_place() -> None:
    structure = structure_of(RULE)
    assert ids(structure, "本条第一款", at="art_2__para_3") == ["art_2__para_1"]
    assert ids(structure, "前款", at="art_2__para_2") == ["art_2__para_1"]
    assert ids(structure, "前条", at="art_3__para_1") == ["art_2"]


def test_a_reference_at_the_start_of_a_paragraph_is_no_article() -> None:
    structure = structure_of("第一条　甲。\n第一条第二款适用。\n第一条规定的，从其规定。\n第二条　乙。\n")
    assert [part.id for part in structure.articles()] == ["art_1", "art_2"]
    assert len(structure.articles()[0].children) == 3


def test_a_table_of_contents_before_the_chapters_is_no_text() -> None:
    structure = structure_of(
        "某办法\n目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n"
    )
    assert [part.id for part in structure.walk() if part.kind is Kind.CHAPTER] == ["chp_1", "chp_2"]
    assert structure.preamble == ("某办法", "目录", "第一章 总则", "第二章 附则")


def test_a_document_without_articles_is_numbered_by_its_levels() -> None:
    text = "某意见\n各部门：\n现提出如下意见。\n"
    text += "一、总体要求\n（一）指导思想。坚持。\n1.甲\n二、工作安排\n乙做。\n云岭旗林草局\n2022年1月1日\n"
    structure = structure_of(text)
    assert [part.id for part in structure.walk()] == [
        "h1_1", "h1_1__h2_1", "h1_1__h2_1__para_1", "h1_1__h2_1__h3_1", "h1_2", "h1_2__para_1",
    ]  # fmt: skip
    assert ids(structure, "第一条第（一）项") == ["h1_1__h2_1"]
    assert structure.closing == ("云岭旗林草局", "2022年1月1日")


def test_numbers_missing_and_doubled_are_told() -> None:
    assert "第二条没有读到" in structure_of("第一条 甲。\n第三条 乙。").problems[0]


def test_addresses_stand_in_running_text() -> None:
    text = "依照本办法第三条第二款第（一）项和第五条至第七条的规定，由旗林草局处理。"
    assert [text[a:b] for a, b in addresses_in(text)] == ["第三条第二款第（一）项和第五条至第七条"]


@pytest.mark.parametrize(("number", "written"), [(10, "十"), (103, "一百零三"), (1000, "一千"), (1024, "一千零二十四")])
def test_numbers_are_written_as_articles_write_them(number: int, written: str) -> None:
    assert chinese(number) == written
    assert article_label((number, 2)) == f"第{written}条之二"


SENTENCE = st.text("草场巡护水利管理人员", min_size=2, max_size=12).map(lambda words: words + "。")


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Texts of rules in chapters, articles with 之一, 款, 项 and 目."""
    lines = ["某办法"]
    chapters, article = draw(st.integers(0, 3)), 0
    for chapter in range(1, max(chapters, 1) + 1):
        if chapters:
            lines.append(f"第{chinese(chapter)}章　总则")
        for _ in range(draw(st.integers(1, 4))):
            article += 1
            lines.append(f"{article_label((article,))}　{draw(SENTENCE)}")
            if draw(st.booleans()):
                lines.extend(f"（{chinese(n)}）{draw(SENTENCE)}" for n in range(1, draw(st.integers(1, 3)) + 1))
            if draw(st.booleans()):
                lines.append(draw(SENTENCE))
            if draw(st.integers(0, 3)) == 0:
                lines.append(f"{article_label((article, 1))}　{draw(SENTENCE)}")
    return "\n".join([*lines, "某旗人民政府", "2022年3月15日"])


@given(rules())
@settings(max_examples=60, deadline=None)
def test_every_address_is_found_by_its_own_citation(text: str) -> None:
    structure = structure_of(text)
    parts = list(structure.walk())
    assert len({part.id for part in parts}) == len(parts)
    for part in parts:
        words = citation(structure, part.id)
        found = ids(structure, words)
        alone = part.kind is Kind.PARAGRAPH and words == citation(structure, part.id.rpartition("__")[0])
        assert found == ([part.id.rpartition("__")[0]] if alone else [part.id])


LINE = st.one_of(
    st.sampled_from(
        ["第一章 总则", "第一条 甲", "第一条：甲。", "第二条", "第二条之一　乙", "（一）丙；", "1.丁", "一、戊",
         "附件1",
         "附件：1.己",
         "某局", "2022年1月1日", "目录", "a\tb", "第三条第二款规定的", "三条；（一）内；（二）内", "第十二条【题】文"]
    ),
    st.text(max_size=20),
)  # fmt: skip


@given(st.lists(LINE, max_size=25).map("\n".join))
@settings(max_examples=150, deadline=None)
def test_the_parts_joined_are_the_text(text: str) -> None:
    structure = structure_of(text)
    assert bare(structure.printed) == bare(text)
    assert bare(structure_of(structure.printed).printed) == bare(text)
    found = [part.id for part in structure.walk()]
    assert len(set(found)) == len(found)
