"""Reads the tables of clock cases: a line "2022-03-08 征求第三方意见 party=甲公司" is an event."""

import datetime
import tomllib
from pathlib import Path

from mingtang.law.clock import Event, History, Kind, Means
from mingtang.law.requests import Ground

FOLDER = Path(__file__).parent
KINDS = {kind.label: kind for kind in Kind}
READERS = {
    "party": str,
    "reason": str,
    "consent": str,
    "working_days": int,
    "joint": lambda text: text == "true",
    "until": datetime.date.fromisoformat,
    "received_on": datetime.date.fromisoformat,
    "notified_on": datetime.date.fromisoformat,
    "ground": Ground,
    "means": Means,
}


def table(name: str) -> list[dict]:
    """The cases of one file."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["case"]


def event(line: str, place: int = 0) -> Event:
    day, label, *fields = line.split()
    pairs = (field.split("=") for field in fields)
    values = {name: READERS[name](text) for name, text in pairs}
    return Event(KINDS[label], datetime.date.fromisoformat(day), place=place, **values)


def history(case: dict) -> History:
    events = tuple(event(line, place) for place, line in enumerate(case["events"], start=1))
    return History(case["received_on"], events)
