"""What is found of the planted errors, and what is said beside them, by check."""

import dataclasses
import functools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from mingtang.cli.report_reading import report_from
from mingtang.law.annual import Passage, Report, check, report_of
from mingtang.text import read_bytes
from tests.law.annual.corpus import HEADS, Model, model
from tests.law.annual.defects import BESIDE, SHAPES, pairs, told_across
from tests.law.annual.plants import FOLLOWS, cases
from tests.law.annual.wordings import LOOK_ALIKES, SAYINGS, SLIPS, Saying, plants, values_of
from tests.law.annual.writing import html

#: Reports that the sayings are put into; their disputes and requests are never nought.
SEEDS = (203, 206, 211)
#: Findings that a text as short as a saying cannot escape, and that are no verdict.
NOTES = {"short", "perfunctory"}


@functools.lru_cache(maxsize=16)
def sound(seed: int) -> tuple[Model, Report]:
    made = model(seed)
    return made, report_from("报告", read_bytes(html(made)))


def saying_report(seed: int, sentences: dict[int, list[str]]) -> Report:
    """The report of a seed with its tables, and a narrative of these sentences."""
    made, read = sound(seed)
    base = {
        1: "把群众最常问的事项排在前面，新编指南十五份。",
        5: "牧区公开栏更新慢，抽查时有栏目缺解读。",
        4: "",
        6: "无。",
    }
    lines = [made.title, made.opening]
    for number, head in HEADS.items():
        lines.append(head)
        lines += [line for line in (base.get(number, ""), *sentences.get(number, [])) if line]
    passages: list[Passage] = []
    at = 0
    for line in lines:
        passages.append(Passage(line, at))
        at += len(line) + 1
    written = report_of(
        file="报告",
        passages=passages,
        grids=[],
        text="\n".join(lines),
        titles=(),
        issuer="",
        published_on=read.published_on,
    )
    return dataclasses.replace(written, tables=read.tables)


def said(seed: int, saying: Saying, wrong: str = "") -> Report:
    made, _ = sound(seed)
    return saying_report(seed, {saying.chapter: [saying.said(values_of(made), wrong)]})


def codes(report: Report) -> set[str]:
    return {finding.code for finding in check(report)} - NOTES


@dataclass
class Score:
    """Of one check: errors planted and found, and findings where none was planted."""

    planted: int = 0
    found: int = 0
    beside: int = 0
    missed: list[str] = field(default_factory=list[str])

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        told = self.found + self.beside
        return self.found / told if told else 1.0


def trials(*, written: bool) -> Iterator[tuple[str, str, Report]]:
    """Every planted error: the check that must find it, its name, the report; `written` with those of `plants`."""
    for plant, seed, made in cases() if written else ():
        yield plant.code, f"{plant.name}/{seed}", report_from("报告", read_bytes(html(made)))
    for number, (name, saying, slot) in enumerate(plants()):
        yield saying.code, name, said(SEEDS[number % len(SEEDS)], saying, slot)
    for number, (code, template, chapter) in enumerate(SLIPS):
        seed = SEEDS[number % len(SEEDS)]
        made, _ = sound(seed)
        yield code, template, saying_report(seed, {chapter: [template.format(**values_of(made))]})


def sound_trials() -> Iterator[tuple[str, Report]]:
    """Reports in which nothing is wrong: written ones, every saying with its right numbers, every look-alike."""
    for seed in range(20, 50):
        yield f"sound/{seed}", report_from("报告", read_bytes(html(model(seed))))
    for saying in SAYINGS:
        for seed in SEEDS:
            yield saying.template, said(seed, saying)
    for template, chapter in LOOK_ALIKES:
        for seed in SEEDS:
            made, _ = sound(seed)
            yield template, saying_report(seed, {chapter: [template.format(**values_of(made))]})


def scores(*, written: bool = True) -> tuple[dict[str, Score], Counter[str], int, list[str]]:
    """Scores by check; false errors in sound reports by check; the count of sound reports; what was said wrongly."""
    by_check: dict[str, Score] = {}
    wrong: list[str] = []
    for code, name, report in trials(written=written):
        score = by_check.setdefault(code, Score())
        score.planted += 1
        told = codes(report)
        if code in told:
            score.found += 1
        else:
            score.missed.append(name)
        for extra in told - {code} - FOLLOWS.get(code, set()):
            by_check.setdefault(extra, Score()).beside += 1
            wrong.append(f"{name}: {extra}")
    false: Counter[str] = Counter()
    count = 0
    for name, report in sound_trials():
        count += 1
        for code in codes(report):
            false[code] += 1
            by_check.setdefault(code, Score()).beside += 1
            wrong.append(f"{name}: {code}")
    count += _shape_scores(by_check, false, wrong)
    return by_check, false, count, wrong


def _shape_scores(by_check: dict[str, Score], false: Counter[str], wrong: list[str]) -> int:
    """The same for errors of shape and between two reports; returns how many sound pairs there were."""
    for number, (code, spoil) in enumerate(SHAPES):
        report = report_from("报告", read_bytes(spoil(html(model(SEEDS[number % len(SEEDS)])).decode()).encode()))
        _told({finding.code for finding in check(report)}, code, BESIDE, f"{code}/{number}", by_check, wrong)
    count = 0
    for code, one, other in pairs():
        told = told_across(one, other)
        if code:
            _told(told, code, {"similar"}, f"{code}/{one.title}", by_check, wrong)
        else:
            count += 1
            false.update(told)
    return count


def _told(told: set[str], code: str, beside: set[str], name: str, by_check: dict[str, Score], wrong: list[str]) -> None:
    score = by_check.setdefault(code, Score())
    score.planted += 1
    score.found += code in told
    if code not in told:
        score.missed.append(name)
    for extra in told - {code} - beside:
        by_check.setdefault(extra, Score()).beside += 1
        wrong.append(f"{name}: {extra}")
