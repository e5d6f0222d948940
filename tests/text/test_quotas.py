"""How often and how many: each form of an enumeration is its own quota, and a count that is none is left alone."""

import pytest

from mingtang.text.quotas import find_quotas


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("各部门以访谈形式开展1次，视频形式开展2次", [("访谈", 1, "year"), ("视频", 2, "year")]),
        ("每季度至少召开1次新闻发布会", [("新闻发布会", 1, "quarter")]),
        ("举办培训不少于2期", [("培训", 2, "year")]),
        ("全年政策解读不少于5件，其中视频解读不少于2件", [("政策解读", 5, "year"), ("视频解读", 2, "year")]),
        ("各镇街每月至少发布3条动态信息", [("动态信息", 3, "month")]),
        ("开展一次以上业务培训", [("业务培训", 1, "year")]),
        ("每半年至少组织两场在线访谈", [("在线访谈", 2, "half_year")]),
        ("主要负责人解读1次", [("主要负责人解读", 1, "year")]),
        ("起草部门主要负责同志每年带头解读政策不少于1次", [("政策解读", 1, "year")]),
        ("每年至少参加新闻发布会1次、在线访谈2次", [("新闻发布会", 1, "year"), ("在线访谈", 2, "year")]),
        ("访谈、视频各不少于1次", [("访谈", 1, "year"), ("视频", 1, "year")]),
        ("全年开展图解、视频解读各至少2次", [("图解", 2, "year"), ("视频解读", 2, "year")]),
        ("办好政府公报，每年出版不少于12期", [("政府公报", 12, "year")]),
        ("领导小组每半年研究公开工作不少于1次", [("公开工作研究", 1, "half_year")]),
    ],
)
def test_quotas_of_a_sentence(sentence: str, expected: list[tuple[str, int, str]]) -> None:
    found = [(quota.form, quota.at_least, quota.period) for quota in find_quotas(sentence)]
    assert found == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "及时开展二次解读、跟踪解读",
        "召开第1次会议",
        "公布8项地方标准",
        "一次性告知申请人",
        "完善26个试点领域目录",
        "在3个工作日内公布",
        "落实“至少开展2次”的说法",
    ],
)
def test_a_count_that_binds_to_nothing_is_no_quota(sentence: str) -> None:
    assert find_quotas(sentence) == ()
