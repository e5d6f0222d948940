"""Which sentences bind somebody, and whom: acts do, the spirit and the reasons do not; a mere mention binds nobody."""

import pytest

from mingtang.text import document_from_text, extract_ledger
from mingtang.text.draft import Task
from mingtang.text.obligations import binds

LETTER = "关于做好2023年公开工作的通知\n各乡镇：\n一、任务\n（一）要求\n{}\n"


def tasks_of(text: str) -> tuple[Task, ...]:
    return extract_ledger(document_from_text(LETTER.format(text))).items[0].all_tasks


@pytest.mark.parametrize(
    "sentence",
    [
        "聚焦群众关切持续优化依申请公开服务。",
        "围绕优化营商环境扎实开展政策宣讲，推动企业发展。",
        "根据机构变化情况及时更新公开目录。",
        "以“看得懂、找得到”为目标，切实提升政策解读的质量。",
        "未经批准，任何单位和个人不得擅自发布。",
        "各部门要高度重视，认真组织实施。",
        "为企业和群众提供便捷的查询服务。",
    ],
)
def test_a_sentence_that_tells_to_act_binds(sentence: str) -> None:
    assert binds(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "坚持以人民为中心，围绕中心工作，深入贯彻上级精神。",
        "政务公开是一项系统工程，更是一项长期任务。",
        "推行政务公开，是提高行政能力的重要要求。",
        "现将方案印发给你们，请认真贯彻执行。",
        "根据上级关于持续推进标准化规范化工作的要求。",
        "切实增强公开意识，形成工作合力。",
    ],
)
def test_spirit_and_reasons_bind_nobody(sentence: str) -> None:
    assert not binds(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "提升标准在各部门的应用水平，推广使用新版格式。",
        "加大对各部门、各单位的指导力度。",
        "公布涉及各单位之间协同的事项。",
        "引导市场主体诚信经营，公开失信案件信息。",
    ],
)
def test_bodies_only_mentioned_are_not_bound(sentence: str) -> None:
    (task,) = tasks_of(sentence)
    assert task.inferred and task.bodies == ("各乡镇",)


def test_the_heading_of_a_place_in_a_dashed_list_is_no_task() -> None:
    (task,) = tasks_of("——开放日活动。县档案馆要在6月组织开放日。")
    assert task.text.startswith("县档案馆") and task.bodies == ("县档案馆",)


def test_a_heading_with_a_colon_tells_its_parts_who_acts() -> None:
    text = (
        "关于做好2023年公开工作的通知\n各乡镇：\n一、任务\n（一）县财政局要做好以下工作：\n1.公布预算。\n2.公布决算。\n"
    )
    item = extract_ledger(document_from_text(text)).items[0]
    assert item.tasks == ()
    assert [task.bodies for task in item.all_tasks] == [("县财政局",), ("县财政局",)]
