"""What a result shows is safe HTML around the words that were found."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from mingtang.search.snippets import marked, snippet


def test_marks_stand_where_the_words_stand_also_in_another_spelling() -> None:
    assert marked("關於校車ＡＢＣ的通知", ("校车", "abc")) == "關於<mark>校車</mark><mark>ＡＢＣ</mark>的通知"


def test_a_snippet_begins_with_the_sentence_that_answers() -> None:
    text = "第一句没有。" + "铺垫" * 100 + "。随车照管员清点人数后方可开门。" + "以后" * 100
    assert snippet(text, ("照管员",)).startswith("…随车<mark>照管员</mark>清点人数")


def test_without_marks_a_snippet_is_the_beginning() -> None:
    assert snippet("短文", ()) == "短文"
    assert snippet("长" * 200, ("没有",)) == "长" * 120 + "…"


@given(
    st.text(alphabet="<>&\"'校车a。\n", max_size=300), st.lists(st.sampled_from(["校车", "a", "<", "&a"]), max_size=3)
)
def test_nothing_but_marks_ever_becomes_an_element(text: str, marks: list[str]) -> None:
    shown = snippet(text, marks)
    root = html.fragment_fromstring(str(shown) or "-", create_parent=True)
    assert {element.tag for element in root.iter()} <= {"div", "mark"}
    assert root.text_content().strip("…- ") in text.replace("\n", " ") or not text.strip()
