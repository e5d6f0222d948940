"""One request at the desk: its letter and applicant beside its clock, what may be done next, and what has happened."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mingtang.bodies.errors import NotPermitted
from mingtang.foi import actions, allowed, history, standing, story
from mingtang.foi.allowed import Act
from mingtang.foi.desk import urgency
from mingtang.foi.desk.acts import ON_PART, ON_REQUEST, ActForm
from mingtang.foi.desk.redacting import REDACTABLE
from mingtang.foi.desk.serving import PERSONAL, acting, demand, found, may, now, screen, the_request, today, user_of
from mingtang.foi.errors import FoiError, Purged
from mingtang.foi.identity import Identity
from mingtang.foi.models import Archive, FileKind, Letter, Party, Request
from mingtang.foi.pages import story as told_story
from mingtang.law.rules import Rule


@dataclass(frozen=True)
class Part:
    """A part of the request with the forms that are open for it."""

    thing: Any
    forms: list[ActForm]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The clauses of a decision: its ground's, and that of the reply it stands under."""
        decision = self.thing.decision
        if decision is None:
            return ()
        replies = (decision.reply.rule,) if decision.reply else ()
        return tuple(dict.fromkeys((*replies, decision.rule)))


def request(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request and do what its forms ask."""
    row = the_request(request, pk)
    if request.method == "POST":
        return _act(request, row)
    return _page(request, row)


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who asks, once, on this page; the showing is on record."""
    row = the_request(request, pk)
    try:
        shown = actions.reveal(row, **acting(request))
    except FoiError as error:
        messages.error(request, str(error))
        return redirect("foi:request", pk)
    except NotPermitted:
        demand(request, "foi.identity", row)
        raise
    return _page(request, row, shown=shown)


@require_POST
def reveal_party(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who was asked, and what they answered, once; on record."""
    party = found(request, Party.objects.select_related("request__body", "request__unit"), "request", pk=pk)
    demand(request, "foi.identity", party.request)
    row = the_request(request, party.request_id)
    try:
        shown = actions.reveal_party(party, **acting(request))
    except FoiError as error:
        messages.error(request, str(error))
        return redirect("foi:request", row.pk)
    return _page(request, row, party=(party.pk, shown, party.answer_words))


def count(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """One of a request's days counted out: every day with its number, or why it does not count, and the clause."""
    row = the_request(request, pk)
    clocked = standing.of(standing.with_steps(Request.objects.filter(pk=row.pk)).get(), today())
    deadlines = clocked.standing.deadlines
    if not 0 <= place < len(deadlines):
        raise Http404
    deadline = deadlines[place]
    context = {
        "row": row,
        "deadline": deadline,
        "days": deadline.days(clocked.calendar),
        "estimated": clocked.estimated,
        "is_awaited": clocked.standing.state.is_open and deadline.is_waiting,
    }
    crumb = (row.number, reverse("foi:request", args=[pk]))
    return screen(request, "count.html", _("%s：逐日计算") % deadline.what, context, [crumb])


def calculator(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the public calculator with the request's days, and nothing else of it."""
    row = the_request(request, pk)
    folding = standing.with_steps(Request.objects.filter(pk=row.pk)).get()
    return redirect(told_story.of_history(history.of(folding)).address() + "#result")


def _act(request: HttpRequest, row: Request) -> HttpResponse:
    form = _wanted(request, row)
    demand(request, form.verb, row)
    if form.is_valid():
        try:
            done, letter = form.attempt(**acting(request))
        except NotPermitted:
            demand(request, "foi.void" if form.verb == "foi.assign" else form.verb, row)
            messages.error(request, _("您没有办这一步的权限。"))
            return redirect("foi:request", row.pk)
        if done:
            messages.success(request, str(form.done))
            return redirect("foi:letter", letter.pk) if letter else redirect("foi:request", row.pk)
    return _page(request, the_request(request, row.pk), failed=form, status=422)


def _wanted(request: HttpRequest, row: Request) -> ActForm:
    """The form that was sent, bound; 404 for one that does not exist."""
    do, part = request.POST.get("do", ""), request.POST.get("part", "")
    common: dict[str, Any] = {"row": row, "user": user_of(request), "on": today()}
    if do in ON_REQUEST:
        return ON_REQUEST[do](request.POST, request.FILES, **common)
    for relation, forms in ON_PART.items():
        for form in forms:
            if form.name == do and part.isdigit():
                thing = getattr(row, relation).filter(pk=int(part)).first()
                if thing is not None:
                    return form(request.POST, request.FILES, thing=thing, **common)
    raise Http404


def _page(
    request: HttpRequest,
    row: Request,
    *,
    failed: ActForm | None = None,
    shown: Identity | None = None,
    party: tuple[int, Identity, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    folding = standing.with_steps(Request.objects.filter(pk=row.pk)).get()
    clocked = standing.of(folding, today())
    offered = allowed.steps(row, user_of(request), now())
    open_names = {act.name for act in offered if act.open}
    context = {
        "row": row,
        "urgency": urgency.of(row, today(), clocked.calendar),
        "clocked": clocked,
        "deadlines": list(enumerate(clocked.standing.deadlines)),
        "acts": _offered(request, row, offered, failed),
        "closed": [act for act in offered if not act.open],
        "things": _parts(request, row, "asked", open_names, failed),
        "merge": _merge(request, row, failed),
        "parties": _parts(request, row, "parties", open_names, failed),
        "extensions": _parts(request, row, "extensions", open_names, failed),
        "remedies": _parts(request, row, "remedies", open_names, failed),
        "steps": _parts(request, row, "steps", open_names, failed),
        "applicant": shown or _masked(row),
        "revealed": shown is not None,
        "shown_party": party,
        "may_identity": may(request, "foi.identity", row),
        "may_handle": may(request, "foi.handle", row),
        "may_archive": may(request, "foi.archive", row) and may(request, "foi.identity", row),
        "files": row.files.exclude(kind=FileKind.ARCHIVE),
        "redactable": REDACTABLE,
        "personal": PERSONAL,
        "archive": Archive.objects.filter(request=row).first(),
        "letters": row.letters.exclude(state=Letter.State.DISCARDED)
        .select_related("party", "made_by__person")
        .prefetch_related("deliveries"),
        "story": story.internal(row),
        "calculator": told_story.of_history(history.of(folding)).address(),
        "failed": failed,
    }
    return screen(request, "request.html", f"{row.number}　{row.subject}", context, status=status)


def _offered(
    request: HttpRequest, row: Request, offered: list[Act], failed: ActForm | None
) -> list[tuple[Act, ActForm]]:
    """The open acts on the whole request, each with its form; the one that failed keeps what was typed."""
    by_name = {act.name: act for act in offered if act.open}
    pairs: list[tuple[Act, ActForm]] = []
    for name, form in ON_REQUEST.items():
        if name not in by_name:
            continue
        mine = failed if failed is not None and failed.name == name else _fresh(request, row, form)
        pairs.append((by_name[name], mine))
    return pairs


def _merge(request: HttpRequest, row: Request, failed: ActForm | None) -> ActForm | None:
    """The form that puts things together, where there are several that nothing answers yet."""
    several = row.is_open and may(request, "foi.handle", row) and row.asked.filter(letter=None).count() > 1
    if failed is not None and failed.name == "merge":
        return failed
    return _fresh(request, row, ON_REQUEST["merge"]) if several else None


def _fresh(request: HttpRequest, row: Request, form: type[ActForm], thing: Any = None) -> ActForm:
    return form(row=row, user=user_of(request), on=today(), thing=thing)


def _parts(
    request: HttpRequest, row: Request, relation: str, open_names: set[str], failed: ActForm | None
) -> list[Part]:
    """The rows of a relation with the forms open for each."""
    parts: list[Part] = []
    for thing in _things(row, relation):
        forms: list[ActForm] = []
        for form in ON_PART[relation]:
            if not may(request, form.verb, row) or not _fits(form.name, thing, row, request):
                continue
            same = failed is not None and failed.name == form.name and failed.thing.pk == thing.pk
            forms.append(failed if same and failed is not None else _fresh(request, row, form, thing))
        parts.append(Part(thing, forms))
    return parts


def _things(row: Request, relation: str) -> list[Any]:
    """The rows of a relation with what the page shows of each."""
    rows = getattr(row, relation).all()
    if relation == "extensions":
        rows = rows.select_related("asked_by__person", "decided_by__person")
    if relation == "remedies":
        rows = rows.prefetch_related("stages")
    return list(rows)


def _fits(name: str, thing: Any, row: Request, request: HttpRequest) -> bool:
    """Whether an act on a part can follow what has happened to it."""
    if name in ("decide", "split"):
        return row.is_open and thing.letter_id is None and not thing.drafts.filter(state=Letter.State.DRAFT).exists()
    if name == "answer":
        return thing.answer in ("", Party.Answer.SILENT)
    if name == "note_silence":
        return not thing.answer and actions.passed_on(row, thing, today()) is not None
    if name == "tell_overruled":
        return actions.may_be_overruled(thing)
    if name == "decide_extension":
        return not thing.outcome and thing.asked_by_id != user_of(request).pk
    if name in ("advance_remedy", "conclude_remedy"):
        return thing.outcome == "pending"
    return thing.voided_at is None and thing.kind not in ("replied", "transferred")


def _masked(row: Request) -> Identity | None:
    """The applicant as a screen shows it by default; None once it is no longer kept."""
    try:
        return row.applicant.identity.masked()
    except Purged:
        return None
