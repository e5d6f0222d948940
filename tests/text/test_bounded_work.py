"""Hostile text: no input makes the reading grow faster than the text; measured by doubling it."""

import contextlib
import time
from collections.abc import Callable

import pytest

from mingtang.text import NotANotice, document_from_text, extract_ledger

HEAD = "关于做好2023年公开工作的通知\n各乡镇：\n一、任务\n"
SEEDS: dict[str, Callable[[int], str]] = {
    "one body without end": lambda n: "各部门" * n,
    "a list without end": lambda n: "各部门、" * n + "要公开。",
    "brackets never closed": lambda n: "（责任单位：" * n,
    "brackets nested": lambda n: "（" * n + "责任单位：县财政局" + "）" * n,
    "titles never closed": lambda n: "《关于" * n,
    "quotes": lambda n: "“要" * n,
    "numerals": lambda n: "一二三四五" * n,
    "digits": lambda n: "2023年12月" * n,
    "by whom": lambda n: "由县财政局" * n,
    "within": lambda n: "之日起后" * n + "10日内",
    "at least": lambda n: "至少开展" * n,
    "reported to": lambda n: "报送至报给" * n,
    "spaces": lambda n: "各 部 门 " * n,
    "commas": lambda n: "，" * n,
    "labels": lambda n: "责任单位：牵头单位：" * n,
    "arrows": lambda n: "首页>政务>" * n,
    "pipes": lambda n: "任务\n|\n责任单位\n|\n" + "各部门\n|\n" * n,
    "pipes in a line": lambda n: "任务 | 要求 | 责任单位 |\n" + "甲 | 各部门 | \n" * n,
    "nothing but pipes": lambda n: "|" * n + "\n|\n" * n,
    "each": lambda n: "访谈、视频各" * n + "不少于1次",
    "by design": lambda n: "由" * n + "聚焦重点深入" * n,
    "letters": lambda n: "现将《" * n + "现就" * n + "如下",
    "systems": lambda n: "政府网站平台系统" * n,
}


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        with contextlib.suppress(NotANotice):
            extract_ledger(document_from_text(HEAD + text))
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("name", SEEDS)
def test_twice_the_text_takes_little_more_than_twice_the_time(name: str) -> None:
    small, large = _seconds(SEEDS[name](500)), _seconds(SEEDS[name](2000))
    assert large < 3.0
    assert large < 0.2 or large < small * 9, f"{name}: {small:.3f} s, four times the text {large:.3f} s"
