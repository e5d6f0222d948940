"""Sound reports give no finding; each planted error is found by its check, and nothing else is said beside it."""

from collections import Counter

import pytest

from mingtang.law.annual import Finding, check, check_across
from tests.law.annual.corpus import Model, Plant, model
from tests.law.annual.plants import FOLLOWS, PLANTS, cases
from tests.law.annual.test_reading import report
from tests.law.annual.writing import WRITERS, html

CASES = list(cases())


def codes(made: Model) -> set[str]:
    return {finding.code for finding in check(report(html(made)))}


@pytest.mark.parametrize("kind", WRITERS)
def test_a_sound_report_gives_no_finding(kind: str) -> None:
    for seed in range(20, 26):
        assert check(report(WRITERS[kind](model(seed)))) == ()


def test_there_are_at_least_one_hundred_and_fifty_plants_over_every_check() -> None:
    assert len(CASES) >= 150
    assert {plant.name for plant, _, _ in CASES} == {plant.name for plant in PLANTS}


@pytest.mark.parametrize(
    ("plant", "made"), [(plant, made) for plant, _, made in CASES], ids=lambda v: getattr(v, "name", "")
)
def test_a_planted_error_is_found_and_nothing_else(plant: Plant, made: Model) -> None:
    found = codes(made)
    assert plant.code in found
    assert found - {plant.code} <= FOLLOWS.get(plant.code, set())


def test_a_finding_shows_the_wording_its_place_and_the_clause() -> None:
    plant, made = next((plant, made) for plant, _, made in CASES if plant.name == "正文新收错")
    read = report(html(made))
    finding = next(f for f in check(read) if f.code == plant.code)
    assert finding.severity == "error"
    assert finding.rules == ("annual-report-format.table-2",)
    assert finding.start is not None
    assert read.text[finding.start : finding.end] == f"{finding.found}件"
    assert finding.expected == str(made.total("new"))


def test_a_row_left_blank_is_a_note_and_counts_as_zero() -> None:
    made = model(21)
    for column in made.requests["periodicals"]:
        made.requests["total"][column] -= made.requests["periodicals"][column]
        made.requests["new"][column] -= made.requests["periodicals"][column]
        made.requests["periodicals"][column] = 0
    made.paragraphs[1] = []
    page = html(made).decode()
    line = next(line for line in page.splitlines() if "公开出版物" in line)
    found = check(report(page.replace(line, line.replace(">0<", "><")).encode()))
    assert [f.code for f in found if f.code in ("blank_row", "identity", "column_total")] == ["blank_row"]


def test_a_row_that_is_not_there_is_named() -> None:
    page = html(model(22)).decode()
    line = next(line for line in page.splitlines() if "国家秘密" in line and "rowspan='1'" in line)
    found = check(report(page.replace(line, "").encode()))
    assert any(f.code == "missing_row" and "国家秘密" in f.where for f in found)


def test_a_report_without_its_tables_says_which() -> None:
    page = html(model(23)).decode()
    start, end = page.rindex("<table"), page.rindex("</table>")
    found = check(report((page[:start] + page[end:]).encode()))
    assert [f.where for f in found if f.code == "missing_table"] == ["表三"]


def _two_years(seed: int) -> tuple[Model, Model]:
    """Sound reports of one body about two years that follow each other."""
    before, now = model(seed), model(seed)
    now.year = before.year + 1
    now.title = before.title.replace(str(before.year), str(now.year))
    for column, left in before.requests["carried_forward"].items():
        old = now.requests["carried_over"][column]
        now.requests["carried_over"][column] = left
        now.requests["new"][column] += old - left
    for row in now.norms.values():
        if "valid" in row:
            row["valid"] += row["made"] - row["repealed"]
    now.paragraphs = {n: [] for n in range(1, 7)}
    return before, now


def _across(before: Model, now: Model) -> list[Finding]:
    return [finding for _, finding in check_across([report(html(before)), report(html(now))])]


def test_two_sound_years_fit_together() -> None:
    assert _across(*_two_years(24)) == []


def test_what_was_left_last_year_is_what_was_carried_over() -> None:
    before, now = _two_years(24)
    now.requests["carried_over"]["natural"] += 1
    assert [(f.code, f.severity) for f in _across(before, now)] == [("carry_over", "error")]


def test_the_stock_of_documents_follows_from_last_year() -> None:
    before, now = _two_years(24)
    now.norms["normative_documents"]["valid"] += 4
    found = _across(before, now)
    assert Counter(f.code for f in found) == {"stock": 1}
    assert found[0].rules == ("annual-report-format.table-1",)


def test_growth_is_held_against_last_years_report() -> None:
    before, now = _two_years(24)
    new, then = now.total("new"), before.total("new")
    now.paragraphs[1] = [f"全年收到政府信息公开申请{new}件，同比增长{abs(new - then) * 100 // then + 40}%。"]
    found = check(report(html(now)), report(html(before)))
    assert "text_growth" in {f.code for f in found}
