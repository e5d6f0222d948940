"""A letter that carries a plan: its own numbers are no chapters, and a title is found where none is printed."""

import pytest

from mingtang.text import document_from_text, extract_ledger

PLAN = "\n县政府办公室\n2022年5月6日\n{title}\n一、信息发布\n（一）公开预算。县财政局要在6月底前公开预算。\n"


def test_the_numbered_paragraphs_of_the_letter_open_the_ledger() -> None:
    letter = (
        "各乡镇：\n现将《青石县2022年政务公开工作要点》印发给你们，请抓好落实。\n"
        "一、各乡镇要于5月20日前报送联络员名单。\n二、县政府办公室要每季度通报进展。"
    )
    draft = extract_ledger(document_from_text(letter + PLAN.format(title="青石县2022年政务公开工作要点")))
    assert [chapter.title for chapter in draft.chapters] == ["信息发布"]
    assert [task.bodies for task in draft.opening] == [("各乡镇",), ("县政府办公室",)]


def test_a_notice_of_its_own_keeps_its_chapters_before_an_annex() -> None:
    text = (
        "关于做好2022年政务公开工作的通知\n各乡镇：\n一、规范发布\n（一）公开目录。各乡镇要公开目录。\n"
        "县政府办公室\n2022年5月6日\n附件\n2022年公开事项任务清单\n一、目录\n（一）编目。县档案馆要编制目录。\n"
    )
    assert [chapter.title for chapter in extract_ledger(document_from_text(text)).chapters] == ["规范发布", "目录"]


@pytest.mark.parametrize(
    ("letter", "title"),
    [
        ("各乡镇：\n现将《青石县2022年政务公开工作要点》印发给你们。", "青石县2022年政务公开工作要点"),
        ("各乡镇：\n经县政府同意，现将任务安排印发给你们。", "青石县政务公开任务分工"),
    ],
)
def test_a_letter_without_a_title_has_that_of_its_plan(letter: str, title: str) -> None:
    assert extract_ledger(document_from_text(letter + PLAN.format(title=title))).title == title


def test_a_letter_without_any_title_says_what_it_is_about() -> None:
    text = "各乡镇：\n为落实上级部署，现就做好政策解读工作有关事项通知如下：\n一、任务\n1.备案。各乡镇要按月备案。\n"
    assert extract_ledger(document_from_text(text)).title == "做好政策解读工作"


def test_the_title_is_never_empty_and_never_a_word_of_the_table() -> None:
    text = "工作任务\n|\n责任单位\n|\n时限要求\n|\n公开预算。\n|\n县财政局\n|\n6月底前\n|\n"
    assert extract_ledger(document_from_text(text)).title == "通知（原文无标题）"
