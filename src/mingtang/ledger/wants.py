"""What would prove a task: marks and words derived from the notice, which a person may edit.

Marks are those of `trace.evidence.Claim.kinds` (`genre:interpretation`, `topic:E`, `form:视频`). Words are the task's
own nouns, those first that few items of the same notice share: what every item says (公开, 工作) tells nothing apart.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import rjieba

from mingtang import text

if TYPE_CHECKING:
    from mingtang.ledger.building import Heading

#: Words of the office that name a genre of document; the marks are those of `records.classes`.
GENRES = (
    (("解读",), "genre:interpretation"),
    (("目录", "清单"), "genre:catalogue"),
    (("指南",), "genre:guide"),
    (("年度报告",), "genre:report"),
)
NOUNS = ("n", "vn", "nz", "ns", "nt", "j")
WORDS = 8


@dataclass(frozen=True)
class Wants:
    """Marks and words that a claim is compared with."""

    marks: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def as_json(self) -> dict[str, list[str]]:
        """The stored form."""
        return {"marks": list(self.marks), "words": list(self.words)}

    @classmethod
    def read(cls, value: dict[str, list[str]] | None) -> "Wants":
        """From the stored form; what is missing is empty."""
        return cls(tuple((value or {}).get("marks", ())), tuple((value or {}).get("words", ())))


def nouns(sentence: str) -> list[str]:
    """The nouns of a sentence in order, two characters or longer, each once."""
    found = (word for word, kind in rjieba.tag(sentence) if len(word) > 1 and kind.startswith(NOUNS))
    return list(dict.fromkeys(found))


def marks_of(sentence: str) -> tuple[str, ...]:
    """The genre that a sentence asks for; one that names several asks for none."""
    found = [mark for words, mark in GENRES if any(word in sentence for word in words)]
    return tuple(found) if len(found) == 1 else ()


def of_quota(form: str, sentence: str) -> Wants:
    """What counts towards a quota: its form, and the genre that its sentence is about."""
    return Wants(marks=(*marks_of(sentence), f"form:{form}"))


@dataclass(frozen=True)
class Notice:
    """How many items of a notice use each noun."""

    items: int
    used_by: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, headings: "Sequence[Heading]") -> "Notice":
        """Count the nouns of each item once."""
        used: Counter[str] = Counter()
        for heading in headings:
            sentences = [heading.title, *(task.text for _, task in heading.tasks)]
            used.update({word for sentence in sentences for word in nouns(sentence)})
        return cls(len(headings), used)

    def wants_of(self, title: str, task: text.Task) -> Wants:
        """Marks and the most telling words of a task; words of the item's title weigh double."""
        weighed: dict[str, float] = {}
        for sentence, weight in ((title, 2.0), (task.text, 1.0)):
            for word in nouns(sentence):
                weighed[word] = weighed.get(word, 0.0) + weight * self._rarity(word)
        telling = sorted((word for word, weight in weighed.items() if weight > 0), key=lambda word: -weighed[word])
        return Wants(marks_of(task.text), tuple(telling[:WORDS]))

    def _rarity(self, word: str) -> float:
        """Zero for what more than a third of the items say, more the fewer say it."""
        share = self.used_by[word] / max(self.items, 1)
        if self.items > 3 and share > 1 / 3:
            return 0.0
        return 1.0 + math.log(max(self.items, 1) / max(self.used_by[word], 1))


def combined(several: Iterable[Wants]) -> Wants:
    """What any of several wants (when tasks are merged)."""
    all_of = list(several)
    marks = dict.fromkeys(mark for one in all_of for mark in one.marks)
    words = dict.fromkeys(word for one in all_of for word in one.words)
    return Wants(tuple(marks), tuple(words))
