"""The desk speaks Chinese: the added words are compiled, and keep the places that Wagtail fills in."""

import gettext
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "locale" / "zh_Hans" / "LC_MESSAGES"


def entries(name: str) -> list[tuple[str, str]]:
    text = (FOLDER / f"{name}.po").read_text(encoding="utf-8")
    found = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', text, re.M)
    return [(said.replace('\\"', '"'), told.replace('\\"', '"')) for said, told in found]


@pytest.mark.parametrize("name", ["django", "djangojs", "click"])
def test_added_words_are_compiled(name: str):
    with (FOLDER / f"{name}.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    for said, told in entries(name):
        assert catalogue.gettext(said) == told


@pytest.mark.parametrize("name", ["django", "djangojs", "click"])
def test_added_words_keep_their_places(name: str):
    for said, told in entries(name):
        assert set(re.findall(r"%\(\w+\)s|</?\w+", told)) <= set(re.findall(r"%\(\w+\)s|</?\w+", said)), said
