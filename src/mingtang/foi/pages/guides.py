"""The guide to openness of each body in the five parts that DB15/T 2091-2021 asks for, and blank forms to print."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header  # pyright: ignore[reportAttributeAccessIssue]  # the stubs lack it
from django.utils.translation import gettext as _

from mingtang.bodies import sections
from mingtang.bodies.models import Body
from mingtang.bodies.sections import Section, Shown
from mingtang.foi.gathering import body_facts
from mingtang.foi.letters.application_form import application_form
from mingtang.foi.letters.guide import GuideFacts, guide
from mingtang.foi.pages import offices
from mingtang.law.receipt import Channel
from mingtang.law.shelf import rule
from mingtang.press.document import Document
from mingtang.press.errors import PressError
from mingtang.press.typesetting import pdf
from mingtang.press.word import docx
from mingtang.records.models import PUBLIC_STATES, Record
from mingtang.trace import limits
from mingtang.trace.limits import Scope
from mingtang.trace.pages import Entry, LivePage, Page, PageSource

#: Printing sets a page anew; the same one is kept for a while.
PRINTING = Scope("foi-print", at_once=20, every=timedelta(seconds=10))
TYPES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
RULES = {
    "general": ("disclosure-regulation.13", "disclosure-regulation.14", "disclosure-regulation.15"),
    "proactive": ("disclosure-regulation.20", "disclosure-regulation.26"),
    "requests": (
        "disclosure-regulation.29", "disclosure-regulation.30", "disclosure-regulation.33-reply",
        "disclosure-regulation.33-extension", "disclosure-regulation.42",
    ),
    "supervision": ("disclosure-regulation.47", "disclosure-regulation.51", "reconsideration-law.20"),
}  # fmt: skip


def page(code: str) -> Page | None:
    """The guide of one body; None where no such body takes requests today."""
    body = offices.answering(timezone.localdate()).select_related("parent").filter(code=code).first()
    if body is None:
        return None
    office = offices.openness_office()
    context = {
        "body": body, "office": office, "channels": channels(body),
        "rules": {part: [rule(each) for each in ids] for part, ids in RULES.items()},
    }  # fmt: skip
    tags = {f"body:{each.code}" for each in (body, office) if each}
    return Page("foi/guide.html", context, frozenset(tags))


def channels(body: Body) -> tuple[Channel, ...]:
    """The ways in that the body has opened: those nobody may close, this site, and an address where it has one."""
    return (Channel.COUNTER, Channel.POST, Channel.ONLINE, *((Channel.EMAIL,) if body.openness_email else ()))


def _arguments() -> Iterator[Mapping[str, Any]]:
    yield from ({"code": code} for code in offices.answering(timezone.localdate()).values_list("code", flat=True))


def printed(request: HttpRequest, code: str, paper: str, form: str) -> HttpResponse:
    """A blank form or the guide as PDF or docx, to be printed."""
    body = offices.answering(timezone.localdate()).filter(code=code).first()
    if body is None or paper not in PAPERS or form not in TYPES:
        return HttpResponse(
            _("没有这份表格：请从公开指南页下载。"), status=404, content_type="text/plain; charset=utf-8"
        )
    if wait := limits.allow(PRINTING, request.META["REMOTE_ADDR"], timezone.now()):
        return HttpResponse(wait.said, status=429, headers=wait.headers, content_type="text/plain; charset=utf-8")
    try:
        content = _set(_document(body, paper, timezone.localdate()), form, body.name)
    except PressError as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type=TYPES[form], headers={"Cache-Control": "no-cache"})
    title = f"{PAPERS[paper]}（{body.short_name}）.{form}"
    response["Content-Disposition"] = content_disposition_header(form != "pdf", title) or "attachment"
    return response


PAPERS = {"natural": "申请表（公民）", "organisation": "申请表（法人、其他组织）", "guide": "公开指南"}


def _document(body: Body, paper: str, on: date) -> Document:
    facts = body_facts(body)
    if paper != "guide":
        return application_form(facts, natural=paper == "natural")
    office = offices.openness_office()
    named = Record.objects.filter(body=body, state__in=PUBLIC_STATES).order_by("column__name")
    return guide(
        GuideFacts(
            body=facts, duties=body.duties, site=settings.PUBLIC_URL,
            columns=tuple(named.values_list("column__name", flat=True).distinct()[:30]), channels=channels(body),
            supervisor=(office.openness_office or office.name) if office else "",
            supervisor_phone=office.openness_phone if office else "", made_on=on,
        )
    )  # fmt: skip


@lru_cache(maxsize=32)
def _set(document: Document, form: str, _body: str) -> bytes:
    """The file; its moment is no matter for a form, so the same words give the same bytes."""
    moment = datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone())
    return pdf(document, moment=moment) if form == "pdf" else docx(document, moment=moment)


def _section(bodies: Sequence[Body]) -> Mapping[int, Shown]:
    """What a body's own page says of asking it."""
    return {
        body.pk: Shown(
            (
                Entry(_("向本机关申请公开政府信息"), f"foi/apply/?body={body.code}"),
                Entry(_("本机关的公开指南"), f"foi/guide/{body.code}/"),
            )
        )
        for body in _asked(bodies)
    }


def _asked(bodies: Iterable[Body]) -> list[Body]:
    return [body for body in bodies if body.kind in offices.ANSWERING and body.ends_on is None]


def register() -> None:
    """Put the way to ask on each body's page."""
    sections.register(Section("foi", _("依申请公开"), _section, order=200))


SOURCE = PageSource("request-guide", "foi/guide/<slug:code>/", page, _arguments, verbs=offices.VERBS, timeless=True)
LIVE = LivePage("request-print", "foi/print/<slug:code>/<slug:paper>.<slug:form>", printed)
