"""The steps of a request as a visitor tells them: which fields each kind of step has, and how they become events."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.law.clock import Event, Kind, Means

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: Before the first Regulation there were no requests; nobody can reckon so far ahead.
YEARS = range(2008, 2100)
#: Parties are told apart, never named: the address of a count may be shared.
PARTIES = "甲乙丙丁戊己庚辛"
#: What is written into an event where the visitor only ticks that there was one.
TICKED = "1"


class Shape(Enum):
    """What a field looks like; the value is the name that the template knows."""

    DAY = "day"
    NUMBER = "number"
    TICK = "tick"
    CHOICE = "choice"


@dataclass(frozen=True)
class Field:
    """A field of a step. `name` is the event's; `optional` may stay empty; `choices` are (value, label) pairs."""

    name: str
    label: str | Promise
    shape: Shape = Shape.DAY
    optional: bool = False
    choices: tuple[tuple[str, str | Promise], ...] = ()


def _party(label: str | Promise, noun: str) -> Field:
    choices = (("", gettext_lazy("只有一个")), *((each, noun + each) for each in PARTIES))
    return Field("party", label, Shape.CHOICE, optional=True, choices=choices)


_THIRD, _BODY = "第三方", "机关"
_ARRIVED = Field("received_on", gettext_lazy("对方收到信的日子（与发出同一天可不填）"), optional=True)
_MEANS = tuple((means.value, means.label) for means in Means)
_MORE: dict[Kind, tuple[Field, ...]] = {
    Kind.CORRECTION_ASKED: (Field("until", gettext_lazy("要求最晚哪天补正"), optional=True),),
    Kind.CORRECTION_RECEIVED: (Field("reason", gettext_lazy("逾期，但有正当理由"), Shape.TICK, optional=True),),
    Kind.THIRD_PARTY_ASKED: (_ARRIVED, _party(gettext_lazy("哪个第三方"), _THIRD)),
    Kind.THIRD_PARTY_ANSWERED: (_party(gettext_lazy("哪个第三方"), _THIRD),),
    Kind.BODY_ASKED: (
        _ARRIVED,
        Field("joint", gettext_lazy("信息是与该机关共同制作的"), Shape.TICK, optional=True),
        _party(gettext_lazy("哪个机关"), _BODY),
    ),
    Kind.BODY_ANSWERED: (_party(gettext_lazy("哪个机关"), _BODY),),
    Kind.EXTENDED: (
        Field("working_days", gettext_lazy("延长几个工作日（不填按20个）"), Shape.NUMBER, optional=True),
        Field("notified_on", gettext_lazy("告知申请人的日子（同一天可不填）"), optional=True),
        Field("consent", gettext_lazy("公开工作机构负责人已同意"), Shape.TICK, optional=True),
    ),
    Kind.POSTPONED: (Field("until", gettext_lazy("延迟到哪一天")),),
    Kind.FEE_NOTIFIED: (Field("received_on", gettext_lazy("申请人收到通知的日子（同一天可不填）"), optional=True),),
    Kind.DELIVERED: (Field("means", gettext_lazy("怎样送达"), Shape.CHOICE, optional=True, choices=_MEANS),),
}


def fields_of(kind: Kind) -> tuple[Field, ...]:
    """The fields of a step of this kind, its day first."""
    return (Field("on", gettext_lazy("哪一天")), *_MORE.get(kind, ()))


@dataclass(frozen=True)
class Step:
    """One step as typed: its kind, and what stands in its fields (empty ones are absent)."""

    kind: Kind
    said: Mapping[str, str]

    def faults(self) -> dict[str, str]:
        """What is missing or cannot be read: field name → what to do."""
        found: dict[str, str] = {}
        for field in fields_of(self.kind):
            value = self.said.get(field.name, "")
            if not value and not field.optional:
                found[field.name] = _("请填写日期，如 2026-03-02。")
            elif value and field.shape is Shape.DAY and day(value) is None:
                found[field.name] = _("这不是一个日期，请写成 2026-03-02 的样子。")
            elif value and field.shape is Shape.NUMBER and not (value.isdecimal() and len(value) <= 3):
                found[field.name] = _("请填写一个整数，如 10。")
        return found

    @property
    def on(self) -> datetime.date:
        """Its day; the last of all days while it is not known, so that it stands at the end."""
        return day(self.said.get("on", "")) or datetime.date.max

    def event(self, place: int) -> Event:
        """The event of a step without faults; `place` is its number for messages, from 1."""
        said, noun = self.said, _BODY if self.kind in (Kind.BODY_ASKED, Kind.BODY_ANSWERED) else _THIRD
        return Event(
            kind=self.kind,
            on=self.on,
            party=noun + said["party"] if "party" in said else "",
            received_on=day(said.get("received_on", "")),
            joint="joint" in said,
            until=day(said.get("until", "")),
            reason=_("有正当理由") if "reason" in said else "",
            working_days=int(said["working_days"]) if "working_days" in said else None,
            consent=_("负责人") if "consent" in said else "",
            notified_on=day(said.get("notified_on", "")),
            means=Means(said["means"]) if "means" in said else None,
            place=place,
        )


def cleaned(kind: Kind, said: Mapping[str, str]) -> Step:
    """A step of what a stranger sent: only the fields of its kind, choices only where they are offered."""
    kept: dict[str, str] = {}
    for field in fields_of(kind):
        value = said.get(field.name, "").strip()[:20].replace(".", "-")  # a dot ends a field of the address
        if field.shape is Shape.TICK:
            value = TICKED if value else ""
        elif field.shape is Shape.CHOICE and value not in dict(field.choices):
            value = ""
        if value:
            kept[field.name] = value
    return Step(kind, kept)


def told(event: Event, party: str) -> Step:
    """The step that tells an event, with a letter for its party instead of the name."""
    said = {
        "on": event.on.isoformat(),
        "party": party,
        "received_on": _iso(event.received_on),
        "joint": TICKED if event.joint else "",
        "until": _iso(event.until),
        "reason": TICKED if event.reason else "",
        "working_days": str(event.working_days) if event.working_days is not None else "",
        "consent": TICKED if event.consent else "",
        "notified_on": _iso(event.notified_on),
        "means": event.means.value if event.means else "",
    }
    return cleaned(event.kind, said)


def day(written: str) -> datetime.date | None:
    """A day of this life written YYYY-MM-DD; None for anything else."""
    try:
        found = datetime.date.fromisoformat(written) if DAY.fullmatch(written) else None
    except ValueError:  # a 30 February
        return None
    return found if found and found.year in YEARS else None


def _iso(value: datetime.date | None) -> str:
    return value.isoformat() if value else ""
