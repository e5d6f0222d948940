"""The registry of the public API: rooms say what may be asked and in which shape they answer; `api` serves it.

Everything is read-only and public. An endpoint lists its parameters and its shape once: requests are judged and the
OpenAPI document is written from the same lines.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from mingtang.trace.shapes import Shape

#: Items of one answer: what is given where nobody asks, and at most.
USUAL, MOST = 20, 100
#: No event of ours is older; what asks for more asks for all.
EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)


class Refused(Exception):
    """A parameter's value is not one that it may have; the message is a Chinese line with the mend."""


class Unknown(Exception):
    """What a request names is not there; the message says what."""


class Gone(Exception):
    """What a request names was public and is withdrawn; `since` and `reason` say when and why."""

    def __init__(self, since: datetime, reason: str) -> None:
        super().__init__(reason)
        self.since, self.reason = since, reason


@dataclass(frozen=True)
class Parameter:
    """A parameter of the query: its JSON Schema, and how its text is read (raises `Refused`)."""

    name: str
    says: str
    schema: Mapping[str, Any]
    read: Callable[[str], Any]
    example: str = ""


@dataclass(frozen=True)
class Answer:
    """An answer: the thing that the endpoint's shape writes, and when the public last saw it change, where known."""

    thing: Any
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Endpoint:
    """One resource of the API.

    `path` is a Django path pattern below the version (`records/<slug:slug>`). `answer` takes the pattern's arguments
    and the query's parameters that were given as keywords; it raises `Unknown` or `Gone`. `asks` says, for each
    argument of the path, what it is.
    """

    name: str
    path: str
    title: str
    says: str
    shape: Shape
    answer: Callable[..., Answer]
    parameters: tuple[Parameter, ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict[str, str])
    may_be_gone: bool = False


_endpoints: dict[str, Endpoint] = {}


def register(*endpoints: Endpoint) -> None:
    """Add endpoints (from `AppConfig.ready`); the same name twice is a programming error."""
    for endpoint in endpoints:
        if endpoint.name in _endpoints:
            raise ValueError(f"endpoint {endpoint.name} registered twice")
        _endpoints[endpoint.name] = endpoint


def registered() -> tuple[Endpoint, ...]:
    """All endpoints in the order of their registration."""
    return tuple(_endpoints.values())


def code(name: str, says: str, pattern: str, example: str = "") -> Parameter:
    """A code, as of a body or a column; `pattern` is a regular expression for the whole of it."""

    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise Refused(_("“%(name)s”的写法不对，应如 %(example)s。") % {"name": name, "example": example})
        return text

    return Parameter(name, says, {"type": "string", "pattern": f"^{pattern}$"}, read, example)


def choice(name: str, says: str, codes: Iterable[str]) -> Parameter:
    """One of a few codes."""
    allowed = [str(each) for each in codes]

    def read(text: str) -> str:
        if text not in allowed:
            raise Refused(_("“%(name)s”只能是：%(codes)s。") % {"name": name, "codes": "、".join(allowed)})
        return text

    return Parameter(name, says, {"type": "string", "enum": allowed}, read, allowed[0])


def number(name: str, says: str, least: int, most: int, default: int | None = None) -> Parameter:
    """A whole number between two others."""
    schema: dict[str, Any] = {"type": "integer", "minimum": least, "maximum": most}
    if default is not None:
        schema["default"] = default

    def read(text: str) -> int:
        if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
            said = {"name": name, "least": least, "most": most}
            raise Refused(_("“%(name)s”应是 %(least)s 到 %(most)s 之间的整数。") % said)
        return int(text)

    return Parameter(name, says, schema, read, str(default or most))


#: What RFC 3339 calls date-time; the seconds of a leap second are read as those before it.
MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}):([0-9]{2})(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def moment(name: str, says: str) -> Parameter:
    """A moment with its offset (RFC 3339)."""
    example = "2026-01-05T09:00:00+08:00"

    def read(text: str) -> datetime:
        found = MOMENT.fullmatch(text)
        try:
            if found is None:
                raise ValueError
            day, minute, second, _part, offset = found.groups()
            said = f"{day}T{minute}:{min(int(second), 59):02}{'+00:00' if offset in 'Zz' else offset}"
            return max(EARLIEST, datetime.fromisoformat(said))
        except (ValueError, OverflowError):
            said = {"name": name, "example": example}
            raise Refused(_("“%(name)s”应是带时区的时刻，如 %(example)s。") % said) from None

    return Parameter(name, says, {"type": "string", "format": "date-time"}, read, example)
