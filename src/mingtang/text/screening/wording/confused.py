"""Words that official writing confuses: our own list, each entry with its rule and an example, kept as data."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mingtang.text.screening.finding import Finding
from mingtang.text.screening.sieve import Sieve, Sought

FILE = Path(__file__).with_name("confused.toml")


@dataclass(frozen=True, slots=True)
class Entry:
    """A word written wrongly, the right one, the rule, and words that have it right."""

    wrong: str
    right: str
    why: str
    example: str

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.escape(self.wrong))


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """The list, in the order of its file."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Entry(pair.partition("→")[0], pair.partition("→")[2], group["why"], group["example"])
        for group in table["confused"]
        for pair in group["words"]
    )


def sought() -> tuple[Sought, ...]:
    """The list as patterns."""
    return tuple(Sought(f"confused:{number}", one.pattern, (one.wrong,)) for number, one in enumerate(entries()))


@lru_cache(maxsize=1)
def _sieve() -> Sieve:
    return Sieve(sought())


def confusions(text: str) -> Iterator[Finding]:
    """Each word of the list where it stands in the text."""
    for one, match in _sieve().matches(text):
        entry = entries()[int(one.name.partition(":")[2])]
        yield Finding(
            "confused", "wording", "warn", match.start(), match.end(), entry.wrong,
            f"“{entry.wrong}”应为“{entry.right}”：{entry.why}（例：{entry.example}）。", (), entry.right,
        )  # fmt: skip
