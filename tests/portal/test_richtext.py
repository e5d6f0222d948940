"""A text reaches the public without anything that acts, and its links lead where files are baked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from mingtang.records.richtext import DROPPED, KEPT, Picture, mentioned, public_html


def shown(text: str) -> str:
    return str(public_html(text, {5: "/files/ab/a.pdf"}, {7: Picture("/files/cd/b.png", 300, 200)}))


@pytest.mark.parametrize(
    ("stored", "public"),
    [
        ("<p>一<b>二</b></p>", "<p>一<b>二</b></p>"),
        ("<p onclick='x()' style='color:red' class='a'>一</p>", "<p>一</p>"),
        ("<p>一<script>alert(1)</script>二</p>", "<p>一二</p>"),
        ("<p>一<span>二</span></p>", "<p>一二</p>"),
        ("一<!-- 注 -->二", "一二"),
        ('<p><a href="javascript:alert(1)">一</a></p>', "<p>一</p>"),
        ('<p><a href="JaVa\tScript:alert(1)">一</a></p>', "<p>一</p>"),
        ('<p><a href="data:text/html,x">一</a></p>', "<p>一</p>"),
        ('<p><a href="//evil.example/">一</a></p>', "<p>一</p>"),
        ('<p><a href="/\\evil.example/">一</a></p>', "<p>一</p>"),
        ('<p><a href="/records/a/">一</a></p>', '<p><a href="/records/a/">一</a></p>'),
        ('<p><a href="tel:123">一</a></p>', '<p><a href="tel:123">一</a></p>'),
        ('<p><a linktype="document" id="5">附件</a></p>', '<p><a href="/files/ab/a.pdf">附件</a></p>'),
        ('<p><a linktype="document" id="6">没有了</a></p>', "<p>没有了</p>"),
        ('<p><a linktype="page" id="5">页</a></p>', "<p>页</p>"),
        ('<embed embedtype="media" url="https://x.example/"/>', ""),
        ("", ""),
        ("   ", ""),
    ],
)
def test_only_harmless_html_stays(stored: str, public: str) -> None:
    assert shown(stored) == public


def test_a_link_to_the_web_says_so_and_tells_nothing_of_us() -> None:
    assert (
        shown('<a href="https://a.example/">一</a>') == '<a href="https://a.example/" rel="external noreferrer">一</a>'
    )


def test_a_picture_has_its_words_and_its_size() -> None:
    picture = html.fragment_fromstring(shown('<embed embedtype="image" id="7" alt="流程图" format="left"/>'))
    assert (picture.tag, picture.get("src"), picture.get("alt")) == ("img", "/files/cd/b.png", "流程图")
    assert (picture.get("width"), picture.get("height")) == ("300", "200")


def test_a_wide_table_scrolls_by_itself() -> None:
    assert shown("<table><tbody><tr><td>1</td></tr></tbody></table>后").startswith('<div class="scroll" tabindex="0"')


def test_files_of_a_text_are_known() -> None:
    text = '<a linktype="document" id="5">甲</a><a href="/" id="9">乙</a><embed embedtype="image" id="7"/>'
    assert mentioned(text).documents == {5}
    assert mentioned(text).images == {7}


PIECES = st.sampled_from(
    ("<p>", "</p>", "<b>", "</a>", "<a href='javascript:x'>", "<svg onload=x>", "<style>", "</style>", "<script>", "文")
) | st.sampled_from(
    ("<img src=x onerror=x>", "<table>", "<td onclick=x>", "&lt;script&gt;", "<!--", "-->", "<noscript>", "<p style=x>")
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_whatever_is_stored_nothing_but_the_kept_elements_comes_out(stored: str) -> None:
    result = html.fragment_fromstring(shown(stored), create_parent=True)
    allowed = set(KEPT) | {"a", "img", "div"}
    for element in result.iter():
        assert element.tag in allowed
        assert element.tag not in DROPPED
        assert not any(name.startswith("on") or name == "style" for name in element.attrib)
        assert not element.get("href", "").lower().startswith("javascript")
