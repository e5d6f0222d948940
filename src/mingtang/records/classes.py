"""The topic and genre classes of the national catalogue, read from `classes.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Classes:
    """Code → Chinese label, in the order of the national list."""

    topics: dict[str, str]
    genres: dict[str, str]


@cache
def load() -> Classes:
    """Read the lists once per process."""
    data = tomllib.loads(Path(__file__).with_name("classes.toml").read_text(encoding="utf-8"))
    return Classes(topics=data["topics"], genres=data["genres"])


def topic_choices() -> list[tuple[str, str]]:
    """Choices of a topic field."""
    return list(load().topics.items())


def genre_choices() -> list[tuple[str, str]]:
    """Choices of a genre field."""
    return list(load().genres.items())
