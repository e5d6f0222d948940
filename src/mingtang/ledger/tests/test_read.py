"""Importing: a notice becomes one draft ledger, all of it or nothing, and says in Chinese why it cannot."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mingtang.bodies.errors import NotPermitted
from mingtang.ledger import actions, readiness
from mingtang.ledger.errors import BadUpload
from mingtang.ledger.models import Import, Ledger
from mingtang.ledger.tests.conftest import MOMENT, NOTICE, County, later


def _receive(county: County, words: str = NOTICE, name: str = "要点.txt") -> Import:
    return actions.receive(ContentFile(words.encode(), name), body=county.office, actor=county.clerk, moment=MOMENT)


def test_an_upload_waits_for_the_worker_and_becomes_one_draft(county: County) -> None:
    notice = _receive(county)
    assert notice.state == Import.State.WAITING
    assert DBTaskResult.objects.filter(task_path__endswith="read_notice").count() == 1
    ledger = actions.read(notice, clock=timezone.now)
    notice.refresh_from_db()
    assert (notice.state, notice.progress) == (Import.State.DONE, 100)
    assert [item.title for item in ledger.items.all()] == ["建好政策文件库", "提升解读效果", "按时反馈"]
    assert notice.draft["title"] == ledger.title


def test_each_task_of_a_draft_lies_where_its_sentence_stands(county: County) -> None:
    ledger = actions.read(_receive(county), clock=timezone.now)
    tasks = list(ledger.tasks.all())
    assert tasks
    for task in tasks:
        assert ledger.text[task.start : task.end] == task.text


def test_reading_again_makes_no_second_draft(county: County) -> None:
    notice = _receive(county)
    first = actions.read(notice, clock=timezone.now)
    notice.refresh_from_db()
    assert actions.read(notice, clock=timezone.now) == first
    stale = Import.objects.get(pk=notice.pk)
    stale.state = Import.State.READING  # as a second worker saw it before the first was done
    assert actions.read(stale, clock=timezone.now) == first
    assert Ledger.objects.count() == 1


def test_the_same_file_is_taken_once_while_its_draft_lives(county: County) -> None:
    notice = _receive(county)
    assert _receive(county) == notice
    ledger = actions.read(notice, clock=timezone.now)
    actions.discard(ledger, actor=county.clerk, moment=later(1))
    assert _receive(county) != notice


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("要点.doc", b"x", "另存为 docx"),
        ("要点.txt", b"  \n", "空文件"),
        ("要点.exe", b"MZ", "不是可收的格式"),
        ("要点.txt", b"x" * (20 * 1024 * 1024 + 1), "超过 20 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_says_the_mend(county: County, name: str, data: bytes, says: str) -> None:
    with pytest.raises(BadUpload, match=says):
        actions.receive(ContentFile(data, name), body=county.office, actor=county.clerk, moment=MOMENT)
    assert not Import.objects.exists()


@pytest.mark.parametrize("words", ["今天天气很好。", "%PDF-1.4 broken"])
def test_what_is_no_notice_fails_with_a_line_and_writes_no_ledger(county: County, words: str) -> None:
    notice = _receive(county, words)
    assert actions.read(notice, clock=timezone.now) is None
    notice.refresh_from_db()
    assert notice.state == Import.State.FAILED
    assert notice.error
    assert not Ledger.objects.exists()
    again = actions.read_again(notice, actor=county.clerk, moment=later(1))
    assert again.state == Import.State.WAITING


def test_only_the_office_imports(county: County) -> None:
    with pytest.raises(NotPermitted):
        actions.receive(
            ContentFile(NOTICE.encode(), "a.txt"), body=county.education, actor=county.teacher, moment=MOMENT
        )


def test_the_seed_notice_becomes_twenty_items_with_five_quotas_and_feedback_on_the_tenth_of_july(
    county: County, cases: Path
) -> None:
    words = (cases / "seed-notice.txt").read_text(encoding="utf-8")
    ledger = actions.read(_receive(county, words, "seed.txt"), clock=timezone.now)
    assert [item.number for item in ledger.items.filter(kind="notice", printed__gt="").order_by("number")] == list(
        range(1, 21)
    )
    fifteen = ledger.items.get(number=15)
    assert sum(task.quotas.count() for task in fifteen.tasks.all()) == 5
    assert date(2022, 7, 10) in {task.due_on for task in ledger.items.get(number=20).tasks.all()}
    assert (ledger.year, ledger.made_on) == (2022, date(2022, 6, 30))
    tasks = readiness.living_tasks(ledger)
    assert all(task.bodies for task in tasks)
