"""Amendment orders are read, worked into the text with each clause's history, and what cannot be applied is said."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingtang.text.norms.amending import (
    Act,
    Change,
    Consolidated,
    Status,
    amend,
    compare,
    consolidate,
    read_amendments,
)
from mingtang.text.norms.structure import Structure, structure_of
from mingtang.text.norms.structure.parts import article_label

RULE = """云岭旗草场巡护管理办法
第一条　为了保护草场，制定本办法。
第二条　本办法所称巡护，包括下列活动：
（一）日常巡查；
（二）防火检查。
巡护由旗林草局组织。
第三条　巡护员由苏木镇聘用，聘用期一年。
第四条　违反第三条的，由旗林草局处理。
第五条　本办法自2022年5月1日起施行。
"""
HEAD = "云岭旗人民政府关于修改《云岭旗草场巡护管理办法》的决定\n决定对《云岭旗草场巡护管理办法》作如下修改：\n"
ACT = Act("云岭旗人民政府关于修改《云岭旗草场巡护管理办法》的决定", "云政规发〔2023〕1号", date(2023, 1, 1))


def amended(orders: str, rule: str = RULE) -> Consolidated:
    return consolidate(structure_of(rule), [(ACT, read_amendments(HEAD + orders))])


def printed(text: Consolidated, id_: str) -> str:
    part = text.structure.part(id_)
    assert part is not None
    return part.printed


@pytest.mark.parametrize(
    ("orders", "id_", "expected"),
    [
        ("一、将第一条修改为：“为了保护草场、防火，制定本办法。”", "art_1", "第一条　为了保护草场、防火，制定本办法。"),
        ("一、第一条修改为：“第一条　新。”", "art_1", "第一条　新。"),
        ("一、将第二条第一款第（二）项修改为：“（二）防火、防虫；”。", "art_2__para_1__item_2", "（二）防火、防虫；"),
        ("一、第三条第一款中的“一年”修改为“两年”。", "art_3", "第三条　巡护员由苏木镇聘用，聘用期两年。"),
        ("一、将第三条中“苏木镇”“一年”分别修改为“嘎查”“两年”。", "art_3", "第三条　巡护员由嘎查聘用，聘用期两年。"),
        ("一、在第三条“聘用期”后增加“不少于”。", "art_3", "第三条　巡护员由苏木镇聘用，聘用期不少于一年。"),
        ("一、删去第三条中的“，聘用期一年”。", "art_3", "第三条　巡护员由苏木镇聘用。"),
        ("一、将文中的“旗林草局”统一修改为“旗自然资源局”。", "art_4", "第四条　违反第三条的，由旗自然资源局处理。"),
        ("一、第三条增加一款，作为第二款：“巡护员佩戴标志。”", "art_3__para_2", "巡护员佩戴标志。"),
        ("一、第三条修改为：“巡护员由嘎查聘用。\n“聘用期两年。”", "art_3__para_2", "聘用期两年。"),
        ("一、第二条第一款增加一项，作为第（二）项：“灭鼠；”", "art_2__para_1__item_3", "（三）防火检查。"),
        ("一、在第三条后增加一条，作为第三条之一：“巡护员佩戴标志。”", "art_3-1", "第三条之一　巡护员佩戴标志。"),
        ("一、删去第二条第二款。", "art_2__para_1__item_2", "（二）防火检查。"),
    ],
)  # fmt: skip
def test_an_order_is_worked_in(orders: str, id_: str, expected: str) -> None:
    text = amended(orders)
    assert text.failures == ()
    assert printed(text, id_) == expected


@pytest.mark.parametrize(
    ("order", "read"),
    [
        ("1.在《甲办法》第七条中增加一项作为第六项，即：“新；”", [(Change.INSERT, "第七条", "第六项", "新；")]),
        ("第九条修改为：“新。”", [(Change.REPLACE, "第九条", "", "新。")]),
        ("第十三条增加一款作为该条第二款，即：“新。”", [(Change.INSERT, "第十三条", "第二款", "新。")]),
        ("将《甲办法》第七条第（一）项修改为：“新；”", [(Change.REPLACE, "第七条第（一）项", "", "新；")]),
        ("第十条第四项修改为：“新；”", [(Change.REPLACE, "第十条第四项", "", "新；")]),
        ("第十五条改为第十六条，并将其中的“甲”修改为“乙”。",
         [(Change.WORDS, "第十五条", "", "乙"), (Change.RENUMBER, "第十五条", "第十六条", "")]),
        ("将第三条第一款、第二款合并，修改为：“合。”", [(Change.REPLACE, "第三条第一款、第二款", "", "合。")]),
        ("第四条、第五条分别改为第五条、第六条。", [(Change.RENUMBER, "第四条、第五条", "第五条、第六条", "")]),
        ("将办法名称修改为《乙办法》。", [(Change.TITLE, "", "", "乙办法")]),
        ("第二章标题修改为“监督”。", [(Change.REPLACE, "第二章", "", "监督")]),
        ("第九条删去。", [(Change.DELETE, "第九条", "", "")]),
        ("第七条中“罚款”后增加“并没收”。", [(Change.ADD_WORDS, "第七条", "", "并没收")]),
        ("将附件中的“甲”修改为“乙”。", []),
        ("第三条的内容另行规定并修改为新的。", []),
    ],
)  # fmt: skip
def test_orders_are_read_in_the_wordings_that_acts_use(order: str, read: list[tuple[Change, str, str, str]]) -> None:
    found = read_amendments(f"云岭旗人民政府关于修改《甲办法》的决定\n{order}")
    assert [(one.change, one.where, one.to, one.text) for one in found.operations] == read
    assert bool(found.unread) == (not read)


def test_a_new_article_moves_the_numbers_and_what_names_them_is_pointed_out() -> None:
    text = amended("一、增加一条，作为第三条：“第三条　巡护员佩戴标志。”\n此外，对条文顺序作相应调整。")
    assert [part.label for part in text.structure.articles()] == [article_label((n,)) for n in range(1, 7)]
    assert printed(text, "art_3") == "第三条　巡护员佩戴标志。"
    assert printed(text, "art_4") == "第四条　巡护员由苏木镇聘用，聘用期一年。"
    assert any("第五条提到“第三条”" in note for note in text.notes)


def test_a_deleted_article_is_gone_and_remembered() -> None:
    text = amended("一、删去第三条。\n条文顺序相应调整。")
    assert [(event.where, event.before) for event in text.gone] == [
        ("第三条", "第三条　巡护员由苏木镇聘用，聘用期一年。")
    ]
    assert printed(text, "art_4") == "第四条　本办法自2022年5月1日起施行。"


def test_addresses_are_those_before_the_act_whatever_comes_in_between() -> None:
    text = amended(
        "一、增加一条，作为第二条：“新的一条。”\n二、将第三条中的“一年”修改为“两年”。\n"
        "三、将第五条改为第六条，修改为：“本办法自2023年1月1日起施行。”\n条文顺序作相应调整。"
    )
    assert text.failures == ()
    assert printed(text, "art_4") == "第四条　巡护员由苏木镇聘用，聘用期两年。"
    assert printed(text, "art_6") == "第六条　本办法自2023年1月1日起施行。"
    assert [(event.change, event.where) for event in text.history["art_6"]] == [
        (Change.REPLACE, "第五条"), (Change.RENUMBER, "第五条"),
    ]  # fmt: skip


def test_a_chain_keeps_the_history_of_each_clause() -> None:
    text = Consolidated(structure_of(RULE))
    for year, (old, new) in enumerate(
        [("一年", "两年"), ("两年", "三年"), ("三年", "四年"), ("四年", "五年"), ("五年", "六年")], start=2023
    ):
        act = Act("修改决定", f"云政规发〔{year}〕1号", date(year, 1, 1))
        orders = (
            f"一、增加一条，作为第一条：“第{year}次。”\n二、将第{'三四五六七'[year - 2023]}条中的“{old}”修改为“{new}”。"
        )
        text = amend(text, act, read_amendments(HEAD + orders + "\n条文顺序相应调整。"))
    assert text.failures == ()
    assert printed(text, "art_8") == "第八条　巡护员由苏木镇聘用，聘用期六年。"
    assert [event.act.on.year for event in text.history["art_8"]] == [2023, 2024, 2025, 2026, 2027]
    assert text.history["art_8"][0].before.endswith("聘用期一年。")


@pytest.mark.parametrize(
    ("orders", "why"),
    [
        ("一、将第九条修改为：“新。”", "没有第九条"),
        ("一、将第三条中的“三年”修改为“两年”。", "没有“三年”"),
        ("一、在第三条“聘用”后增加“并登记”。", "出现 2 次"),
        ("一、增加一条，作为第三条：“新。”", "没有说条文顺序调整"),
        ("一、增加一条，作为第九条：“新。”\n条文顺序相应调整。", "只有 5 条"),
        ("一、第三条增加一款，作为第四款：“新。”", "排不到第四款"),
        ("一、删去第三条。\n二、将第三条中的“一年”修改为“两年”。\n三、删去第三条。", "另一条删去"),
        ("一、对第三条作适当修改，将其改为更严的规定。", "看不懂"),
        ("一、将第五条改为第八条。\n条文顺序相应调整。", "应为第五条"),
    ],
)
def test_what_cannot_be_applied_is_said_and_changes_nothing(orders: str, why: str) -> None:
    text = amended(orders)
    assert why in str(text.failures[0])
    assert not text.complete
    if "删去" not in orders:
        assert text.structure.printed == structure_of(RULE).printed


def test_a_new_article_at_the_border_of_two_chapters_needs_its_chapter() -> None:
    rule = "第一章　总则\n第一条　甲。\n第二章　附则\n第二条　乙。\n"
    assert "哪一章" in str(amended("一、增加一条，作为第二条：“丙。”\n条文顺序相应调整。", rule).failures[0])
    said = amended("一、在第一章增加一条，作为第二条：“丙。”\n条文顺序相应调整。", rule)
    assert [part.label for part in said.structure.body[0].children] == ["第一条", "第二条"]
    after = amended("一、在第一条后增加一条，作为第二条：“丙。”\n条文顺序相应调整。", rule)
    assert after.structure.printed == said.structure.printed


def test_a_decision_on_several_documents_keeps_them_apart() -> None:
    orders = read_amendments(
        "云岭旗人民政府关于修改部分规范性文件的决定\n一、对《甲办法》作如下修改：\n（一）删去第三条。\n"
        "二、对《乙办法》（云政发〔2020〕1号）作如下修改：\n（一）将第一条中的“甲”改为“乙”。\n（二）删去第二款。\n"
    )
    assert [(one.instrument, one.change, one.where) for one in orders.operations] == [
        ("甲办法", Change.DELETE, "第三条"),
        ("乙办法", Change.WORDS, "第一条"),
        ("乙办法", Change.DELETE, "第一条第二款"),
    ]  # fmt: skip
    assert len(orders.on("甲办法").operations) == 1


def test_two_versions_stand_side_by_side() -> None:
    before = structure_of(RULE)
    after = amended(
        "一、将第三条中的“一年”修改为“两年”。\n二、删去第四条。\n三、增加一条，作为第二条：“草场分等管理，等级由旗人民政府公布。”\n"
        "条文顺序相应调整。"
    ).structure
    rows = compare(before, after)
    labels = [(row.status, *(part.label if part else "" for part in (row.before, row.after))) for row in rows]
    assert labels == [
        (Status.SAME, "第一条", "第一条"),
        (Status.ADDED, "", "第二条"),
        (Status.RENUMBERED, "第二条", "第三条"),
        (Status.CHANGED, "第三条", "第四条"),
        (Status.REMOVED, "第四条", ""),
        (Status.SAME, "第五条", "第五条"),
    ]  # fmt: skip
    changed = rows[3]
    assert [piece.text for piece in changed.left if piece.changed] == ["三", "一"]
    assert [piece.text for piece in changed.right if piece.changed] == ["四", "两"]


def articles(structure: Structure) -> list[str]:
    return [re.sub(r"^第.+?条(之.)?\s*", "", part.printed) for part in structure.articles()]


@st.composite
def edits(draw: st.DrawFn) -> tuple[list[str], list[str], str]:
    """Articles before, articles after, and the decision that makes the one from the other."""
    before = [f"第{n}样事由旗办理。" for n in range(1, draw(st.integers(2, 7)) + 1)]
    kept: list[str] = []
    orders: list[str] = []
    for n, words in enumerate(before, start=1):
        match draw(st.sampled_from(["keep", "keep", "delete", "replace", "words"])):
            case "delete" if len(before) > 1 and n > 1:
                orders.append(f"删去{article_label((n,))}。")
            case "replace":
                kept.append(f"改过的第{n}样。")
                orders.append(f"将{article_label((n,))}修改为：“{kept[-1]}”")
            case "words":
                kept.append(words.replace("旗办理", "镇办理"))
                orders.append(f"{article_label((n,))}中的“旗办理”修改为“镇办理”。")
            case _:
                kept.append(words)
    after = list(kept)
    for place in sorted(draw(st.sets(st.integers(1, len(kept) + 1), max_size=2))):
        after.insert(place - 1, f"新增在{place}。")
        orders.append(f"增加一条，作为{article_label((place,))}：“新增在{place}。”")
    decision = HEAD + "\n".join(f"{'一二三四五六七八九十'[at]}、{one}" for at, one in enumerate(orders))
    return before, after, decision + "\n条文顺序作相应调整。"


@given(edits())
@settings(max_examples=80, deadline=None)
def test_the_consolidated_text_is_the_one_the_decision_describes(case: tuple[list[str], list[str], str]) -> None:
    before, after, decision = case
    rule = "\n".join(f"{article_label((n,))}　{words}" for n, words in enumerate(before, start=1))
    text = consolidate(structure_of(rule), [(ACT, read_amendments(decision))])
    assert text.failures == ()
    assert articles(text.structure) == after
    rows = compare(structure_of(rule), text.structure)
    assert [row.after.printed for row in rows if row.after] == [part.printed for part in text.structure.articles()]
    assert [row.before.printed for row in rows if row.before] == [p.printed for p in structure_of(rule).articles()]
