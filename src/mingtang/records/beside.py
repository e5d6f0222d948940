"""The registry of ways from a record's public page into the room that knows more of it."""

from collections.abc import Callable, Mapping, Sequence

from mingtang.records.models import Record
from mingtang.trace.pages import Entry

#: Given many records at once (a bake makes all pages), answers by primary key; leaves out what it does not know.
Finder = Callable[[Sequence[Record]], Mapping[int, Entry]]

_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Add a room's ways (from `AppConfig.ready`)."""
    _finders.append(finder)


def ways(records: Sequence[Record]) -> Mapping[int, list[Entry]]:
    """The ways from each of the records."""
    found: dict[int, list[Entry]] = {}
    for finder in _finders:
        for key, entry in finder(records).items():
            found.setdefault(key, []).append(entry)
    return found
