"""Mongolian in a record: passages stand upright, words are marked, and a browser sets them so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from mingtang.portal import assets
from mingtang.records import mongolian
from mingtang.records.richtext import public_html
from tests.servers.chromium import OpenPage

#: “Mongolian script” and a greeting, as the Unicode charts spell them.
WORDS = "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ"
GREETING = "ᠰᠠᠢᠨ ᠪᠠᠶᠢᠨ᠎ᠠ ᠤᠤ᠂ ᠲᠠᠪᠲᠠᠢ ᠮᠣᠷᠢᠯᠠᠨ᠎ᠠ ᠤᠤ᠃"


def shown(text: str) -> str:
    return str(public_html(text, {}, {}))


def test_passages_that_follow_each_other_stand_in_one_block() -> None:
    root = html.fragment_fromstring(
        shown(f"<p>一</p><h2>{WORDS}</h2><p>{GREETING}</p><p>二</p><p>{GREETING}</p>"), create_parent=True
    )
    blocks = root.xpath("div[@class='mongolian']")
    assert [[each.tag for each in block] for block in blocks] == [["h2", "p"], ["p"]]
    assert {block.get("lang") for block in blocks} == {"mn-Mong"}
    assert [each.tag for each in root] == ["p", "div", "p", "div"]


def test_a_word_within_a_sentence_is_marked_and_nothing_else_changes() -> None:
    assert shown(f"<p>会标“{WORDS}”用两种<b>文字{WORDS}</b>书写。</p>") == (
        f'<p>会标“<span lang="mn-Mong">{WORDS}</span>”用两种<b>文字<span lang="mn-Mong">{WORDS}</span></b>书写。</p>'
    )


def test_cells_and_items_stand_where_they_are() -> None:
    root = html.fragment_fromstring(shown(f"<ul><li>{GREETING}</li><li>二</li></ul>"), create_parent=True)
    assert [(each.get("class"), each.get("lang")) for each in root.iter("li")] == [
        ("mongolian", "mn-Mong"),
        (None, None),
    ]


def test_a_text_without_it_is_left_as_it_is() -> None:
    assert shown("<p>一</p>") == "<p>一</p>"
    assert not mongolian.is_in("Монгол бичиг 蒙古文")


PIECES = st.sampled_from(
    (WORDS, GREETING, "文字", " ", "<b>", "</b>", "<p>", "</p>", "<li>", "\u180e", "\u202f", "a", "<h2>")
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_no_letter_is_lost_or_moved(stored: str) -> None:
    before = html.fragment_fromstring(stored, create_parent=True).text_content() if stored.strip() else ""
    after = html.fragment_fromstring(shown(stored), create_parent=True).text_content()
    assert after.split() == before.split()  # parsers drop white space at the edges


@pytest.mark.parametrize("width", [390, 1280])
def test_a_browser_sets_it_from_the_top_down_and_from_left_to_right(open_page: OpenPage, width: int) -> None:
    style = assets.content("portal/portal.css").decode()
    page = open_page(width=width)
    text = shown(f"<p>{GREETING}</p><p>{GREETING * 12}</p>")
    page.set_content(f"<style>{style}</style><div class='document-text'>{text}</div>")
    block = page.locator(".mongolian").bounding_box()
    assert block
    lines = page.evaluate(
        "[...document.querySelectorAll('.mongolian p')].map(p => { const r = document.createRange();"
        " r.selectNodeContents(p); return [...r.getClientRects()].map(({x, width, height}) => [x, width, height]); })"
    )
    first = lines[0][0]
    assert first[2] > 3 * first[1], "a line runs from the top down"
    across = [rect[0] for line in lines for rect in line]
    assert across == sorted(across), "lines follow from left to right"
    assert len(lines[1]) > 1, "a long passage turns into the next line"
    assert block["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
