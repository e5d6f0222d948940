"""The hand-checked notices: every fact holds, and the measure over all of them does not sink."""

import sys
from pathlib import Path

import pytest

from mingtang.text import extract_ledger, read
from tests.text.scoring import Score, cases, score


@pytest.mark.parametrize("notice", cases(), ids=lambda path: path.name)
def test_a_notice_gives_the_facts_on_its_sheet(notice: Path) -> None:
    assert score(notice).differences == []


def test_there_are_notices_of_every_format() -> None:
    assert len(cases()) >= 15
    assert {path.suffix for path in cases()} == {".txt", ".html", ".docx", ".pdf", ".xlsx"}


def test_recall_precision_and_accuracy_over_all_notices(capsys: pytest.CaptureFixture[str]) -> None:
    total = Score()
    for notice in cases():
        score(notice, total)
    with capsys.disabled():
        sys.stdout.write(
            f"\nextraction: {len(cases())} notices, {total.expected_tasks} tasks; recall {total.recall:.3f}, "
            f"precision {total.precision:.3f}, facts right {total.accuracy:.3f} of {total.expected_facts}\n"
        )
    assert total.recall >= 0.97
    assert total.precision >= 0.97
    assert total.accuracy >= 0.97


@pytest.mark.parametrize("notice", cases(), ids=lambda path: path.name)
def test_each_task_stands_where_it_says(notice: Path) -> None:
    document = read(notice)
    draft = extract_ledger(document)
    assert draft.tasks
    for task in draft.tasks:
        assert document.text[task.start : task.end] == task.text
    for block in document.paragraphs:
        assert document.text[block.start : block.end] == block.text
    for table in document.tables:
        for row in table.rows:
            for cell in row:
                assert document.text[cell.start : cell.end] == cell.text
