"""The enumerations of the law exist once: six applicants, seven replies, every ground with its article and its row."""

import pytest

from mingtang.law.requests import Applicant, Ground, Reply, Row, Section

#: 表二结果各行所属的部分，照格式文件的顺序。
SECTIONS = [1, 2, *[3] * 8, *[4] * 3, *[5] * 5, *[6] * 3]


def test_table_2_has_six_kinds_of_applicant_of_which_one_is_a_person() -> None:
    assert [kind.label for kind in Applicant] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
    ]
    assert [kind for kind in Applicant if kind.is_natural_person] == [Applicant.NATURAL]
    assert {kind.rule.article for kind in Applicant} == {"表二"}


def test_the_rows_stand_in_the_order_of_the_table() -> None:
    assert [row.section.value for row in Row] == SECTIONS
    assert [section.label for section in Section] == [
        "予以公开",
        "部分公开",
        "不予公开",
        "无法提供",
        "不予处理",
        "其他处理",
    ]
    assert len({(row.section, row.label) for row in Row}) == len(Row)


def test_the_seven_replies_are_the_seven_items_of_article_36() -> None:
    items = "一二三四五六七"
    assert [reply.rule.article for reply in Reply] == [f"第三十六条第（{number}）项" for number in items]
    assert len({reply.label for reply in Reply}) == 7
    assert all(reply.grounds for reply in Reply)
    assert all(ground.reply is reply for reply in Reply for ground in reply.grounds)


def test_every_row_counts_some_ground_and_every_ground_has_a_clause_and_a_name() -> None:
    assert {ground.row for ground in Ground} == set(Row)
    assert len({ground.label for ground in Ground}) == len(Ground)
    assert all(ground.rule.article for ground in Ground)


@pytest.mark.parametrize(
    ("ground", "article", "row"),
    [
        (Ground.STATE_SECRET, "第十四条", Row.STATE_SECRET),
        (Ground.SOCIAL_STABILITY, "第十四条", Row.SECURITY_AND_STABILITY),
        (Ground.TRADE_SECRET, "第十五条", Row.THIRD_PARTY),
        (Ground.LOGISTICS, "第十六条第一款", Row.INTERNAL_AFFAIRS),
        (Ground.DRAFT, "第十六条第二款", Row.PROCESS),
        (Ground.ENFORCEMENT_FILE, "第十六条第二款", Row.ENFORCEMENT_FILE),
        (Ground.PARTLY_PROVIDED, "第三十七条", Row.PARTLY_GRANTED),
        (Ground.MUST_BE_MADE, "第三十八条", Row.MUST_BE_MADE),
        (Ground.PETITION, "第三十九条第一款", Row.PETITION),
        (Ground.PERIODICALS, "第三十九条第二款", Row.PERIODICALS),
        (Ground.EXCESSIVE, "第三十五条", Row.EXCESSIVE),
        (Ground.STILL_UNCLEAR, "第三十条", Row.STILL_UNCLEAR),
        (Ground.NOT_CORRECTED, "第三十条", Row.NOT_CORRECTED),
        (Ground.FEE_NOT_PAID, "第六条", Row.FEE_NOT_PAID),
        (Ground.DOES_NOT_EXIST, "第三十六条第（四）项", Row.NOT_HELD),
        (Ground.NOT_THIS_BODY, "第三十六条第（五）项", Row.NOT_HELD),
        (Ground.SPECIAL_RULES, "第三十六条第（七）项", Row.ADMINISTRATIVE_INQUIRY),
    ],
)
def test_a_ground_has_its_article_and_its_row(ground: Ground, article: str, row: Row) -> None:
    assert (ground.rule.article, ground.row) == (article, row)


def test_three_internal_four_process_four_securities_and_two_rights_of_others() -> None:
    def count(row: Row) -> int:
        return sum(ground.row is row for ground in Ground)

    counts = [count(row) for row in (Row.INTERNAL_AFFAIRS, Row.PROCESS, Row.SECURITY_AND_STABILITY, Row.THIRD_PARTY)]
    assert counts == [3, 4, 4, 2]


def test_every_refusal_of_article_36_counts_as_a_refusal() -> None:
    assert {ground.row.section for ground in Reply.REFUSED.grounds} == {Section.REFUSED}
    assert len(Reply.REFUSED.grounds) == 16
