"""Asking others: third parties whose rights are touched, bodies that made the information or know of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body
from mingtang.bodies.permissions import day_of
from mingtang.foi import files, standing
from mingtang.foi.actions.letters import begin
from mingtang.foi.actions.rows import day, locked, opened, said, step, tell, working
from mingtang.foi.actions.trial import try_step
from mingtang.foi.errors import Invalid, WrongState
from mingtang.foi.files import Upload
from mingtang.foi.identity import Identity
from mingtang.foi.models import FileKind, Letter, LetterKind, Party, Request
from mingtang.law.clock import Kind
from mingtang.law.requests import Ground


@transaction.atomic
def ask_third_party(request: Request, *, identity: Identity, concerning: str, actor: Any, moment: datetime) -> Letter:
    """Draft the letter that asks a third party (article 32): it has 15 working days from the letter's receipt."""
    row = working(request, actor=actor, moment=moment)
    known = identity.cleaned()
    if not known.name or not (known.address or known.phone or known.email):
        raise Invalid("name", _("请填写第三方的名称和至少一种联系方式。"))
    number = row.parties.filter(kind=Party.Kind.THIRD_PARTY).count() + 1
    label = _("第三方%d") % number
    return _ask(row, Party.Kind.THIRD_PARTY, label, known, concerning, None, actor=actor, moment=moment)


@transaction.atomic
def ask_body(
    request: Request,
    *,
    concerning: str,
    actor: Any,
    moment: datetime,
    other: Body | None = None,
    name: str = "",
    joint: bool = False,
) -> Letter:
    """Draft the letter that asks another body: one of the directory, or one known by name only.

    `joint`: it made the information together with this body, and its silence is consent (article 34).
    """
    row = working(request, actor=actor, moment=moment)
    if other is not None and other.pk == row.body_id:
        raise Invalid("other", _("不能向本机关征求意见：请选择其他机关，内部意见请登记为业务机构意见。"))
    name = other.name if other else said("name", name, _("请选择或者填写被征求意见的机关。"), 100)
    before = row.parties.filter(label__startswith=name).count()
    label = f"{name}（{before + 1}）" if before else name
    known = Identity(
        name=name, phone=other.openness_phone if other else "", address=other.address if other else ""
    )  # fmt: skip
    kind = Party.Kind.JOINT if joint else Party.Kind.BODY
    return _ask(row, kind, label, known, concerning, other, actor=actor, moment=moment)


@transaction.atomic
def answer(
    party: Party,
    *,
    answer: str,
    text: str,
    actor: Any,
    moment: datetime,
    uploads: Sequence[Upload] = (),
    on: date | None = None,
) -> Party:
    """Keep what a third party or body answered; the clock runs on. Event `foi.third_party_answered` or `…body…`."""
    row = opened(party.request, "foi.handle", actor=actor, moment=moment)
    kept = locked(party)
    if answer not in (Party.Answer.AGREES, Party.Answer.PARTLY, Party.Answer.REFUSES):
        raise Invalid("answer", _("请选择同意、部分同意或者不同意。"))
    if kept.answer not in (Party.Answer.WAITING, Party.Answer.SILENT):
        raise WrongState(_("%s已经答复过。") % kept.label)
    on = day(on, moment)
    kept.seal(kept.unseal() | {"answer_words": said("text", text, _("请填写答复的内容。"))})
    late = kept.answer == Party.Answer.SILENT
    kept.answer, kept.answered_on = answer, on
    kept.save(update_fields=["sealed", "answer", "answered_on"])
    for upload in uploads:
        files.keep(row, FileKind.PARTY_ANSWER, upload, actor=actor, moment=moment, party=kept)
    kind = Kind.THIRD_PARTY_ANSWERED if kept.kind == Party.Kind.THIRD_PARTY else Kind.BODY_ANSWERED
    step(row, kind, on=on, actor=actor, moment=moment, party=kept, reason=_("逾期答复") if late else "")
    return kept


@transaction.atomic
def note_silence(party: Party, *, actor: Any, moment: datetime) -> Party:
    """Its time has passed without an answer: the body decides by itself, or takes it as consent. `foi.party_silent`."""
    row = opened(party.request, "foi.handle", actor=actor, moment=moment)
    kept = locked(party)
    passed = passed_on(row, kept, day_of(moment))
    if kept.answer or passed is None:
        raise WrongState(_("%s的答复期限还没有过，或者已经答复。") % kept.label)
    kept.answer, kept.answered_on = Party.Answer.SILENT, passed
    kept.save(update_fields=["answer", "answered_on"])
    tell("party_silent", row, actor=actor, moment=moment, party=kept.pk, passed=passed)
    return kept


@transaction.atomic
def tell_overruled(party: Party, *, reason: str, actor: Any, moment: datetime) -> Letter:
    """Draft the letter that tells a third party that what it objected to is disclosed, and why (article 32)."""
    row = opened(party.request, "foi.handle", actor=actor, moment=moment)
    kept = locked(party)
    if not may_be_overruled(kept):
        raise WrongState(_("%s没有不同意公开，不需要这份告知书。") % kept.label)
    if not row.asked.filter(ground__in=[Ground.PROVIDED.value, Ground.PARTLY_PROVIDED.value]).exists():
        raise WrongState(_("还没有作出公开的决定：请先登记处理决定，再告知第三方。"))
    why = said("reason", reason, _("请写明决定公开的理由。"))
    return begin(row, LetterKind.OVERRULED, actor=actor, moment=moment, party=kept, facts={"why": why})


def may_be_overruled(party: Party) -> bool:
    """Whether it is a third party that objected to disclosure, wholly or in part."""
    return party.kind == Party.Kind.THIRD_PARTY and party.answer in (Party.Answer.REFUSES, Party.Answer.PARTLY)


def passed_on(row: Request, party: Party, today: date) -> date | None:
    """The last day that a party let pass without an answer; None while it may still answer."""
    deadlines = standing.of(row, today).standing.deadlines
    own = [each for each in deadlines if each.what == f"{party.label}答复意见" and each.done_on is None]
    return next((each.due for each in own if each.due < today), None)


def _ask(
    row: Request, kind: str, label: str, identity: Identity, concerning: str, body: Body | None, *, actor: Any,
    moment: datetime,
) -> Letter:  # fmt: skip
    third = kind == Party.Kind.THIRD_PARTY
    party = Party(request=row, kind=kind, label=label, body=body)
    party.concerning = said("concerning", concerning, _("请写明就什么内容征求意见。"))
    party.seal(identity.as_json())
    try_step(row, Kind.THIRD_PARTY_ASKED if third else Kind.BODY_ASKED, moment, party=party)
    party.save(force_insert=True)
    letter = LetterKind.THIRD_PARTY if third else LetterKind.CONSULTATION
    return begin(row, letter, actor=actor, moment=moment, party=party)
