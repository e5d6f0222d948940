"""Asking for information: what is wanted, is it not already public, who asks, a last look, and the receipt.

Each step is a form of its own that works without scripts; what was written is kept encrypted between them
(`mingtang.foi.drafts`) under a secret in a cookie, so that no address, log or cache holds anything of it.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.foi import drafts
from mingtang.foi.drafts import Writing
from mingtang.foi.errors import DraftRefused, FoiError, Invalid
from mingtang.foi.models import Provision
from mingtang.foi.pages import application, offices, private
from mingtang.foi.pages.private import go, reply
from mingtang.foi.pages.wordings import BY_CODE, WORDINGS
from mingtang.law.requests import Applicant
from mingtang.law.shelf import rule
from mingtang.search import queries
from mingtang.search.index import Depth, Filters
from mingtang.text.folding import fold
from mingtang.trace import limits
from mingtang.trace.limits import Scope
from mingtang.trace.pages import LivePage, Reply

COOKIE = "foi-draft"
START, ALREADY, PERSON = "/foi/apply/", "/foi/apply/already/", "/foi/apply/you/"
CHECK, RECEIPT, RESUME = "/foi/apply/check/", "/foi/apply/receipt/", "/foi/apply/resume/"
#: A form has some six steps; an office or a library may be behind one address.
STEPS = Scope("foi-apply", at_once=60, every=timedelta(seconds=20))
#: Applications sent from one network.
SENDING = Scope("foi-send", at_once=10, every=timedelta(minutes=10))
#: Codes to go on elsewhere that may be tried.
RESUMING = Scope("foi-resume", at_once=10, every=timedelta(minutes=1))
#: Records shown as perhaps what is wanted.
SHOWN = 5
#: A record that has not every word is shown only when its title holds this much of them.
CLOSE = 0.7
#: Clauses that the form rests on.
RULES = ("disclosure-regulation.27", "disclosure-regulation.29", "disclosure-regulation.42")


def start(request: HttpRequest) -> Reply | HttpResponse:
    """Step one: which body, and what is wanted."""
    writing = _writing(request)
    if request.method != "POST":
        values = dict(writing.values) if writing and not writing.is_sent else _begun(request)
        return _start_page(request, values, {}, bool(writing and writing.values))
    if private.is_trapped(request):
        return _start_page(
            request, {}, {"subject": _("有一个请勿填写的格子填了内容，没有收下：请留空再试。")}, False, 400
        )
    kept = writing.values if writing and not writing.is_sent else {}
    values = {**kept, **application.typed(request.POST, application.WANTED)}
    like = BY_CODE.get(request.POST.get("like", ""))
    if like:
        values["subject"] = values["subject"] or str(like.subject)
        values["wanted"] = "\n".join(filter(None, [values["wanted"], str(like.wanted)]))[
            : application.LONGEST["wanted"]
        ]
    today = timezone.localdate()
    faults = {} if like or "later" in request.POST else application.wanted_faults(values, today)
    try:
        writing = drafts.saved(writing, values, timezone.now())
    except DraftRefused as error:
        return _start_page(request, values, {"subject": str(error)}, False, 503)
    if "later" in request.POST:
        return _remember(go(RESUME), request, writing)
    if faults:
        return _start_page(request, values, faults, True, 400)
    if like:
        return _remember(go(START + "#f-subject"), request, writing)
    return _remember(go(ALREADY if _public_like(values["subject"]) else PERSON), request, writing)


def already(request: HttpRequest) -> Reply | HttpResponse:
    """Between the steps: what is public already and may be what is wanted."""
    writing = _writing(request)
    if writing is None or writing.is_sent:
        return go(START)
    if request.method == "POST":
        drafts.forget(writing.secret)
        return private.drop_secret(go("/foi/"), COOKIE)
    found = _public_like(writing.values.get("subject", ""))
    return reply(request, "foi/apply_already.html", {"found": found, "values": writing.values}) if found else go(PERSON)


def person(request: HttpRequest) -> Reply | HttpResponse:
    """Step two: who asks, how to be reached, in what form the answer should come."""
    writing = _writing(request)
    if writing is None or writing.is_sent:
        return go(START)
    if request.method != "POST":
        return _person_page(request, writing, {})
    moment = timezone.now()
    values = {**writing.values, **application.typed(request.POST, application.PERSON)}
    faults: dict[str, str] = {}
    try:
        writing = drafts.saved(writing, values, moment)
        if dropped := drafts.token_of(request.POST.get("drop", "")):
            return _remember(go(PERSON + "#f-identity"), request, drafts.without(writing, dropped, moment))
        for part, accepted in (("identity", private.PROOFS), ("attachment", private.MATERIALS)):
            uploads, wrong = private.uploads(request, part, accepted)
            faults |= {part: wrong} if wrong else {}
            for upload in uploads:
                writing = drafts.attached(writing, part, upload, moment)
    except FoiError as error:
        faults["identity"] = str(error)
    if "later" in request.POST and not faults:
        return _remember(go(RESUME), request, writing)
    faults |= application.person_faults(values)
    return _person_page(request, writing, faults, 400) if faults else _remember(go(CHECK), request, writing)


def check(request: HttpRequest) -> Reply | HttpResponse:
    """Step three: everything once more, then it is sent."""
    writing = _writing(request)
    if writing is None:
        return go(START)
    if writing.is_sent:
        return go(RECEIPT)
    today, values = timezone.localdate(), writing.values
    body = application.body_of(values, today)
    if body is None or application.wanted_faults(values, today):
        return go(START)
    if application.person_faults(values):
        return go(PERSON)
    if request.method != "POST":
        return _check_page(request, writing)
    if private.is_trapped(request) or request.POST.get("agreed") != "1":
        return _check_page(request, writing, _("请先勾选“以上属实”，再提交。"), 400)
    if wait := limits.allow(SENDING, request.META["REMOTE_ADDR"], timezone.now()):
        return _check_page(
            request, writing, _("同一网络提交的申请太多。") + wait.said, 429, Retry_After=str(wait.seconds)
        )
    try:
        drafts.send(
            writing, body=body, identity=application.identity_of(values), moment=timezone.now(),
            applicant_kind=values["applicant_kind"], subject=values["subject"], wanted=values["wanted"],
            provision=values["provision"], delivery=values["delivery"],
        )  # fmt: skip
    except Invalid as error:
        return _check_page(request, writing, str(error), 400)
    except FoiError as error:
        return _check_page(request, writing, str(error), 503)
    return go(RECEIPT)


def receipt(request: HttpRequest) -> Reply | HttpResponse:
    """Number and tracking secret, for half an hour after sending."""
    writing = _writing(request)
    if writing is None or not writing.is_sent:
        return go(START)
    if request.method == "POST":
        drafts.forget(writing.secret)
        return private.drop_secret(go("/foi/track/"), COOKIE)
    rules = [rule("disclosure-regulation.31-online"), rule("disclosure-regulation.33-reply")]
    return reply(request, "foi/apply_receipt.html", {"writing": writing, "rules": rules})


def resume(request: HttpRequest) -> Reply | HttpResponse:
    """The code of a draft that is kept, and going on with one from another device."""
    writing = _writing(request)
    if request.method != "POST":
        return reply(request, "foi/apply_resume.html", {"writing": writing, "problem": "", "days": drafts.KEPT.days})
    if "forget" in request.POST and writing:
        drafts.forget(writing.secret)
        return private.drop_secret(go("/foi/"), COOKIE)
    wait = limits.allow(RESUMING, request.META["REMOTE_ADDR"], timezone.now())
    found = None if wait else drafts.opened(request.POST.get("code", "")[:80], timezone.now())
    if found is None:
        problem = wait.said if wait else _("没有这份草稿：请核对续填码；草稿过期会自动清除。")
        context = {"writing": writing, "problem": problem, "days": drafts.KEPT.days}
        return reply(request, "foi/apply_resume.html", context, 429 if wait else 400)
    return _remember(go(RECEIPT if found.is_sent else START), request, found)


def _writing(request: HttpRequest) -> Writing | None:
    secret = request.COOKIES.get(COOKIE, "")
    return drafts.opened(secret, timezone.now()) if 0 < len(secret) < 80 else None


def _remember(response: HttpResponse, request: HttpRequest, writing: Writing) -> HttpResponse:
    """The browser keeps the draft's secret until it is closed."""
    if request.COOKIES.get(COOKIE) == writing.secret:
        return response
    return private.set_secret(response, COOKIE, writing.secret, None)


def _begun(request: HttpRequest) -> dict[str, str]:
    """What an address may bring along: the body, and the words that search did not find."""
    about = " ".join(request.GET.get("about", "").replace("\0", "").split())[: application.LONGEST["subject"]]
    return {"body": request.GET.get("body", "")[: application.LONGEST["body"]], "subject": about, "wanted": ""}


def _start_page(
    request: HttpRequest, values: Mapping[str, str], faults: Mapping[str, str], kept: bool, status: int = 200
) -> Reply:
    context: dict[str, Any] = {
        "values": values, "faults": faults, "kept": kept, "wordings": WORDINGS,
        "bodies": list(offices.answering(timezone.localdate())), "rules": [rule(each) for each in RULES],
        "longest": application.LONGEST,
    }  # fmt: skip
    return reply(request, "foi/apply_start.html", context, status)


def _person_page(request: HttpRequest, writing: Writing, faults: Mapping[str, str], status: int = 200) -> Reply:
    context: dict[str, Any] = {
        "values": writing.values, "faults": faults, "files": writing.files, "kinds": list(Applicant),
        "id_types": application.ID_TYPES, "provisions": Provision.choices,
        "handovers": [(each.value, each.label) for each in application.HANDOVERS], "longest": application.LONGEST,
        "megabytes": private.PROOFS.max_bytes // private.MEGABYTE,
    }  # fmt: skip
    return reply(request, "foi/apply_person.html", context, status)


def _check_page(request: HttpRequest, writing: Writing, problem: str = "", status: int = 200, **headers: str) -> Reply:
    values = writing.values
    context: dict[str, Any] = {
        "values": values, "files": writing.files, "problem": problem,
        "body": application.body_of(values, timezone.localdate()), "kind": Applicant(values["applicant_kind"]),
        "identity": application.identity_of(values), "provision": Provision(values["provision"]).label,
        "handover": {each.value: each.label for each in application.HANDOVERS}[values["delivery"]],
    }  # fmt: skip
    return reply(request, "foi/apply_check.html", context, status, **headers)


def _public_like(subject: str) -> list[Any]:
    """Public records that may be what is wanted, the closest first."""
    if not subject:
        return []
    found = queries.search(subject, Filters({}), page=1, today=timezone.localdate())
    if found.depth is not Depth.FORGIVING or found.plan is None:
        return list(found.records[:SHOWN])
    words = [unit.text for unit in found.plan.units]
    return [record for record in found.records[:SHOWN] if _share(words, fold(record.title)) >= CLOSE]


def _share(words: Sequence[str], title: str) -> float:
    """How much of the words, by their length, stands in a title."""
    return sum(len(word) for word in words if word in title) / max(1, sum(map(len, words)))


def _page(name: str, path: str, answer: Any, **more: Any) -> LivePage:
    return LivePage(name, path.removeprefix("/"), answer, takes_forms=True, sending=STEPS, **more)


PAGES = (
    _page("apply", START, start, stand_in="foi/"),
    _page("apply-already", ALREADY, already),
    _page("apply-person", PERSON, person, takes_bytes=private.TAKES_BYTES),
    _page("apply-check", CHECK, check),
    _page("apply-receipt", RECEIPT, receipt),
    _page("apply-resume", RESUME, resume),
)
