"""Numbering: numerals go both ways, a generated outline parses to the same tree, faults are told and not mended."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingtang.text import document_from_text, extract_ledger
from mingtang.text.markers import marker_of
from mingtang.text.numerals import to_chinese, to_int, year_from
from mingtang.text.outline import Node, outline_of, split_title
from mingtang.text.sentences import Span


@given(st.integers(1, 999))
def test_chinese_numerals_go_both_ways(value: int) -> None:
    assert to_int(to_chinese(value)) == value


@pytest.mark.parametrize("text", ["", "十十", "百", "五五", "一二三", "章", "零"])
def test_what_is_no_numeral_is_none(text: str) -> None:
    assert to_int(text) is None


def test_years_digit_by_digit() -> None:
    assert year_from("二〇二一") == year_from("二○二一") == year_from("二O二一") == year_from("2021") == 2021


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("一、总体要求", "han", 1),
        ("十二、 保障", "han", 12),
        ("（二）内容", "han_bracket", 2),
        ("(二)内容", "han_bracket", 2),
        ("（ 三 ）内容", "han_bracket", 3),
        ("㈣内容", "han_bracket", 4),
        ("1.内容", "arabic", 1),
        ("２．内容", "arabic", 2),
        ("3、内容", "arabic", 3),
        ("4 .内容", "arabic", 4),
        ("5.2021年起施行", "arabic", 5),
        ("（6）内容", "arabic_bracket", 6),
        ("7）内容", "arabic_bracket", 7),
        ("⑧内容", "circle", 8),
        ("第三章 附则", "chapter", 3),
    ],
)
def test_the_numbers_a_line_may_begin_with(line: str, kind: str, number: int) -> None:
    marker = marker_of(line)
    assert marker is not None and (marker.kind, marker.number) == (kind, number)


@pytest.mark.parametrize(
    "line", ["2021年工作要点", "12345热线", "1.5倍", "10月底前完成", "一是加强领导", "三类人员", "（以下简称）"]
)
def test_numbers_that_belong_to_the_text(line: str) -> None:
    assert marker_of(line) is None


Shape = list[list[int]]
_SHAPES = st.lists(st.lists(st.integers(0, 3), min_size=0, max_size=4), min_size=1, max_size=5)


def _written(shape: Shape, through: bool, full: bool, same_line: bool) -> tuple[str, list[object]]:
    """A text with chapters, items and parts of the given shape, and the tree it must give."""
    opened, closed = ("（", "）") if full else ("(", ")")
    lines: list[str] = []
    tree: list[object] = []
    count = 0
    for c, items in enumerate(shape, start=1):
        lines.append(f"{to_chinese(c)}、第{c}组事项")
        branch: list[object] = []
        for i, parts in enumerate(items, start=1):
            count += 1
            number = count if through else i
            stop = "。各单位要按时报送情况。" if same_line else ""
            lines.append(f"{opened}{to_chinese(number)}{closed}事项{number}{stop}")
            if not same_line:
                lines.append("各单位要按时报送情况。")
            lines.extend(f"{p}.分项{p}。由办公室负责公布结果。" for p in range(1, parts + 1))
            branch.append((number, list(range(1, parts + 1))))
        tree.append((c, branch))
    return "\n".join(lines), tree


def _tree(roots: tuple[Node, ...]) -> list[object]:
    return [(r.number, [(i.number, [p.number for p in i.children]) for i in r.children]) for r in roots]


@settings(max_examples=60)
@given(_SHAPES, st.booleans(), st.booleans(), st.booleans())
def test_a_generated_outline_parses_to_the_same_tree(shape: Shape, through: bool, full: bool, same_line: bool) -> None:
    text, tree = _written(shape, through, full, same_line)
    document = document_from_text(text)
    outline = outline_of([Span(block.text, block.start) for block in document.paragraphs])
    assert _tree(outline.roots) == tree
    assert outline.problems == ()
    assert all(document.text[n.start : n.start + 1].strip() for root in outline.roots for n in root.walk())


@settings(max_examples=40)
@given(st.integers(3, 12), st.data())
def test_a_missing_number_is_reported_once_and_kept_as_printed(count: int, data: st.DataObject) -> None:
    gone = data.draw(st.integers(2, count - 1))
    numbers = [number for number in range(1, count + 1) if number != gone]
    lines = [f"（{to_chinese(number)}）事项" for number in numbers]
    outline = outline_of([Span(line, 0) for line in lines])
    assert [root.number for root in outline.roots] == numbers
    assert [problem.code for problem in outline.problems] == ["missing_number"]


def test_a_doubled_number_is_reported() -> None:
    outline = outline_of([Span(f"（{n}）事项", 0) for n in "一二二三"])
    assert [root.number for root in outline.roots] == [1, 2, 2, 3]
    assert [problem.code for problem in outline.problems] == ["doubled_number"]


def test_digits_may_stand_over_bracketed_chinese_numbers() -> None:
    lines = ["1.总则", "（一）目标", "（二）原则", "2.任务", "（一）公开", "（二）解读"]
    outline = outline_of([Span(line, 0) for line in lines])
    assert [(root.number, len(root.children)) for root in outline.roots] == [(1, 2), (2, 2)]


def test_a_wrapped_title_is_one_title() -> None:
    text = "一、规范发布政策措施持续提升公开质量和\n政务服务效能\n（一）做好目录\n各部门要更新目录。"
    document = document_from_text(text)
    outline = outline_of([Span(block.text, block.start) for block in document.paragraphs])
    assert outline.roots[0].title == "规范发布政策措施持续提升公开质量和政务服务效能"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("加强解读。各部门要配图。", "加强解读"),
        ("加强解读", "加强解读"),
        ("目标任务：各部门年内完成目录。", "目标任务"),
        ("推进“一件事”公开，方便群众。由办公室负责。", "推进“一件事”公开，方便群众"),
    ],
)
def test_where_a_title_ends(line: str, title: str) -> None:
    assert split_title(line)[0] == title


def test_a_row_of_a_table_knows_the_chapter_and_item_over_it() -> None:
    table = (
        "任务清单\n工作任务\n|\n工作要求\n|\n责任单位\n|\n一、信息发布\n|\n||\n（一）预算\n|\n||\n公开预算\n|\n每年公布\n|\n县财政局\n|\n"
        "（二）决算\n|\n||\n公开决算\n|\n每年公布\n|\n县财政局\n|\n二、保障\n|\n||\n培训\n|\n举办培训\n|\n县政府办公室\n|\n"
    )
    groups = [item.group for item in extract_ledger(document_from_text(table)).items]
    assert groups == ["一、信息发布 / （一）预算", "一、信息发布 / （二）决算", "二、保障"]
