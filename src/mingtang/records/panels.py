"""What other rooms show on a record's screens at the desk: side panels of the editor, parts of the overview, acts.

Rooms register functions when they are ready; each is given the record (as its newest revision has it) and the
request, and returns what it has to show.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from mingtang.records.models import Record


@dataclass(frozen=True)
class Act:
    """A button of the overview: what it is called, where it leads, and whether it is the one to do next."""

    label: str
    url: str
    main: bool = False
    grave: bool = False


Shower = Callable[[Record, Any], Iterable[Any]]

_side_panels: list[Shower] = []
_parts: list[Shower] = []
_acts: list[Shower] = []


def add_side_panels(shower: Shower) -> None:
    """Add a function that yields Wagtail side panels for the editor."""
    _side_panels.append(shower)


def add_parts(shower: Shower) -> None:
    """Add a function that yields pieces of safe HTML for the overview."""
    _parts.append(shower)


def add_acts(shower: Shower) -> None:
    """Add a function that yields `Act`s for the overview."""
    _acts.append(shower)


def side_panels(record: Record, request: Any) -> list[Any]:
    """All side panels for this record and request."""
    return [shown for shower in _side_panels for shown in shower(record, request)]


def parts(record: Record, request: Any) -> list[str]:
    """All pieces of the overview for this record and request."""
    return [shown for shower in _parts for shown in shower(record, request)]


def acts(record: Record, request: Any) -> list[Act]:
    """All acts that rooms add for this record and request."""
    return [shown for shower in _acts for shown in shower(record, request)]


def ordered(found: Iterable[Act]) -> list[Act]:
    """The act to do next first, the grave ones last."""
    return sorted(found, key=lambda act: (not act.main, act.grave))
