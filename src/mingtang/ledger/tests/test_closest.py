"""Which names of the directory an unknown name may mean."""

import pytest

from mingtang.ledger.closest import closest, likeness

DIRECTORY = {
    label: full
    for full, *labels in (
        ("云岭旗教育体育局", "教育体育局", "教体局"),
        ("云岭旗卫生健康委员会", "卫生健康委员会"),
        ("云岭旗住房和城乡建设局", "住房和城乡建设局"),
        ("云岭旗发展和改革委员会", "发展和改革委员会"),
        ("云岭旗财政局", "财政局"),
        ("云岭旗民政局", "民政局"),
        ("各苏木镇", "各苏木乡镇"),
        ("旗直各部门", "各部门"),
    )
    for label in (full, *labels)
}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("卫健委", "云岭旗卫生健康委员会"),
        ("发改委", "云岭旗发展和改革委员会"),
        ("住建局", "云岭旗住房和城乡建设局"),
        ("旗教育局", "云岭旗教育体育局"),
        ("教育体育部门", "云岭旗教育体育局"),
        ("苏木镇", "各苏木镇"),
        ("“旗直部门”", "旗直各部门"),
    ],
)
def test_an_abbreviation_or_variant_finds_its_body_first(name: str, meant: str) -> None:
    assert closest(name, DIRECTORY)[0] == meant


@pytest.mark.parametrize("name", ["企业", "市场主体", "委员会", "新闻媒体", "气象局", ""])
def test_what_is_like_nobody_suggests_nobody(name: str) -> None:
    assert closest(name, DIRECTORY) == ()


def test_a_common_ending_makes_no_likeness() -> None:
    assert likeness("民政局", "财政局") < 0.6
    assert likeness("民政局", "民政办") == 1.0


def test_each_body_is_suggested_once_however_many_names_it_has() -> None:
    found = closest("教体", DIRECTORY)
    assert found.count("云岭旗教育体育局") == 1
    assert len(found) <= 3
