"""The topic, genre and form classes of the catalogue, read from `classes.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Classes:
    """Code → Chinese label, in the order of the national list.

    `topics` holds both levels: a first-level class has a letter (`E`), a second-level one a letter and two digits
    (`E01`). `forms` are the ways in which the same content may be told (text, picture, video, …).
    """

    topics: dict[str, str]
    genres: dict[str, str]
    forms: dict[str, str]


@cache
def load() -> Classes:
    """Read the lists once per process."""
    data = tomllib.loads(Path(__file__).with_name("classes.toml").read_text(encoding="utf-8"))
    return Classes(topics=data["topics"], genres=data["genres"], forms=data["forms"])


def topic_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices of a topic field, grouped by first-level class; the class itself is the first of its group."""
    topics = load().topics
    return [
        (label, [(code, below) for code, below in topics.items() if code.startswith(letter)])
        for letter, label in topics.items()
        if len(letter) == 1
    ]


def topic_line(code: str) -> list[str]:
    """Codes from the first level down to `code`: `E01` → `["E", "E01"]`."""
    return [code[:1], code] if len(code) > 1 else [code]


def topic_label(code: str) -> str:
    """Both levels in words: `E01` → 农业、林业、水利／农业、畜牧业、渔业."""
    return "／".join(load().topics.get(each, each) for each in topic_line(code))


def genre_choices() -> list[tuple[str, str]]:
    """Choices of a genre field."""
    return list(load().genres.items())


def form_choices() -> list[tuple[str, str]]:
    """Choices of a form field."""
    return list(load().forms.items())
