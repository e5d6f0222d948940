"""What requests ask of each person today, and that the question costs the same whatever the number of requests."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from mingtang.bodies.duties import Standing
from mingtang.bodies.models import User
from mingtang.foi import actions, chores, duties
from mingtang.foi.models import Request
from mingtang.foi.tests.conftest import MOMENT, TODAY, County, later


def titles(user: User, moment: datetime) -> list[str]:
    return [duty.title for duty in duties.of(user, moment)]


def told(county: County, moment: datetime, words: str) -> set[str]:
    """Which of handler, head and office have a line with the words."""
    people = {"handler": county.handler, "head": county.head, "office": county.clerk}
    return {name for name, user in people.items() if any(words in title for title in titles(user, moment))}


def test_a_reply_is_told_higher_the_nearer_its_last_day_comes(county: County) -> None:
    request = county.receive()  # due on 2 July
    actions.register(request, actor=county.handler, moment=MOMENT)
    seen = {}
    for offset in range(31):
        chores.remind(later(offset))
        who = told(county, later(offset), "答复申请人")
        if not seen or seen[max(seen)] != who:
            seen[offset] = who
    assert seen == {
        0: set(),
        15: {"handler"},
        22: {"handler", "head"},
        25: {"handler", "head", "office"},
    }
    (late,) = [duty for duty in duties.of(county.handler, later(31)) if "答复申请人" in duty.title]
    assert late.standing is Standing.OVERDUE


def test_new_requests_wait_to_be_registered(county: County) -> None:
    request = county.receive(channel="online", actor=actions.APPLICANT)
    assert any("新到申请 1 件" in title for title in titles(county.handler, MOMENT))
    assert any("与申请人确认收到" in title for title in titles(county.handler, MOMENT))
    assert titles(county.outsider, MOMENT) == []
    actions.register(request, actor=county.handler, moment=MOMENT)
    assert not any("新到申请" in title for title in titles(county.handler, MOMENT))


def test_the_head_decides_extensions_and_seals_letters(county: County) -> None:
    request = county.receive()
    extension = actions.ask_extension(
        request, working_days=10, reason="材料较多。", actor=county.handler, moment=MOMENT
    )
    assert any("批复延期" in title for title in titles(county.head, MOMENT))
    actions.decide_extension(extension, granted=True, actor=county.head, moment=MOMENT)
    assert [title for title in titles(county.head, MOMENT) if "签发" in title] == [
        f"签发：{request.number} 延期答复告知书"
    ]
    assert not any("签发" in title for title in titles(county.handler, MOMENT))


def test_others_silence_and_moved_days_are_told(county: County) -> None:
    request = county.receive()
    letter = actions.ask_body(request, other=county.health, concerning="会签", actor=county.handler, moment=MOMENT)
    county.sent(letter, MOMENT)
    chores.note_silent(later(30))
    assert any("逾期未答复" in title for title in titles(county.handler, later(30)))


def test_a_proposal_waits_for_who_may_draft(county: County) -> None:
    request = county.receive()
    actions.propose([request], title="校车合同", text="合同。", actor=county.handler, moment=MOMENT)
    assert titles(county.publisher, MOMENT) == ["转为主动公开：校车合同"]


@pytest.mark.parametrize("who", ["handler", "head", "clerk", "publisher"])
def test_the_question_costs_the_same_whatever_the_number(
    county: County, who: str, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        county.receive()
    user = getattr(county, who)
    for size in (10, 30):
        rows = [county.receive() for _ in range(size)]
        Request.objects.filter(pk__in=[row.pk for row in rows]).update(next_due=TODAY + timedelta(days=3))
        fresh = User.objects.get(pk=user.pk)
        with django_assert_max_num_queries(18):
            assert len(list(duties.of(fresh, MOMENT))) <= 40
