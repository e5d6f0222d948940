"""What a visitor says happened to a request, as the query of an address that anybody may share.

    /foi/clock/?received=2026-03-02&e=correction_asked.2026-03-05.until:2026-03-20&e=correction_received.2026-03-10

`received` is the day of receipt, or with `channel` the day of arrival and with `confirmed` the day the applicant
confirmed; `on` is the day to look from. Each `e` is one step: its kind, its day ("" while it is not known), and its
other fields. No name, number or text can be put there.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from mingtang.foi.pages.steps import PARTIES, Step, cleaned, day, told
from mingtang.law.clock import Event, History, Kind
from mingtang.law.receipt import Channel, receipt

PATH = "/foi/clock/"
#: Steps that one count may have: more than any request of this life.
MOST_STEPS = 20


@dataclass(frozen=True)
class Story:
    """A request as told; days as typed, steps in the order of their days."""

    received: str = ""
    channel: str = ""
    confirmed: str = ""
    on: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == Story()

    def faults(self) -> dict[str, str]:
        """What is missing or cannot be read: identifier of the field on the page → what to do."""
        found: dict[str, str] = {}
        if not self.received:
            found["received"] = _("请填写日期，如 2026-03-02。")
        for name in ("received", "confirmed", "on"):
            if (value := getattr(self, name)) and day(value) is None:
                found[name] = _("这不是一个日期，请写成 2026-03-02 的样子。")
        for number, step in enumerate(self.steps, start=1):
            found |= {f"{number}.{name}": fault for name, fault in step.faults().items()}
        return found

    def history(self) -> History:
        """The history of a story without faults; ImpossibleHistory when its channel's days contradict each other."""
        events = tuple(step.event(place) for place, step in enumerate(self.steps, start=1))
        arrived = day(self.received) or datetime.date.min
        if not self.channel:
            return History(arrived, events)
        found = receipt(Channel(self.channel), arrived, day(self.confirmed))
        return History(found.day, events, found)

    def address(self) -> str:
        """The address of its count, always the same for the same story."""
        pairs = [(name, value) for name in ("received", "channel", "confirmed", "on") if (value := getattr(self, name))]
        pairs += [("e", _written(step)) for step in self.steps]
        return PATH + ("?" + urlencode(pairs, safe=":") if pairs else "")


def read(query: QueryDict) -> Story:
    """The story of an address."""
    steps = (_step(written) for written in query.getlist("e")[:MOST_STEPS])
    return _head(query, (step for step in steps if step))


def is_form(query: QueryDict) -> bool:
    """Whether the query comes from the page's form, whose fields must still become an address."""
    return "form" in query


def read_form(query: QueryDict) -> tuple[Story, int]:
    """The story of the page's form, and the number of the step just added (0: none)."""
    steps: list[Step] = []
    dropped = query.get("drop", "")
    for number in range(1, MOST_STEPS + 1):
        kind = _kind(query.get(f"{number}.kind", ""))
        if kind and dropped != str(number):
            start = f"{number}."
            steps.append(cleaned(kind, {key[len(start) :]: query[key] for key in query if key.startswith(start)}))
    story = _head(query, steps)
    new = _kind(query.get("add", ""))
    if new is None or len(steps) == MOST_STEPS:
        return story, 0
    return replace(story, steps=(*story.steps, Step(new, {}))), len(story.steps) + 1


def of_history(history: History) -> Story:
    """The story of a real request: its days and kinds of step, parties by letters, nothing else of it."""
    letters = dict(zip(_parties(history.events), PARTIES, strict=False))
    steps = tuple(told(event, letters.get(event.party, "")) for event in history.events[:MOST_STEPS])
    return Story(received=history.received_on.isoformat() if history.received_on else "", steps=steps)


def _parties(events: Iterable[Event]) -> list[str]:
    return list(dict.fromkeys(event.party for event in events if event.party))


def _head(query: Mapping[str, str], steps: Iterable[Step]) -> Story:
    channel = query.get("channel", "")
    known = channel in {each.value for each in Channel if each is not Channel.OTHER}
    return Story(
        received=query.get("received", "").strip()[:20],
        channel=channel if known else "",
        confirmed=query.get("confirmed", "").strip()[:20] if known else "",
        on=query.get("on", "").strip()[:20],
        steps=tuple(sorted(steps, key=lambda step: step.on)),
    )


def _written(step: Step) -> str:
    more = (f"{name}:{value}" for name, value in step.said.items() if name != "on")
    return ".".join((step.kind.value, step.said.get("on", ""), *more))


def _step(written: str) -> Step | None:
    name, *rest = written.split(".")
    kind = _kind(name)
    if kind is None:
        return None
    said = dict(part.split(":", 1) for part in rest[1:12] if ":" in part)
    return cleaned(kind, said | {"on": rest[0] if rest else ""})


def _kind(name: str) -> Kind | None:
    return Kind(name) if name in {kind.value for kind in Kind} else None
