"""What a number of the narrative counts: said in many ways, and never taken for what only looks like it."""

from decimal import Decimal

import pytest

from mingtang.law.annual.claims import claims_of, sentences


def meanings(text: str, year: int = 2023, chapter: int = 1) -> list[tuple[Decimal, str]]:
    found = claims_of(sentences([(text, 0, chapter)]), year)
    return [(c.value, c.meaning) for c in found if c.meaning and not c.foreign and not c.change and not c.rough]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("收到政府信息依申请公开7件，上年转结2件，转下年1件。",
         [(7, "new"), (2, "carried_over"), (1, "carried_forward")]),
        ("依申请公开共收到4件，另有1件结转到2024年度办理。", [(4, "new"), (1, "carried_forward")]),
        ("收到公开申请8件，办结2022年结转申请3件。", [(8, "new"), (3, "carried_over")]),
        ("新受理政府信息公开申请9件，答复9件。", [(9, "accepted"), (9, "answered")]),
        ("收到政府信息公开申请1,204件。", [(1204, "new")]),
        ("依申请公开中6件予以公开，2件部分公开。", [(6, "granted"), (2, "partly_granted")]),
    ],
)  # fmt: skip
def test_the_same_is_said_in_many_ways(text: str, told: list[tuple[int, str]]) -> None:
    assert meanings(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "依申请公开渠道畅通。全年受理12345热线工单23件，办结23件。",
        "依申请公开工作平稳；办理人大代表建议12件、政协提案9件，办结率100%。",
        "主动公开机构信息17条，不予公开的旧信息8条，依申请公开栏目更新3次。",
        "收到网上依申请公开申请5件、信函3件。",
        "市政府本级收到政府信息公开申请41件。",
        "2022年收到政府信息公开申请60件。",
        "收到政府信息公开申请约60件。",
        "政府信息公开申请比上年增加12件。",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert meanings(text) == []


def test_disputes_are_told_by_their_kind_and_outcome() -> None:
    text = "因政府信息公开引起的行政复议5件，其中维持3件、纠正2件；行政诉讼4件，其中直接起诉1件，复议后起诉3件。"
    assert meanings(text) == [
        (5, "dispute:review:total"),
        (3, "dispute:review:upheld"),
        (2, "dispute:review:corrected"),
        (4, "dispute:litigation:total"),
        (1, "dispute:direct_litigation:total"),
        (3, "dispute:litigation_after_review:total"),
    ]
