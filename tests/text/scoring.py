"""Hand-checked facts of a notice against what was extracted: every difference as a line, and counts for a measure."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingtang.text import Draft, Task, extract_ledger, read

NOTICES = Path(__file__).parent.parent / "data" / "notices"


def cases() -> list[Path]:
    """The notices that have a sheet of facts beside them."""
    sheets = {path.name.removesuffix(".json") for path in NOTICES.glob("*.json")}
    return sorted(
        p for p in NOTICES.iterdir() if p.stem in sheets and p.suffix in (".txt", ".html", ".docx", ".pdf", ".xlsx")
    )


def facts_of(notice: Path) -> dict[str, Any]:
    """The sheet of facts of a notice."""
    return json.loads((notice.parent / f"{notice.stem}.json").read_text(encoding="utf-8"))


@dataclass
class Score:
    """What was found and missed over some notices."""

    expected_tasks: int = 0
    found_tasks: int = 0
    right_tasks: int = 0
    expected_facts: int = 0
    right_facts: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.right_tasks / self.expected_tasks

    @property
    def precision(self) -> float:
        return self.right_tasks / self.found_tasks

    @property
    def accuracy(self) -> float:
        return self.right_facts / self.expected_facts

    def check(self, where: str, name: str, expected: object, found: object) -> None:
        self.expected_facts += 1
        if expected == found:
            self.right_facts += 1
        else:
            self.differences.append(f"{where} {name}: expected {expected!r}, found {found!r}")


def score(notice: Path, into: Score | None = None) -> Score:
    """Read and extract a notice and compare it with its sheet."""
    total = into or Score()
    facts, draft = facts_of(notice), extract_ledger(read(notice))
    shown = draft.as_json()
    for name in ("title", "issuer", "document_number", "made_on", "year", "addressees", "disclosure", "cites"):
        if name in facts:
            total.check(notice.name, name, facts[name], shown[name])
    total.check(notice.name, "problems", facts["problems"], [problem.code for problem in draft.problems])
    chapters = [(number, title) for number, title in facts["chapters"]]
    found = [
        (c.number, c.title if t is not None else None) for c, (_, t) in zip(draft.chapters, chapters, strict=False)
    ]
    total.check(notice.name, "chapters", chapters, found)
    total.check(notice.name, "number of chapters", len(chapters), len(draft.chapters))
    _score_places(notice.name, facts, draft, total)
    return total


def _score_places(name: str, facts: dict[str, Any], draft: Draft, total: Score) -> None:
    _score_tasks(f"{name} opening", facts.get("opening", []), draft.opening, total)
    for chapter in draft.chapters:
        _score_tasks(f"{name} chapter {chapter.number}", [], chapter.tasks, total)
    expected, found = facts["items"], list(_items(draft))
    total.check(name, "items", [(row[0], row[1]) for row in expected], [(c, item.number) for c, item in found])
    for row, (_, item) in zip(expected, found, strict=False):
        where = f"{name} {row[0]}/{row[1]}"
        if row[2] is not None:
            total.check(where, "title", row[2], item.title)
        _score_tasks(where, row[3], item.tasks, total)
        parts = row[4] if len(row) > 4 else []
        total.check(where, "parts", [part[0] for part in parts], [part.number for part in item.parts])
        for sheet, part in zip(parts, item.parts, strict=False):
            if sheet[1] is not None:
                total.check(f"{where}/{sheet[0]}", "title", sheet[1], part.title)
            _score_tasks(f"{where}/{sheet[0]}", sheet[2], part.tasks, total)


def _items(draft: Draft) -> Iterator[tuple[int, Any]]:
    for chapter in draft.chapters:
        for item in chapter.items:
            yield chapter.number, item


def _score_tasks(where: str, sheet: list[dict[str, Any]], tasks: tuple[Task, ...], total: Score) -> None:
    total.expected_tasks += len(sheet)
    total.found_tasks += len(tasks)
    rest = list(tasks)
    for facts in sheet:
        task = next((one for one in rest if one.text.startswith(facts["begins"])), None)
        if task is None:
            total.differences.append(f"{where}: task missing: {facts['begins']}")
            continue
        rest.remove(task)
        total.right_tasks += 1
        _score_task(f"{where} “{facts['begins']}”", facts, task, total)
    total.differences.extend(f"{where}: not a task: {task.text}" for task in rest)


def _score_task(where: str, facts: dict[str, Any], task: Task, total: Score) -> None:
    total.check(where, "bodies", sorted(facts["bodies"]), sorted(task.bodies))
    for name in ("lead", "supporting", "recipients", "documents"):
        if name in facts:
            total.check(where, name, facts[name], list(getattr(task, name)))
    total.check(where, "inferred", facts.get("inferred", False), task.inferred)
    if "deadline" in facts:
        shown = task.deadline.as_json() if task.deadline else None
        expected = facts["deadline"]
        total.check(
            where, "deadline", expected, {key: shown.get(key) for key in expected} if shown and expected else shown
        )
    quotas = [[quota.form, quota.at_least, quota.period] for quota in task.quotas]
    total.check(where, "quotas", facts.get("quotas", []), quotas)
