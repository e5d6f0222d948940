"""The registry of sections on a body's public page: rooms say what they have to show of a body, the page asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mingtang.bodies.models import Body
from mingtang.trace.pages import Entry


@dataclass(frozen=True)
class Shown:
    """What a room shows of one body: entries, a note where that says more, where the rest is, and their tags."""

    entries: tuple[Entry, ...]
    note: str = ""
    more: Entry | None = None
    tags: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Section:
    """A section: `of` is given many bodies at once (a bake makes all pages) and answers by their primary key."""

    name: str
    title: str
    of: Callable[[Sequence[Body]], Mapping[int, Shown]]
    order: int = 100


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Add a section (from `AppConfig.ready`); the same name twice is a programming error."""
    if section.name in _sections:
        raise ValueError(f"section {section.name} registered twice")
    _sections[section.name] = section


def registered() -> tuple[Section, ...]:
    """All sections in the order in which a page shows them."""
    return tuple(sorted(_sections.values(), key=lambda section: (section.order, section.name)))
