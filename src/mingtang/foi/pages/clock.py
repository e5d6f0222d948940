"""The public calculator: what happened to a request goes in, the day the reply is due comes out, counted day by day."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.foi import days
from mingtang.foi.pages import reckoning, span, story
from mingtang.foi.pages.reckoning import Problem
from mingtang.foi.pages.steps import Step, day, fields_of
from mingtang.foi.pages.story import MOST_STEPS, Story
from mingtang.law.calendar import WorkCalendar
from mingtang.law.clock import History, Kind
from mingtang.law.errors import LawError
from mingtang.law.receipt import Channel
from mingtang.trace.pages import LivePage, Page, Reply

PAGE = LivePage("request-clock", "foi/clock/", lambda request: answer(request))
#: Channels that a visitor may choose; others know of no day of their own.
CHANNELS = tuple(channel for channel in Channel if channel is not Channel.OTHER)


def answer(request: HttpRequest) -> Reply | HttpResponse:
    """The page; what its form sends is first turned into an address that can be shared."""
    if span.asked(request):
        return span.answer(request)
    if story.is_form(request.GET):
        told, new = story.read_form(request.GET)
        return HttpResponseRedirect(told.address() + (f"#step-{new}" if new else "#result"))
    told = story.read(request.GET)
    context = _context(told, days.calendar())
    if context["problem"] and context["problem"].year in days.ahead():
        context = _context(told, days.estimated()) | {"estimated": context["problem"].year}
    # The same address answers differently tomorrow, when a day fewer is left; until then anybody may keep it briefly.
    return Reply(Page("foi/clock.html", context, frozenset()), headers={"Cache-Control": "no-cache"})


def _context(told: Story, calendar: WorkCalendar) -> dict[str, Any]:
    faults = told.faults() if not told.is_empty else {}
    context: dict[str, Any] = {
        "story": told,
        "channels": CHANNELS,
        "faults": faults,
        "problem": None,
        "estimated": 0,
        "standing": None,
        "choices": [reckoning.Choice(kind) for kind in Kind],
        "can_add": len(told.steps) < MOST_STEPS,
        "steps": _steps(told.steps, []),
        "share": told.address(),
    }
    if told.is_empty or (faults and not _only_new_is_unfinished(told, faults)):
        return context
    done = told if not faults else Story(told.received, told.channel, told.confirmed, told.on, told.steps[:-1])
    try:
        return context | _reckoned(told, done.history(), calendar, day(told.on))
    except LawError as error:
        problem = reckoning.in_plain_words(error)
        return context | {"problem": problem, "steps": _steps(told.steps, _effects(done, calendar))}


def _only_new_is_unfinished(told: Story, faults: dict[str, str]) -> bool:
    """Whether all that is missing is the day of the step just added; what stands before it can be reckoned."""
    last = len(told.steps)
    return bool(told.steps) and not told.steps[-1].said and all(key.startswith(f"{last}.") for key in faults)


def _effects(told: Story, calendar: WorkCalendar) -> list[str]:
    try:
        return reckoning.effects(told.history(), calendar)
    except LawError:
        return []


def _reckoned(told: Story, history: History, calendar: WorkCalendar, on: Any) -> dict[str, Any]:
    today = timezone.localdate()
    standing = reckoning.reckon(history, calendar, on, today)
    shown = [reckoning.shown(each, calendar) for each in standing.deadlines]
    reply = next((each for each in shown if reckoning.is_reply(each.deadline)), None)
    received = history.received_on
    return {
        "standing": standing,
        "reply": reply,
        "others": [each for each in shown if each is not reply],
        "receipt_rules": history.receipt.rules if history.receipt else (),
        "steps": _steps(told.steps, reckoning.effects(history, calendar)),
        "choices": reckoning.choices(history, calendar, standing.as_of) if received else [],
        "can_add": bool(received) and len(told.steps) < MOST_STEPS,
    }


def _steps(steps: tuple[Step, ...], effects: list[str]) -> list[dict[str, Any]]:
    """The steps for the template: number, kind, fields with what stands in them, what the step did."""
    return [
        {
            "number": number,
            "kind": step.kind,
            "fields": [(field, step.said.get(field.name, "")) for field in fields_of(step.kind)],
            "effect": effects[number - 1] if number <= len(effects) else "",
        }
        for number, step in enumerate(steps, start=1)
    ]


def label() -> str:
    """What links to the calculator are called."""
    return _("算一算应当哪天答复")


__all__ = ["PAGE", "Problem", "answer", "label"]
