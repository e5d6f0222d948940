"""The registry of evidence: rooms say which of their events prove work, the ledger asks without knowing the rooms."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from mingtang.trace.models import Event


@dataclass(frozen=True)
class Claim:
    """What an event can prove.

    `thing` is the event's reference, `title` and `path` (below the portal's root) are what the public may see, `body`
    is the code of the body that did the work, `on` the day in Asia/Shanghai. `kinds` are short marks that obligations
    may ask for (as `record`, `topic:E`, `genre:interpretation`, `form:视频`); `words` is text where topics are sought.
    A `running` claim holds numbers that go on changing: a later one of the same thing takes its place.
    """

    seq: int
    thing: str
    title: str
    path: str
    body: str
    on: date
    kinds: frozenset[str] = field(default_factory=frozenset)
    words: str = ""
    running: bool = False


@dataclass(frozen=True)
class Provider:
    """A room's evidence: `proves` are verbs that make a claim, `revokes` those after which it no longer holds."""

    name: str
    proves: tuple[str, ...]
    claim: Callable[[Event], Claim | None]
    revokes: tuple[str, ...] = ()


_providers: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Add a provider (from `AppConfig.ready`); the same name twice is a programming error."""
    if provider.name in _providers:
        raise ValueError(f"evidence provider {provider.name} registered twice")
    _providers[provider.name] = provider


def verbs() -> tuple[str, ...]:
    """Every verb that proves or revokes anything: what a reader of evidence must be given."""
    return tuple(sorted({verb for p in _providers.values() for verb in (*p.proves, *p.revokes)}))


def claims(event: Event) -> Iterator[Claim]:
    """The claims that an event makes."""
    for provider in _providers.values():
        if event.verb in provider.proves and (claim := provider.claim(event)):
            yield claim


def revoked(event: Event) -> bool:
    """Whether the event takes back what its thing had proved."""
    return any(event.verb in provider.revokes for provider in _providers.values())
