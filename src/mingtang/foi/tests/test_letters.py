"""Every kind of decision has its letter: it cites its articles, is complete, sets cleanly and can be read back."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import mammoth
import pytest

from mingtang.foi import letters
from mingtang.foi.facts import LetterFacts
from mingtang.foi.letters import clauses
from mingtang.foi.letters.replies import thing_rules
from mingtang.foi.tests.samples import APPLICANT, BASE, DECIDED, NOTICES, THING, decided
from mingtang.law.requests import Ground, Reply, Section
from tests.press.paper import Paper

#: What each ground's letter must cite of the regulation, as a lawyer would expect.
ARTICLES = {
    Ground.ALREADY_PUBLIC: "第三十六条第（一）项", Ground.PROVIDED: "第三十六条第（二）项",
    Ground.PARTLY_PROVIDED: "第三十七条、第三十六条第（二）项、第三十六条第（三）项、第十五条、第十六条第二款",
    Ground.STATE_SECRET: "第十四条、第三十六条第（三）项", Ground.FORBIDDEN_BY_LAW: "第十四条、第三十六条第（三）项",
    Ground.NATIONAL_SECURITY: "第十四条、第三十六条第（三）项",
    Ground.PUBLIC_SECURITY: "第十四条、第三十六条第（三）项",
    Ground.ECONOMIC_SECURITY: "第十四条、第三十六条第（三）项",
    Ground.SOCIAL_STABILITY: "第十四条、第三十六条第（三）项",
    Ground.TRADE_SECRET: "第十五条、第三十六条第（三）项", Ground.PRIVACY: "第十五条、第三十六条第（三）项",
    Ground.PERSONNEL: "第十六条第一款、第三十六条第（三）项", Ground.LOGISTICS: "第十六条第一款、第三十六条第（三）项",
    Ground.INTERNAL_WORKFLOW: "第十六条第一款、第三十六条第（三）项",
    Ground.DISCUSSION: "第十六条第二款、第三十六条第（三）项", Ground.DRAFT: "第十六条第二款、第三十六条第（三）项",
    Ground.CONSULTATION_LETTER: "第十六条第二款、第三十六条第（三）项",
    Ground.REPORT_FOR_INSTRUCTION: "第十六条第二款、第三十六条第（三）项",
    Ground.ENFORCEMENT_FILE: "第十六条第二款、第三十六条第（三）项", Ground.DOES_NOT_EXIST: "第三十六条第（四）项",
    Ground.NOT_THIS_BODY: "第三十六条第（五）项", Ground.MUST_BE_MADE: "第三十八条", Ground.STILL_UNCLEAR: "第三十条",
    Ground.REPEATED: "第三十六条第（六）项", Ground.SPECIAL_RULES: "第三十六条第（七）项",
    Ground.PETITION: "第三十九条第一款", Ground.PERIODICALS: "第三十九条第二款", Ground.EXCESSIVE: "第三十五条",
    Ground.CONFIRM_OR_REISSUE: "第三十八条", Ground.NOT_CORRECTED: "第三十条", Ground.FEE_NOT_PAID: "第四十二条",
}  # fmt: skip


def packed(text: str) -> str:
    return re.sub(r"\s", "", text)


def text_of(content: dict[str, Any]) -> str:
    return letters.checking.words_of(content)


def without(content: dict[str, Any], words: str) -> dict[str, Any]:
    """The content with every paragraph that holds the words taken out."""
    kept = [each for each in content["paragraphs"] if words not in each]
    assert len(kept) < len(content["paragraphs"])
    return content | {"paragraphs": kept}


def changed(content: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    assert any(old in each for each in content["paragraphs"])
    return content | {"paragraphs": [each.replace(old, new) for each in content["paragraphs"]]}


def test_every_ground_has_its_articles_in_the_table() -> None:
    assert set(ARTICLES) == set(DECIDED)
    assert {ground.reply for ground in DECIDED} >= set(Reply)


@pytest.mark.parametrize("ground", DECIDED, ids=lambda ground: ground.value)
def test_every_ground_has_a_letter_that_cites_its_articles_and_sets(ground: Ground, tmp_path: Path) -> None:
    facts = decided(ground)
    content = letters.draft(facts)
    assert letters.problems(facts, content) == []
    assert f"《中华人民共和国政府信息公开条例》{ARTICLES[ground]}" in clauses.cite(*thing_rules(facts.things[0]))
    read = Paper(letters.pdf(facts, content), tmp_path)
    assert read.is_sound()
    assert all(embedded and subset for _, embedded, subset, _ in read.fonts)
    at = 0
    for part in (
        facts.number,
        content["title"],
        "演示甲某：",
        *content["paragraphs"],
        "云岭旗自然资源局",
        "2024年6月24日",
    ):
        at = read.text.find(packed(part), at)
        assert at >= 0, part
    for article in ARTICLES[ground].split("、"):
        assert article in read.text
    assert packed("云岭旗人民政府申请行政复议") in read.text


@pytest.mark.parametrize("name", NOTICES)
def test_every_notice_says_what_it_must_and_sets(name: str, tmp_path: Path) -> None:
    facts, words = NOTICES[name]
    content = letters.draft(facts)
    unfilled = [each for each in letters.problems(facts, content) if not each.startswith("还没有填写")]
    assert unfilled == []
    read = Paper(letters.pdf(facts, content), tmp_path)
    assert read.is_sound()
    for each in words:
        assert packed(each) in read.text, each


@pytest.mark.parametrize("facts", [decided(Ground.PARTLY_PROVIDED), NOTICES["fee by pages"][0]], ids=["partial", "fee"])
def test_the_office_file_says_the_same(facts: LetterFacts) -> None:
    content = letters.draft(facts)
    text = packed(mammoth.extract_raw_text(io.BytesIO(letters.docx(facts, content))).value)
    for part in (content["title"], *content["paragraphs"], *(cell for row in content["schedule"] for cell in row)):
        assert packed(part) in text


def test_the_same_letter_is_the_same_file() -> None:
    facts = decided(Ground.PROVIDED)
    content = letters.draft(facts)
    assert letters.pdf(facts, content) == letters.pdf(facts, content)


def test_who_is_refused_is_sent_to_reconsideration_first_and_others_may_choose() -> None:
    for ground in DECIDED:
        text = text_of(letters.draft(decided(ground)))
        refused = ground.row.section is Section.REFUSED and ground is not Ground.SPECIAL_RULES
        first = refused or ground is Ground.PARTLY_PROVIDED
        assert ("先向云岭旗人民政府申请行政复议" in text) == first, ground
        assert ("6个月内依法向人民法院提起行政诉讼" in text) == (not first), ground
        assert "60日" in text


def test_before_2024_the_old_law_is_cited_and_the_court_is_open() -> None:
    facts = replace(decided(Ground.STATE_SECRET), made_on=date(2023, 12, 29))
    content = letters.draft(facts)
    assert "《中华人民共和国行政复议法》第九条" in text_of(content) and "先向" not in text_of(content)
    assert letters.problems(facts, content) == []


def test_several_things_are_answered_one_by_one() -> None:
    things = tuple(
        replace(decided(ground).things[0], order=order, text=f"第{order}件材料")
        for order, ground in enumerate((Ground.PROVIDED, Ground.PRIVACY, Ground.DOES_NOT_EXIST), start=1)
    )
    facts = replace(BASE, kind="partial", things=things)
    content = letters.draft(facts)
    assert letters.problems(facts, content) == []
    headings = [each for each in content["paragraphs"] if re.match(r"\d\. 关于", each)]
    assert headings == ["1. 关于“第1件材料”", "2. 关于“第2件材料”", "3. 关于“第3件材料”"]


def test_what_is_withheld_stands_in_a_schedule_with_clause_and_reason(tmp_path: Path) -> None:
    facts = decided(Ground.PARTLY_PROVIDED)
    content = letters.draft(facts)
    assert content["attachments"][0] == "不予公开内容清单"
    assert content["schedule"][1][1:3] == ["所附各户的身份证号码", "《中华人民共和国政府信息公开条例》第十五条"]
    read = Paper(letters.pdf(facts, content), tmp_path)
    assert "不予公开内容清单" in read.page_text(read.pages) and "所附讨论记录" in read.page_text(read.pages)
    shorter = content | {"schedule": content["schedule"][:-1]}
    assert "附件清单里没有“所附讨论记录”：请补上，或者重新起草。" in letters.problems(facts, shorter)


def test_what_goes_out_with_a_letter_is_named_in_it() -> None:
    facts = decided(Ground.PROVIDED)
    handed = replace(facts, things=(replace(facts.things[0], where=""),))
    assert letters.draft(handed)["attachments"] == ["〔待填：所提供信息的名称〕"]
    enclosing = replace(handed, enclosures=("补偿安置方案", "支付凭证（已遮盖）"))
    content = letters.draft(enclosing)
    assert content["attachments"] == ["补偿安置方案", "支付凭证（已遮盖）"]
    assert letters.problems(enclosing, content) == []
    found = letters.problems(enclosing, content | {"attachments": ["补偿安置方案"]})
    assert found == ["附件说明列的附件少于随文提供的文件（补偿安置方案、支付凭证（已遮盖））：请补上，或者重新起草。"]


def test_blanks_are_explicit_and_keep_a_letter_from_being_sealed() -> None:
    facts = replace(BASE, things=(replace(THING, ground="does_not_exist"),))
    content = letters.draft(facts)
    assert "〔待填：在哪里、用什么词、哪一天检索过〕" in text_of(content)
    found = letters.problems(facts, content)
    assert "还没有填写：在哪里、用什么词、哪一天检索过。" in found and "还没有填写：理由。" in found
    for bracket in ("【待填：金额】", "[待填:金额]", "〔待填〕"):
        other = changed(letters.draft(decided(Ground.PROVIDED)), "可以公开", f"可以公开{bracket}")
        assert any(each.startswith("还没有填写") for each in letters.problems(decided(Ground.PROVIDED), other))
    half = changed(letters.draft(decided(Ground.PROVIDED)), "可以公开", "可以公开〔待填：金额")
    assert any("括号不完整" in each for each in letters.problems(decided(Ground.PROVIDED), half))


def test_a_missing_reason_is_found() -> None:
    facts = decided(Ground.TRADE_SECRET)
    silent = replace(facts, things=(replace(facts.things[0], explanation=" "),))
    found = letters.problems(silent, letters.draft(silent))
    assert "第1项没有说明理由：请在处理决定里填写后重新起草。" in found and "还没有填写：理由。" in found
    undecided = replace(BASE, things=(THING,))
    assert "第1项还没有决定：请先作出处理决定。" in letters.problems(undecided, letters.draft(undecided))


def test_a_wrong_clause_is_found() -> None:
    facts = decided(Ground.STATE_SECRET)
    content = letters.draft(facts)
    wrong = changed(content, "第十四条、第三十六条第（三）项", "第十六条第一款、第三十六条第（四）项")
    found = letters.problems(facts, wrong)
    assert "没有引用《中华人民共和国政府信息公开条例》第十四条：请写明依据。" in found
    assert any("第三十六条第（四）项不是这种处理决定的依据" in each for each in found)
    assert any("第十六条第一款不是这种处理决定的依据" in each for each in found)


def test_the_letter_of_one_decision_is_never_taken_for_that_of_another() -> None:
    """Every letter read as if it were for every other ground with other clauses: always refused, with the clause."""
    written = {ground: letters.draft(decided(ground)) for ground in DECIDED}
    articles = {
        ground: set(clauses.citations(clauses.cite(*thing_rules(decided(ground).things[0])))) for ground in DECIDED
    }
    pairs = 0
    for due, content in written.items():
        for ground in DECIDED:
            if articles[ground] <= articles[due]:
                continue
            pairs += 1
            found = letters.checking.problems(decided(ground), content)
            assert any("没有引用" in each or "不是这种处理决定的依据" in each for each in found), (due, ground)
    assert pairs > 600


def test_a_clause_that_is_no_longer_in_force_is_found() -> None:
    facts = decided(Ground.STATE_SECRET)
    old = changed(
        letters.draft(facts), "《中华人民共和国行政复议法》第二十条", "《中华人民共和国行政复议法》第九条、第二十条"
    )
    assert "引用的《中华人民共和国行政复议法》第九条在2024-06-24没有生效：请核对。" in letters.problems(facts, old)


@pytest.mark.parametrize(
    "words",
    [
        "依据《条例》（国务院令第711号）第十四条、第三十六条第（三）项",
        "依据《政府信息公开条例》第14条和第36条第3项",
        "依据《中华人民共和国政府信息公开条例》第十四条、第三十六条第三项",
        "依据《中华人民共和国政府信息公开条例》第十四条及《条例》第三十六条第(三)项",
    ],
)
def test_a_clause_in_other_words_is_the_same_clause(words: str) -> None:
    facts = decided(Ground.STATE_SECRET)
    drafted = "依据《中华人民共和国政府信息公开条例》第十四条、第三十六条第（三）项"
    assert letters.problems(facts, changed(letters.draft(facts), drafted, words)) == []
    wrong = (
        words.replace("三）项", "四）项").replace("第3项", "第4项").replace("第三项", "第四项").replace("(三)", "(四)")
    )
    assert any(
        "第三十六条第（四）项不是" in each
        for each in letters.problems(facts, changed(letters.draft(facts), drafted, wrong))
    )


def test_missing_remedies_are_found() -> None:
    facts = decided(Ground.PROVIDED)
    content = letters.draft(facts)
    found = letters.problems(facts, without(content, "行政复议"))
    assert any("没有告知救济途径" in each for each in found)
    assert any(
        "没有写明申请行政复议的期限（60日）" in each
        for each in letters.problems(facts, changed(content, "60日", "30日"))
    )
    assert any(
        "没有写明行政复议机关" in each for each in letters.problems(facts, changed(content, "云岭旗人民政府", "上级"))
    )
    assert any("6个月" in each for each in letters.problems(facts, changed(content, "6个月", "3个月")))
    refused = decided(Ground.STATE_SECRET)
    direct = changed(letters.draft(refused), "先向", "向")
    assert any("先申请行政复议" in each for each in letters.problems(refused, direct))


def test_a_reply_after_its_last_day_explains_itself() -> None:
    facts = decided(Ground.PROVIDED)
    late = replace(facts, request=replace(facts.request, late_by=3))
    content = letters.draft(late)
    assert "答复已经超过期限3天：请写明“逾期的原因：……”。" in letters.problems(late, content)
    told = changed(content, "〔待填：没有按期答复的原因〕", "经办人交接时漏办")
    assert letters.problems(late, told) == []
    assert any("超过期限3天" in each for each in letters.problems(late, without(content, "逾期的原因")))


def test_a_letter_goes_to_whom_it_is_for_and_third_parties_do_not_learn_who_asks() -> None:
    facts = decided(Ground.PROVIDED)
    content = letters.draft(facts)
    assert any("抬头" in each for each in letters.problems(facts, content | {"addressee": "演示乙某"}))
    for name in ("third_party", "consultation", "overruled"):
        asked = NOTICES[name][0]
        letter = letters.draft(asked)
        assert not any(secret in text_of(letter) for secret in APPLICANT.secrets())
        told = letter | {"paragraphs": [*letter["paragraphs"], "申请人是演示甲某。"]}
        assert any("申请人的个人信息" in each for each in letters.problems(asked, told))


def test_what_cannot_be_set_is_said_before_sealing() -> None:
    facts = decided(Ground.PROVIDED)
    content = changed(letters.draft(facts), "可以公开", "可以公开\U0010fffd")
    assert any("本机的字体里没有这些字" in each for each in letters.problems(facts, content))


def test_an_emptied_letter_is_not_sealed() -> None:
    facts = decided(Ground.PROVIDED)
    found = letters.problems(facts, {"title": " ", "addressee": "演示甲某", "paragraphs": [""]})
    assert {"没有标题：请填写。", "没有正文：请填写，或者重新起草。"} <= set(found)


def test_an_organisation_is_addressed_as_one() -> None:
    facts = decided(Ground.PROVIDED)
    firm = replace(facts, request=replace(facts.request, applicant_kind="commercial"))
    assert "你单位提出的政府信息公开申请" in text_of(letters.draft(firm))


def test_nothing_that_a_stranger_wrote_is_markup(tmp_path: Path) -> None:
    facts = decided(Ground.PROVIDED)
    wanted = '#panic("x") *甲* $a$ [乙] <丙> // 丁'
    asked = replace(facts, request=replace(facts.request, wanted=wanted))
    assert packed(wanted) in Paper(letters.pdf(asked, letters.draft(asked)), tmp_path).text
