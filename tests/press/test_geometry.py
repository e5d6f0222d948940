"""The pages measure what GB/T 9704-2012 wants, read back from the PDF by poppler and from its picture."""

from itertools import pairwise

import pytest

from mingtang.law.shelf import parameter
from mingtang.press.geometry import GB9704
from mingtang.press.typesetting import pdf
from tests.press.paper import MM, Paper
from tests.press.samples import DAY, FULL, LETTER, MOMENT, NOTICE

TOLERANCE = 1.0  # millimetres, 5.2.1


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return Paper(pdf(FULL, moment=MOMENT), tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return Paper(pdf(NOTICE, moment=MOMENT), tmp_path_factory.mktemp("notice"))


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return Paper(pdf(LETTER, moment=MOMENT), tmp_path_factory.mktemp("letter"))


@pytest.mark.parametrize(
    ("rule", "name", "ours"),
    [
        ("page", "text-width", GB9704.text_width),
        ("page", "text-height", GB9704.text_height),
        ("page", "top-margin", GB9704.top),
        ("page", "binding-margin", GB9704.left),
        ("grid", "lines", GB9704.lines),
        ("grid", "characters", GB9704.characters),
    ],
)
def test_the_measures_are_those_of_the_rule(rule: str, name: str, ours: float) -> None:
    assert parameter(f"document-format.{rule}", name, on=DAY).number == ours


def test_the_paper_is_a4(full: Paper) -> None:
    width, _, height, *_ = full.info["Page size"].split()
    assert (float(width) / MM, float(height) / MM) == pytest.approx((210, 297), abs=0.01)


def test_a_page_holds_22_lines_of_28_characters(full: Paper) -> None:
    assert full.pages == 2
    for page in (1, 2):
        *lines, folio = full.lines(page)
        assert "".join(word.text for word in folio) == f"—{page}—"
        assert [len("".join(word.text for word in line)) for line in lines] == [28] * 22


def test_the_ink_of_a_full_page_fills_the_text_block(full: Paper) -> None:
    left, top, right, bottom = full.ink(1, 0, 264)
    assert (left, top) == pytest.approx((28, 37), abs=TOLERANCE)
    assert (right - left, bottom - top) == pytest.approx((156, 225), abs=2 * TOLERANCE)
    assert (210 - right, 297 - bottom) == pytest.approx((26, 35), abs=TOLERANCE)


def test_lines_and_characters_are_evenly_apart(full: Paper) -> None:
    lines = full.lines(1)[:-1]
    feet = [line[0].bottom for line in lines]
    assert [below - above for above, below in pairwise(feet)] == pytest.approx([GB9704.line_points] * 21, abs=0.05)
    word = lines[0][0]
    assert (word.right - word.left) / 28 == pytest.approx(GB9704.character_points, abs=0.05)


def test_page_numbers_stand_outside_seven_millimetres_below_the_text(full: Paper) -> None:
    for page, side in ((1, "right"), (2, "left")):
        left, top, right, bottom = full.ink(page, 264, 297)
        # The dash stands at half the height of the figures.
        assert (top + bottom) / 2 == pytest.approx(262 + 7, abs=0.5)
        beside = 184 - right if side == "right" else left - 28
        assert beside == pytest.approx(14 / MM, abs=0.6), "one character of 四号 from the edge"


def test_the_head_of_a_notice_stands_where_the_standard_says(notice: Paper) -> None:
    name, number, rule = notice.bands(1)[:3]
    assert name[0] == pytest.approx(37 + 35, abs=TOLERANCE)
    assert rule[0] - number[1] == pytest.approx(4, abs=TOLERANCE)
    left, _, right, _ = notice.ink(1, rule[0] - 0.1, rule[1] + 0.2)
    assert (left, right) == pytest.approx((28, 184), abs=0.3)


def test_the_version_record_ends_at_the_foot_of_the_text(notice: Paper) -> None:
    assert notice.ink(notice.pages, 200, 264)[3] == pytest.approx(262, abs=0.4)


def test_a_letter_has_its_name_and_double_rules_and_no_number_on_the_first_page(letter: Paper) -> None:
    name, rule, number = letter.bands(1)[:3]
    assert name[0] == pytest.approx(30, abs=TOLERANCE)
    assert rule[0] - name[1] == pytest.approx(4, abs=TOLERANCE)
    assert number[0] - rule[1] == pytest.approx(7 / 8 * 16 / MM, abs=TOLERANCE)
    left, _, right, bottom = letter.ink(1, 270, 297)
    assert (left, right) == pytest.approx((20, 190), abs=0.3)
    assert 297 - bottom == pytest.approx(20, abs=TOLERANCE)
    assert "—1—" not in letter.text


def test_the_date_stands_four_characters_from_the_right_under_the_middle_of_the_name(letter: Paper) -> None:
    date = next(word for word in letter.words if word.text.startswith("2024年3月5日"))
    name = [word for word in letter.words if word.text == "云岭旗自然资源局" and word.top > date.top - 60][-1]
    edge = (28 + 156) * MM
    assert edge - date.right == pytest.approx(4 * GB9704.character_points, abs=1)
    assert (name.left + name.right) / 2 == pytest.approx((date.left + date.right) / 2, abs=1)
