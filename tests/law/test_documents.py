"""Document numbers, credit codes and index numbers: read however written, made only as their rules say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.law.documents import (
    CLOSING,
    CREDIT_CODE_ALPHABET,
    OPENING,
    DocumentNumber,
    credit_code_check_character,
    credit_code_fault,
    credit_code_is_valid,
    find_document_numbers,
    index_number,
    number_faults,
    parse_document_number,
    parse_index_number,
)
from mingtang.law.errors import MalformedNumber

RIGHT = "某政办发〔2021〕3号"


@pytest.mark.parametrize(
    "written",
    [
        "某政办发〔2021〕3号",
        "某政办发[2021]3号",
        "某政办发［2021］3号",
        "某政办发(2021)3号",
        "某政办发（２０２１）３号",
        "某政办发【2021】03号",
        "某政办发<2021>3号",
        "某政办发〈2021〉第3号",
        "某政办发﹝2021﹞ 3 号",
        "  某政办发〔 2021 年 〕3号  ",
    ],
)
def test_every_way_of_writing_a_number_is_the_same_number(written: str) -> None:
    number = parse_document_number(written)
    assert number == DocumentNumber("某政办发", 2021, 3)
    assert str(number) == RIGHT


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("某政办发〔21〕3号", "年份不全"),
        ("某政办发〔2021〕0号", "顺序号为零"),
        ("某政办发2021年3号", "不是发文字号"),
        ("〔2021〕3号", "不是发文字号"),
        ("", "不是发文字号"),
    ],
)
def test_what_is_no_number_is_refused_with_the_mend(written: str, fault: str) -> None:
    with pytest.raises(MalformedNumber, match=fault):
        parse_document_number(written)


def test_an_order_has_a_number_without_year() -> None:
    order = parse_document_number("国务院令（第711号）")
    assert order == DocumentNumber("国务院令", None, 711)
    assert str(order) == "国务院令第711号"


@pytest.mark.parametrize(
    ("written", "faults"),
    [
        (RIGHT, ()),
        ("国务院令第711号", ()),
        ("某政办发[2021]3号", ("年份应使用六角括号〔〕",)),
        ("某政办发〔2021]3号", ("年份应使用六角括号〔〕",)),
        ("某政办发〔21〕3号", ("年份应写全四位",)),
        ("某政办发〔2021〕第3号", ("顺序号前不加“第”字",)),
        ("某政办发〔2021〕003号", ("顺序号不编虚位",)),
        ("某政办发〔２０２１〕3号", ("数字应使用半角阿拉伯数字",)),
        ("某政办发〔2021〕 3号", ("字号中不应有空格",)),
        ("不是字号", ("不是发文字号",)),
    ],
)
def test_what_departs_from_the_standard_is_named(written: str, faults: tuple[str, ...]) -> None:
    assert number_faults(written) == faults


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("《某事》（某政发〔2020〕12号）和某政办发[2021]3号", ["某政发〔2020〕12号", "某政办发〔2021〕3号"]),
        ("和政办发〔2020〕1号", ["和政办发〔2020〕1号"]),
        ("根据某政发〔2020〕12号要求", ["某政发〔2020〕12号"]),
        ("呼政办发〔2008〕68号", ["呼政办发〔2008〕68号"]),
        ("2021年第3号公告，共（2021）3项", []),
        ("某政发〔20〕12号", []),
    ],
)
def test_numbers_are_found_in_running_text(text: str, numbers: list[str]) -> None:
    found = list(find_document_numbers(text))
    assert [str(each.number) for each in found] == numbers
    assert all(text[each.start : each.end] == each.written for each in found)


@given(
    st.text(st.sampled_from("某县政府办公室发函字规"), min_size=1, max_size=8),
    st.integers(1949, 2100),
    st.integers(1, 9999),
    st.sampled_from(list(zip(OPENING, CLOSING, strict=True))),
    st.booleans(),
)
def test_writing_and_reading_a_number_are_inverse(
    prefix: str, year: int, sequence: int, brackets: tuple[str, str], full_width: bool
) -> None:
    number = DocumentNumber(prefix, year, sequence)
    written = str(number).replace("〔", brackets[0]).replace("〕", brackets[1])
    if full_width:
        written = written.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert parse_document_number(written) == number
    assert number_faults(str(number)) == ()


# --- unified social credit codes ------------------------------------------------------------------------------------

FIRST_17 = st.tuples(
    st.text(CREDIT_CODE_ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(CREDIT_CODE_ALPHABET, min_size=9, max_size=9),
).map("".join)


def test_a_published_code_of_a_government_body_is_right() -> None:
    assert credit_code_is_valid("11150000MB1604391C")


def test_the_worked_example_of_the_standard_has_check_character_3() -> None:
    assert credit_code_check_character("91350100M000100Y4") == "3"


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("11150000MB1604391", "应为18位，现在是17位"),
        ("11150000MB1604391c", "不用字符“c”"),
        ("I1150000MB1604391C", "不用字符“I”"),
        ("11A50000MB1604391C", "行政区划"),
        ("11150000MB1604391D", "校验位不符"),
    ],
)
def test_a_wrong_code_is_told_what_is_wrong(code: str, fault: str) -> None:
    assert fault in (credit_code_fault(code) or "")
    assert not credit_code_is_valid(code)


@given(FIRST_17)
def test_exactly_one_check_character_fits(first: str) -> None:
    fitting = [c for c in CREDIT_CODE_ALPHABET if credit_code_is_valid(first + c)]
    assert fitting == [credit_code_check_character(first)]


@given(FIRST_17, st.integers(8, 16), st.sampled_from(CREDIT_CODE_ALPHABET))
def test_one_mistyped_character_is_always_noticed(first: str, place: int, other: str) -> None:
    code = first + credit_code_check_character(first)
    mistyped = code[:place] + other + code[place + 1 :]
    assert credit_code_is_valid(mistyped) is (mistyped == code)


def test_the_check_character_of_something_else_is_refused() -> None:
    with pytest.raises(MalformedNumber, match="前17位"):
        credit_code_check_character("short")


# --- index numbers --------------------------------------------------------------------------------------------------


def test_an_index_number_is_code_year_and_five_digits() -> None:
    assert str(index_number("11150000MB1604391C", 2025, 3582)) == "11150000MB1604391C/2025-03582"


@given(FIRST_17, st.integers(1949, 9999), st.integers(1, 99_999))
def test_an_index_number_reads_back(first: str, year: int, sequence: int) -> None:
    number = index_number(first + credit_code_check_character(first), year, sequence)
    assert parse_index_number(str(number)) == number


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        (("11150000MB1604391D", 2025, 1), "校验位不符"),
        (("11150000MB1604391C", 25, 1), "年份 25"),
        (("11150000MB1604391C", 2025, 0), "流水号 0"),
        (("11150000MB1604391C", 2025, 100_000), "流水号 100000"),
    ],
)
def test_a_part_that_is_not_well_formed_makes_no_index_number(parts: tuple[str, int, int], fault: str) -> None:
    with pytest.raises(MalformedNumber, match=fault):
        index_number(*parts)


@pytest.mark.parametrize("written", ["", "11150000MB1604391C-2025-03582", "11150000MB1604391C/2025-3582"])
def test_another_form_is_no_index_number(written: str) -> None:
    with pytest.raises(MalformedNumber, match="不是索引号"):
        parse_index_number(written)
