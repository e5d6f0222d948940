"""The text of demo records: templates filled by a seeded hand, the same seed and number always giving the same."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from html import escape
from pathlib import Path
from random import Random
from typing import Any

from mingtang.demo.place import MARK


@dataclass(frozen=True)
class Text:
    """A record to be: codes of body and column, classes, and content fields."""

    body: str
    column: str
    title: str
    topic: str
    genre: str
    form: str
    document_number: str
    made_on: date
    effective_on: date | None
    text: str


@cache
def _templates() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("records.toml").read_text(encoding="utf-8"))


def write(number: int, seed: int, on: date) -> Text:
    """Record `number` of the demo with this seed, published on the day `on`.

    Templates take turns (so that a small demo has some of everything), their words are drawn.
    """
    hand = Random(f"{seed}:{number}")  # noqa: S311 - a demo's words, not a secret
    data = _templates()
    order = list(range(len(data["template"])))
    Random(f"{seed}:{number // len(order)}").shuffle(order)  # noqa: S311
    template = data["template"][order[number % len(order)]]
    words = _words(data["slots"], hand, number, on)
    made_on = on - timedelta(days=hand.randint(0, 6))
    numbered = template.get("numbered")
    return Text(
        body=hand.choice(template["bodies"]),
        column=template["column"],
        title=hand.choice(template["titles"]).format(**words) + MARK,
        topic=template["topic"],
        genre=template["genre"],
        form=template.get("form", "text"),
        document_number=f"{numbered}〔{made_on.year}〕{number + 1}号" if numbered else "",
        made_on=made_on,
        effective_on=made_on + timedelta(days=30) if template.get("effective") else None,
        text="".join(f"<p>{escape(paragraph.format(**words))}</p>" for paragraph in _chosen(template, hand)),
    )


def _words(slots: dict[str, list[str]], hand: Random, number: int, on: date) -> dict[str, Any]:
    count = hand.randint(12, 180)
    return {
        **{name: hand.choice(choices) for name, choices in sorted(slots.items())},
        "season": slots["season"][(on.month % 12) // 3 - 1],
        "year": on.year, "month": on.month, "day": hand.randint(1, 14), "day2": hand.randint(15, 28),
        "n": number + 1, "count": count, "count2": count - hand.randint(0, 9), "days": hand.randint(20, 31),
        "amount": f"{hand.randint(100, 99_999) / 10:.1f}",
    }  # fmt: skip


def _chosen(template: dict[str, Any], hand: Random) -> list[str]:
    """The template's opening and paragraphs, sometimes without the last, and the line that says what this is."""
    paragraphs = list(template["paragraphs"])
    if len(paragraphs) > 2 and hand.random() < 0.2:
        paragraphs.pop()
    return [*template.get("opening", ()), *paragraphs, "（本条为演示数据，地名、机构、人物和数字均为虚构。）"]
