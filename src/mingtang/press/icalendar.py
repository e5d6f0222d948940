"""Days to be minded as an iCalendar file (RFC 5545) that any calendar program subscribes to."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

_PRODUCT = "-//Mingtang//Deadlines//ZH"
#: Octets of a line before it is folded (RFC 5545, 3.1).
_LINE = 75


@dataclass(frozen=True, slots=True)
class DayEvent:
    """Something that is due on a day. `uid` stays the same for the same thing; `changed` is an aware moment."""

    uid: str
    on: datetime.date
    summary: str
    changed: datetime.datetime
    description: str = ""
    url: str = ""


def calendar_file(name: str, events: Iterable[DayEvent]) -> bytes:
    """The file: whole-day events that leave the day free."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(event: DayEvent) -> list[str]:
    stamp = event.changed.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    after = event.on + datetime.timedelta(days=1)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_text(event.uid)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"SUMMARY:{_text(event.summary)}",
        "TRANSP:TRANSPARENT",
    ]
    if event.description:
        lines.append(f"DESCRIPTION:{_text(event.description)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    return [*lines, "END:VEVENT"]


def _text(value: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line ends escaped, other control characters gone."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n")
    escaped = escaped.replace("\n", "\\n")
    return "".join(char for char in escaped if ord(char) >= 32 and ord(char) != 127)


def _folded(line: str) -> bytes:
    """A line of at most 75 octets, the rest on lines that begin with a blank; no character is cut."""
    rows: list[bytes] = []
    row = b""
    for char in line:
        encoded = char.encode("utf-8")
        if len(row) + len(encoded) > _LINE - (1 if rows else 0):
            rows.append(row)
            row = b""
        row += encoded
    rows.append(row)
    return b"\r\n ".join(rows) + b"\r\n"
