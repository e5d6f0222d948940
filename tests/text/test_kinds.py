"""What is a notice and what is not, and habits of notices that the written cases do not show."""

import pytest

from mingtang.text import NotANotice, document_from_text, extract_ledger, read_bytes


@pytest.mark.parametrize(
    "text",
    [
        "床前看月光\n地上像是霜\n抬头望一望\n低头想家乡",
        "红岭县2023年政府信息公开工作年度报告\n一、总体情况\n全年主动公开信息300条。\n二、存在问题\n公开不够及时。",
        "县政府召开常务会议\n6月3日，县政府召开常务会议，听取汇报。",
        "购销合同\n甲方：某公司\n乙方：某公司\n一、货物名称\n二、价款",
        "1\n2\n3\n",
        "Lorem ipsum dolor sit amet.",
    ],
)
def test_other_papers_are_told_to_be_no_notice(text: str) -> None:
    with pytest.raises(NotANotice) as told:
        extract_ledger(document_from_text(text))
    assert str(told.value).endswith("。") and "\n" not in str(told.value)


def test_aims_and_spirit_are_no_tasks() -> None:
    draft = extract_ledger(
        document_from_text(
            "红岭县2023年政务公开工作要点\n一、总体要求\n坚持以人民为中心，深入贯彻会议精神，不断提升公信力。\n"
            "二、重点任务\n（一）做好解读\n县司法局要公开文件目录。为提升满意度，让群众受益。\n"
            "按照上级要求，不断提升工作水平，形成工作合力。"
        )
    )
    assert [task.text for task in draft.tasks] == ["县司法局要公开文件目录。"]


def test_a_note_on_its_own_line_after_the_parts_holds_for_all_of_them() -> None:
    draft = extract_ledger(
        document_from_text(
            "红岭县2023年政务公开工作要点\n一、重点任务\n（一）做好解读\n1.公开文件目录。\n2.制作问答材料。\n"
            "责任单位：县司法局、各乡镇"
        )
    )
    assert [part.tasks[0].bodies for part in draft.items[0].parts] == [("县司法局", "各乡镇")] * 2


def test_a_note_in_the_heading_holds_for_the_item() -> None:
    draft = extract_ledger(
        document_from_text(
            "红岭县2023年政务公开工作要点\n一、重点任务\n（一）做好解读（县司法局牵头，各乡镇配合）\n及时公开文件目录。"
        )
    )
    (item,) = draft.items
    assert item.title == "做好解读"
    assert item.tasks[0].lead == ("县司法局",) and item.tasks[0].supporting == ("各乡镇",)


def test_a_sentence_without_a_subject_takes_the_last_named_in_its_item_only() -> None:
    draft = extract_ledger(
        document_from_text(
            "关于做好公开工作的通知\n各乡镇：\n一、任务\n（一）甲\n县财政局要公开预算。做好说明。\n（二）乙\n做好公示。"
        )
    )
    first, second = draft.items
    assert [task.bodies for task in first.tasks] == [("县财政局",), ("县财政局",)]
    assert [task.inherited for task in first.tasks] == [False, True]
    assert second.tasks[0].bodies == ("各乡镇",) and second.tasks[0].inferred


def test_a_plan_under_a_notice_with_chapters_of_its_own_restarts_without_complaint() -> None:
    draft = extract_ledger(
        document_from_text(
            "关于印发公开方案的通知\n各乡镇：\n一、加强领导\n各乡镇要明确专人。\n县政府办公室\n2023年5月1日\n附件\n"
            "2023年公开方案\n一、做好公开\n各部门要公开目录。"
        )
    )
    assert [(chapter.number, chapter.section) for chapter in draft.chapters] == [(1, ""), (1, "2023年公开方案")]
    assert draft.problems == ()


def test_a_deadline_before_the_notice_is_pointed_out() -> None:
    draft = extract_ledger(
        document_from_text(
            "关于做好2023年公开工作的通知\n各乡镇：\n一、任务\n各乡镇要在2023年3月1日前报送。\n县政府办公室\n2023年5月1日"
        )
    )
    assert [problem.code for problem in draft.problems] == ["deadline_past"]


def test_a_table_without_a_responsibility_column_is_no_task_table() -> None:
    rows = "<tr><td>名称</td><td>数量</td></tr><tr><td>文件</td><td>3</td></tr>"
    page = f"<html><body><p>统计表</p><table>{rows}</table></body></html>"
    with pytest.raises(NotANotice):
        extract_ledger(read_bytes(page.encode()))
