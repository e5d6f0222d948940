"""The library that comes with the product: finds a rule, its number on a day, or all rules about something."""

import datetime
from functools import lru_cache
from pathlib import Path

from mingtang.law.reading import read_library
from mingtang.law.rules import Library, Parameter, Rule, Tag

FOLDER = Path(__file__).parent / "instruments"


@lru_cache(maxsize=1)
def library() -> Library:
    """The instruments that come with the product, read once."""
    return read_library(FOLDER)


def rule(rule_id: str) -> Rule:
    """The rule of this id in the product's library; UnknownRule when there is none."""
    return library().rule(rule_id)


@lru_cache(maxsize=4096)
def parameter(rule_id: str, name: str, *, on: datetime.date) -> Parameter:
    """The value that a rule's parameter has on a day; UnknownRule, or NotInForce when nothing holds that day."""
    return rule(rule_id).parameter(name, on)


def rules_about(tag: Tag, *, on: datetime.date | None = None) -> tuple[Rule, ...]:
    """All rules with a tag, in the order of the files; only those in force on `on` when a day is given."""
    tagged = (each for instrument in library().instruments for each in instrument.rules if tag in each.tags)
    return tuple(each for each in tagged if on is None or each.holds(on))
