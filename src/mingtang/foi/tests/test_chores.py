"""What happens by the clock: days pass, the calendar changes, somebody is reminded, what is personal is removed."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings

from mingtang.foi import actions, chores, days, files
from mingtang.foi.actions import Upload
from mingtang.foi.errors import Purged
from mingtang.foi.models import File, Reminder, Request
from mingtang.foi.tests.conftest import MOMENT, SOMEBODY, TODAY, County, at, later
from mingtang.law.shelf import parameter
from mingtang.trace.models import Event


def fresh(request: Request) -> Request:
    return Request.objects.get(pk=request.pk)


# --- days pass -------------------------------------------------------------------------------------------------------


def test_time_alone_abandons_what_is_not_corrected(county: County) -> None:
    request = county.receive()
    until = TODAY + timedelta(days=7)
    acting: dict[str, Any] = {"actor": county.handler, "moment": MOMENT}
    county.sent(actions.ask_correction(request, items="年度", until=until, **acting), MOMENT)
    assert chores.fold_open(later(7)) == 0
    assert chores.fold_open(later(8)) == 1
    assert (fresh(request).state, fresh(request).closed_on) == ("abandoned", until + timedelta(days=1))
    assert chores.fold_open(later(9)) == 0


def test_silence_is_noted_once(county: County) -> None:
    request = county.receive()
    acting: dict[str, Any] = {"actor": county.handler, "moment": MOMENT}
    letter = actions.ask_body(request, other=county.health, concerning="会签", joint=True, **acting)
    assert chores.note_silent(later(60)) == 0  # a draft asks nobody
    county.sent(letter, MOMENT)
    assert chores.note_silent(later(10)) == 0
    assert chores.note_silent(later(30)) == 1
    assert chores.note_silent(later(31)) == 0
    assert fresh(request).parties.get().answer == "silent"


def test_reminders_come_at_ten_five_two_and_no_days_left_and_after(county: County) -> None:
    request = county.receive()  # due on 2 July
    told: dict[date, list[int]] = {}
    for offset in range(35):
        moment = later(offset)
        chores.fold_open(moment)
        for reminder in chores.remind(moment):
            told.setdefault(TODAY + timedelta(days=offset), []).append(reminder.level)
    assert told == {
        date(2024, 6, 18): [10],
        date(2024, 6, 25): [5],
        date(2024, 6, 28): [2],
        date(2024, 7, 2): [0],
        date(2024, 7, 3): [-1],
    }
    county.provide(request, later(40))
    assert chores.remind(later(41)) == []
    assert Event.objects.filter(verb="foi.reminded").count() == 5


def test_nobody_is_reminded_while_the_clock_stands(county: County) -> None:
    request = county.receive()
    letter = actions.ask_body(request, other=county.health, concerning="会签", actor=county.handler, moment=later(10))
    county.sent(letter, later(10))
    assert chores.remind(later(22)) == []


# --- the calendar changes --------------------------------------------------------------------------------------------


@pytest.fixture
def added(tmp_path: Path, settings: LazySettings) -> Iterator[Path]:
    """A folder of added years that the installation reads."""
    folder = tmp_path / "calendar"
    folder.mkdir()
    settings.CALENDAR_FOLDER = folder
    yield folder


EXTRA = 'year = 2024\nsource = "演示"\ncomplete = false\n[holidays]\n"演示节" = ["2024-06-20", "2024-06-21"]\n'


def test_a_new_holiday_moves_open_requests_and_says_whose(county: County, added: Path) -> None:
    request, ended = county.receive(), county.receive()
    county.provide(ended, later(1))
    assert chores.follow_calendar(MOMENT) == []  # seen for the first time
    before = fresh(request).due_on
    (added / "2024.toml").write_text(EXTRA, encoding="utf-8")
    (moved,) = chores.follow_calendar(later(1))
    assert (moved.request, moved.was_due_on, moved.due_on) == (request, before, date(2024, 7, 4))
    assert fresh(request).due_on == date(2024, 7, 4)
    event = Event.objects.get(verb="foi.due_moved")
    assert event.data == {"number": request.number, "was": "2024-07-02", "due_on": "2024-07-04"}
    assert chores.follow_calendar(later(2)) == []


def test_a_calendar_with_faults_changes_nothing(county: County, added: Path, caplog: pytest.LogCaptureFixture) -> None:
    request = county.receive()
    chores.follow_calendar(MOMENT)
    (added / "2024.toml").write_text("year = 2024\n", encoding="utf-8")
    assert days.faults()
    assert chores.follow_calendar(later(1)) == []
    assert "增补日历有误" in caplog.text
    assert fresh(request).due_on == date(2024, 7, 2)
    county.receive()  # and holds nothing up


def test_a_year_not_yet_announced_is_estimated_and_corrected_later(county: County, added: Path) -> None:
    last = days.calendar().years[-1]
    day = date(last, 12, 15)
    request = county.receive(moment=at(day))
    row = fresh(request)
    assert row.estimated and row.due_on and row.due_on.year == last + 1
    chores.follow_calendar(at(day))
    holidays = ", ".join(f'"{last + 1}-01-0{n}"' for n in (1, 4, 5))
    text = f'year = {last + 1}\nsource = "演示"\n[holidays]\n"元旦" = [{holidays}]\n"国庆节" = ["{last + 1}-10-01"]\n'
    (added / "next.toml").write_text(text, encoding="utf-8")
    (moved,) = chores.follow_calendar(at(day + timedelta(days=3)))
    row = fresh(request)
    assert not row.estimated and row.due_on == moved.due_on and moved.was_due_on
    assert row.due_on > moved.was_due_on


# --- removal ---------------------------------------------------------------------------------------------------------


def test_proofs_go_when_nobody_can_sue_any_more_and_the_rest_with_the_archive(county: County) -> None:
    proof, attachment = Upload("证件.jpg", b"\xff\xd8\xff scan"), Upload("说明.txt", b"note")
    request = county.receive(proofs=[proof], attachments=[attachment])
    county.provide(request, later(1))
    actions.archive(request, actor=county.handler, moment=later(2))
    scan = File.objects.get(kind="identity")
    assert scan.purge_on == date(2025, 1, 4)  # closed on 4 June, seven months
    assert chores.purge(at(date(2025, 1, 3))) == 0
    assert chores.purge(at(date(2025, 1, 4))) == 1
    scan.refresh_from_db()
    assert scan.purged_at and not files.place_of(scan.pk).exists()
    with pytest.raises(Purged):
        files.content(scan)
    assert fresh(request).applicant.identity == SOMEBODY
    assert chores.purge(at(date(2034, 6, 3))) == 0
    assert chores.purge(at(date(2034, 6, 4))) == 1
    row = fresh(request)
    assert row.applicant.is_purged and row.applicant.same == ""
    assert not File.objects.filter(purged_at=None).exists()
    assert "校车" not in row.subject + row.wanted + row.asked.get().text
    assert (row.number, row.state, row.asked.get().ground) == (request.number, "replied", "provided")
    assert chores.purge(at(date(2034, 6, 5))) == 0


def test_the_worker_does_all_of_it_again_and_again(county: County) -> None:
    county.receive()
    for _ in range(2):
        chores.look_after(later(16))
        chores.sweep_files(later(16))
        chores.purge(later(16))
    assert Reminder.objects.count() == 1


def test_what_is_kept_is_kept_for_the_shorter_term_of_the_archive() -> None:
    assert parameter("archive-terms.6", "shorter", on=TODAY).number == settings.REQUEST_YEARS * 12
