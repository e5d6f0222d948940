"""Whatever a file hides is found, with its place and how it is hidden; an honest file hides nothing."""

import io
import zipfile
from collections.abc import Callable

import pytest

from mingtang.text import UnreadableFile
from mingtang.text.carried import USUAL, Allowance, carried
from tests.text.carried import making
from tests.text.screening.making import identity_number

SECRET = identity_number(11)


@pytest.mark.parametrize(
    ("ending", "make", "manner"), making.HIDING_PLACES, ids=lambda value: getattr(value, "__name__", value)
)
def test_each_hiding_place_is_looked_into(ending: str, make: Callable[[str], bytes], manner: str) -> None:
    found = [part for part in carried(make(SECRET), recognise=False).parts if SECRET in part.text]
    assert manner in {part.manner for part in found}
    assert all(part.place for part in found)


@pytest.mark.parametrize(
    "make",
    [
        making.word_header,
        making.book_plain,
        lambda secret: making._pdf(lambda canvas: canvas.drawString(80, 700, secret)),
    ],
)
def test_an_honest_file_hides_nothing(make: Callable[[str], bytes]) -> None:
    parts = carried(make("欢迎监督"), recognise=False).parts
    assert {part.manner for part in parts} <= {"aside", "property"}
    assert not [
        part
        for part in parts
        if part.manner == "property"
        and part.text not in ("untitled", "anonymous", "unspecified", "python-docx", "openpyxl")
    ]


def test_a_photograph_says_where_it_was_taken() -> None:
    (where,) = [part for part in carried(making.photograph(), recognise=False).parts if part.manner == "position"]
    assert where.text == "纬度 44.60833N，经度 115.33667E"


def test_a_bar_over_part_of_a_line_shows_only_what_lies_under_it() -> None:
    (part,) = [one for one in carried(making.pdf_bar_on_part(SECRET), recognise=False).parts if one.manner == "covered"]
    assert part.text == SECRET


def test_a_file_in_a_file_in_a_file_is_looked_into_as_deep_as_allowed() -> None:
    inner = making.word_embedded(SECRET)
    for _level in range(3):
        out = io.BytesIO(making.word_header(""))
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("word/embeddings/inner.docx", inner)
        inner = out.getvalue()
    found = carried(inner, recognise=False)
    assert any("没有再往里检查" in note for note in found.notes)
    assert not any(SECRET in part.text for part in found.parts)


def test_too_many_pages_and_too_many_bytes_say_why() -> None:
    with pytest.raises(UnreadableFile, match="1 页，超过 0 页"):
        carried(making.pdf_note(SECRET), Allowance(max_pages=0))
    with pytest.raises(UnreadableFile, match="上限"):
        carried(b"x" * 100, Allowance(max_bytes=10))
    assert USUAL.max_depth == 2
