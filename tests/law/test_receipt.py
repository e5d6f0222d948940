"""The day a request counts as received follows from its channel (article 31; 国办公开办函〔2015〕207号)."""

import datetime
import tomllib
from pathlib import Path

import pytest

from mingtang.law.errors import ImpossibleHistory
from mingtang.law.receipt import Channel, receipt

CASES = tomllib.loads((Path(__file__).parent / "receipt.toml").read_text(encoding="utf-8"))["case"]
ARRIVED = datetime.date(2022, 3, 1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_day_of_receipt(case: dict) -> None:
    found = receipt(Channel(case["channel"]), case["arrived_on"], case.get("confirmed_on"), case.get("counted_on"))
    assert found.day == case.get("received_on")
    assert case["rule"] in {rule.id for rule in found.rules}
    assert found.confirm_by == case.get("confirm_by")


def test_every_channel_has_a_case_and_a_name() -> None:
    assert {case["channel"] for case in CASES} == {channel.value for channel in Channel}
    assert len({channel.label for channel in Channel}) == len(Channel)


@pytest.mark.parametrize(
    "days", [{"confirmed_on": datetime.date(2022, 2, 28)}, {"counted_on": datetime.date(2022, 2, 28)}]
)
def test_nothing_is_confirmed_before_it_arrived(days: dict) -> None:
    with pytest.raises(ImpossibleHistory, match=r"（2022-02-28）早于申请到达的日子（2022-03-01）"):
        receipt(Channel.OTHER, ARRIVED, **days)


def test_an_unreachable_applicant_is_the_case_of_the_letter_of_2015() -> None:
    assert "request-time.unreachable" in {rule.id for rule in receipt(Channel.PLAIN_POST, ARRIVED).rules}
    assert "request-time.unreachable" not in {rule.id for rule in receipt(Channel.PLAIN_POST, ARRIVED, ARRIVED).rules}
