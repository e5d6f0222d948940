"""The registry of duties: rooms say what a person must do today, the desk's home asks without knowing the rooms."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from mingtang.bodies.models import Body


class Standing(IntEnum):
    """Where a duty stands on the desk's home, most urgent first."""

    OVERDUE = 1
    DUE_SOON = 2  # within seven days
    MINE = 3  # waits for me
    OTHERS = 4  # waits for others; I may chase


@dataclass(frozen=True)
class Duty:
    """One line of “今天要办”: what, of which body, by when, and the address of the act that does it."""

    title: str
    url: str
    act: str
    body: Body | None
    standing: Standing
    due: date | None = None
    note: str = ""


def standing_of(due: date | None, today: date) -> Standing:
    """Overdue, due within seven days, or simply waiting."""
    if due is None or (due - today).days > 7:
        return Standing.MINE
    return Standing.OVERDUE if due < today else Standing.DUE_SOON


_sources: dict[str, Callable[[Any, datetime], Iterable[Duty]]] = {}


def register(name: str, source: Callable[[Any, datetime], Iterable[Duty]]) -> None:
    """Add a source of duties (from `AppConfig.ready`); it is given the user and the moment."""
    if name in _sources:
        raise ValueError(f"duties {name} registered twice")
    _sources[name] = source


def of(user: Any, moment: datetime) -> list[Duty]:
    """Everything that waits for the user at the moment, most urgent first."""
    found = [duty for source in _sources.values() for duty in source(user, moment)]
    return sorted(found, key=lambda duty: (duty.standing, duty.due or date.max))
