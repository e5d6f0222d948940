"""What a kind of record adds to the life of all: what the public must be told of it, what it computes, what follows.

A capability that extends `Record` registers its kind when it is ready; a plain record has none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mingtang.records.models import Record


def _nothing_missing(_edition: Any) -> Mapping[str, str]:
    return {}


def _nothing(_edition: Any, _moment: datetime) -> None: ...


def _nothing_follows(_edition: Any, _actor: Any, _moment: datetime) -> None: ...


@dataclass(frozen=True)
class Kind:
    """A kind's part in publication.

    `missing(edition)`: fields that the public's view needs and that are empty, name → what to do. `settle(edition,
    moment)` sets what is computed, before the row is stored. `follow(edition, actor, moment)` acts after it went out,
    in the same transaction. `no_supersession`: why a replacement is not told by `supersede`, with what to do instead.
    """

    model: type[Record]
    missing: Callable[[Any], Mapping[str, str]] = _nothing_missing
    settle: Callable[[Any, datetime], None] = _nothing
    follow: Callable[[Any, Any, datetime], None] = _nothing_follows
    no_supersession: Any = ""


_kinds: dict[type[Record], Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind (from `AppConfig.ready`); the same model twice is a programming error."""
    if kind.model in _kinds:
        raise ValueError(f"kind of record {kind.model.__name__} registered twice")
    _kinds[kind.model] = kind


def of(record: Record) -> Kind:
    """The kind of a record loaded as what it is."""
    return _kinds.get(type(record)) or Kind(Record)
