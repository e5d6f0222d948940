"""Sentences and clauses: their offsets are true for any text, quotes and brackets stay whole."""

from hypothesis import given
from hypothesis import strategies as st

from mingtang.text import document_from_text
from mingtang.text.cleaning import clean_line, fold
from mingtang.text.sentences import Span, brackets, clauses, depths, sentences

TEXTS = st.text(alphabet="政务公开各部门要做好年底前（）()“”《》。；，：、！.1２ 一\n\t\u3000\u200babc", max_size=120)


@given(TEXTS)
def test_offsets_point_at_the_words(text: str) -> None:
    document = document_from_text(text)
    for block in document.paragraphs:
        assert document.text[block.start : block.end] == block.text
        for sentence in sentences(Span(block.text, block.start)):
            assert document.text[sentence.start : sentence.end] == sentence.text
            for clause in clauses(sentence):
                assert document.text[clause.start : clause.end] == clause.text
            for inner in brackets(sentence):
                assert document.text[inner.start : inner.end] == inner.text


@given(TEXTS)
def test_sentences_lose_no_word(text: str) -> None:
    found = "".join(sentence.text for sentence in sentences(Span(text, 0)))
    assert "".join(found.split()) == "".join(text.split())


@given(TEXTS)
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text) == len(depths(text))


def test_a_stop_inside_quotes_or_brackets_does_not_end_a_sentence() -> None:
    text = "落实“谁制作、谁公开。”的要求（含附件。）并报送。（责任单位：县财政局）"
    assert [one.text for one in sentences(Span(text, 0))] == [text[: text.rindex("（")], "（责任单位：县财政局）"]


def test_a_dot_typed_for_a_stop_ends_a_sentence_but_a_decimal_does_not() -> None:
    assert [one.text for one in sentences(Span("做好公开．增长2.5倍.", 0))] == ["做好公开．", "增长2.5倍."]


def test_cleaning_joins_what_spaces_tore_apart() -> None:
    assert clean_line("　　关 于 印 发 2021 年 工 作 要 点 的 通 知") == "关于印发2021年工作要点的通知"
    assert clean_line("某县办公室        2021年6月1日") == "某县办公室 2021年6月1日"
    assert clean_line("\ufeff政务\u200b公开 ") == "政务公开"
