"""Which steps may lawfully follow: the open ones first, the others with the reason why they are closed.

The names are those of the functions in `actions`. What is asked here is asked again, under lock, by the act itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies.permissions import day_of
from mingtang.foi import access, standing
from mingtang.foi.actions.archive import is_archived
from mingtang.foi.actions.trial import try_step
from mingtang.foi.errors import FoiError
from mingtang.foi.models import Extension, Letter, LetterKind, Request
from mingtang.law.clock import Kind, State


@dataclass(frozen=True)
class Act:
    """An act on the request: open, or closed because of `why_closed`; `due` is its last lawful day, if it has one."""

    name: str
    label: str
    open: bool
    why_closed: str = ""
    due: date | None = None


class Known:
    """What the reasons look at, each read at most once; `row` comes with its steps."""

    def __init__(self, row: Request, moment: datetime) -> None:
        self.row, self.moment = row, moment
        self.clocked = standing.of(row, day_of(moment))
        self.state = row.state if row.merged_into_id else self.clocked.standing.state.value
        self.kinds = {step.kind for step in row.steps.all() if step.voided_at is None}

    @cached_property
    def is_open(self) -> bool:
        return self.state in {each.value for each in State if each.is_open}

    @cached_property
    def drafts(self) -> set[str]:
        """Kinds of letters that lie as drafts."""
        return set(self.row.letters.filter(state=Letter.State.DRAFT).values_list("kind", flat=True))

    @cached_property
    def things(self) -> list[tuple[str, int | None]]:
        """Ground and answering letter of each thing."""
        return list(self.row.asked.values_list("ground", "letter"))

    @cached_property
    def extended(self) -> bool:
        return self.row.extensions.exclude(outcome=Extension.Outcome.REFUSED).exists()

    def due(self, what: str) -> date | None:
        """The day of an open deadline of this name."""
        found = (each.due for each in self.clocked.standing.deadlines if each.what == what and each.done_on is None)
        return next(found, None)

    def refused(self, kind: Kind, **fields: Any) -> str:
        """The clock's reason against a step today, "" when there is none."""
        try:
            try_step(self.row, kind, self.moment, **fields)
        except FoiError as error:
            return str(error).partition("：")[2] or str(error)
        return ""


Reason = Callable[[Known], str]
Due = Callable[[Known], date | None]


@dataclass(frozen=True)
class Offer:
    """How an act is offered: its verb, the reason against it ("" for none), its last day."""

    name: str
    label: Any
    verb: str
    reason: Reason
    due: Due = lambda _known: None


def steps(request: Request, user: Any, moment: datetime) -> list[Act]:
    """Every act that the user may do with the request, the open ones first; about eight queries."""
    row = standing.with_steps(Request.objects.select_related("body", "unit")).get(pk=request.pk)
    known = Known(row, moment)
    acts = [_act(offer, known) for offer in OFFERS if access.may(user, offer.verb, row, on=day_of(moment))]
    return sorted(acts, key=lambda act: not act.open)


def _act(offer: Offer, known: Known) -> Act:
    why = offer.reason(known)
    return Act(offer.name, str(offer.label), not why, why, None if why else offer.due(known))


def _ended(known: Known) -> str:
    return "" if known.is_open else _("申请“%s”，已经结束。") % _state(known)


def _state(known: Known) -> str:
    return known.row.get_state_display() if known.row.merged_into_id else known.clocked.standing.state.label


def _received(known: Known) -> str:
    if not known.is_open:
        return _ended(known)
    return _("还没有与申请人确认收到，期限没有开始。") if known.state == State.UNCONFIRMED.value else ""


def _running(known: Known) -> str:
    """Something that needs the reply period to run, or to be paused."""
    if why := _received(known):
        return why
    return _("正等待申请人补正。") if known.state == State.CORRECTING.value else ""


def _clock(kind: Kind, letter: str = "", needs: Reason = _running, **fields: Any) -> Reason:
    """Against a step: the state, a draft that lies already, and what the clock says."""

    def reason(known: Known) -> str:
        if why := needs(known):
            return why
        if letter and letter in known.drafts:
            return _("已有草稿，请先签发或者作废。")
        return known.refused(kind, **fields)

    return reason


def _confirm(known: Known) -> str:
    if known.row.received_on:
        return _("收到日期已经确定：%s。") % known.row.received_on
    return _ended(known)


def _correction_came(known: Known) -> str:
    if known.state == State.CORRECTING.value:
        return ""
    if known.state == State.ABANDONED.value and not known.row.replied_on:
        return "" if Kind.CORRECTION_ASKED.value in known.kinds else _ended(known)
    return _("没有等待补正。")


def _extend(known: Known) -> str:
    if known.extended:
        return _("已经提出过延期，只能延长一次。")
    return _clock(Kind.EXTENDED, working_days=1)(known)


def _reasons_came(known: Known) -> str:
    if why := _running(known):
        return why
    return "" if Kind.REASONS_ASKED.value in known.kinds else _("没有要求过申请人说明理由。")


def _postpone(known: Known) -> str:
    if why := _running(known):
        return why
    if Kind.REASONS_GIVEN.value not in known.kinds:
        return _("须先要求申请人说明理由，并收到其说明。")
    return _("已经确定过延迟答复的期限。") if Kind.POSTPONED.value in known.kinds else ""


def _pay(known: Known) -> str:
    waiting = Kind.FEE_NOTIFIED.value in known.kinds and Kind.FEE_PAID.value not in known.kinds
    return _ended(known) or ("" if waiting else _("没有等待缴纳的费用。"))


def _reply(known: Known) -> str:
    if why := _running(known):
        return why
    waiting = [ground for ground, letter in known.things if letter is None]
    if not waiting or not all(waiting):
        return _("还有申请事项没有决定。")
    replies = {LetterKind.REPLY, LetterKind.PARTIAL, LetterKind.NOT_PROCESSED, LetterKind.TRANSFER}
    return _("已有答复草稿，请先签发或者作废。") if known.drafts & replies else ""


def _transfer(known: Known) -> str:
    if why := _running(known):
        return why
    return _("已有申请事项得到答复。") if any(letter for _ground, letter in known.things) else ""


def _abandoned(known: Known) -> str:
    if known.state != State.ABANDONED.value or known.row.replied_on:
        return _("没有逾期未补正或者未缴费。")
    return _("已有草稿，请先签发。") if LetterKind.CLOSURE in known.drafts else ""


def _archive(known: Known) -> str:
    if known.is_open:
        return _("办结以后才能归档。")
    return _("已经归档。") if is_archived(known.row) else ""


def _merge(known: Known) -> str:
    if why := _ended(known):
        return why
    return _("已经办过手续，不能再并入另一件。") if known.kinds or known.drafts else ""


def _never(_known: Known) -> str:
    return ""


def _reply_due(known: Known) -> date | None:
    return known.clocked.standing.reply_due


def _asking_due(known: Known) -> date | None:
    return known.due("要求补正")


OFFERS = (
    Offer("confirm", gettext_lazy("与申请人确认收到"), "foi.register", _confirm, lambda known: known.row.arrived_on),
    Offer("register", gettext_lazy("登记"), "foi.register", _ended),
    Offer("assign", gettext_lazy("分派"), "foi.assign", _ended),
    Offer(
        "ask_correction", gettext_lazy("告知补正"), "foi.handle",
        _clock(Kind.CORRECTION_ASKED, LetterKind.CORRECTION, _received), _asking_due,
    ),
    Offer("receive_correction", gettext_lazy("收到补正"), "foi.handle", _correction_came),
    Offer("ask_third_party", gettext_lazy("征求第三方意见"), "foi.handle", _clock(Kind.THIRD_PARTY_ASKED), _reply_due),
    Offer("ask_body", gettext_lazy("征求其他机关意见"), "foi.handle", _clock(Kind.BODY_ASKED), _reply_due),
    Offer("search", gettext_lazy("登记检索"), "foi.handle", _ended),
    Offer("give_opinion", gettext_lazy("登记审查意见"), "foi.review", _ended),
    Offer("ask_extension", gettext_lazy("申请延期"), "foi.handle", _extend, _reply_due),
    Offer("ask_reasons", gettext_lazy("要求说明理由"), "foi.handle", _clock(Kind.REASONS_ASKED, LetterKind.REASONS)),
    Offer("give_reasons", gettext_lazy("收到理由说明"), "foi.handle", _reasons_came),
    Offer("postpone", gettext_lazy("确定延迟答复的期限"), "foi.handle", _postpone, _reply_due),
    Offer(
        "notify_fee", gettext_lazy("收取信息处理费"), "foi.handle",
        _clock(Kind.FEE_NOTIFIED, LetterKind.FEE), _reply_due,
    ),
    Offer("pay", gettext_lazy("登记缴费"), "foi.handle", _pay, lambda known: known.due("缴纳信息处理费")),
    Offer("draft_reply", gettext_lazy("起草答复"), "foi.handle", _reply, _reply_due),
    Offer("transfer", gettext_lazy("告知由其他机关负责"), "foi.handle", _transfer, _reply_due),
    Offer("close_abandoned", gettext_lazy("不再处理"), "foi.handle", _abandoned),
    Offer("withdraw", gettext_lazy("登记撤回"), "foi.handle", _received),
    Offer("draft_receipt", gettext_lazy("起草登记回执"), "foi.handle", _ended),
    Offer("merge_into", gettext_lazy("并入另一件"), "foi.handle", _merge),
    Offer("keep_file", gettext_lazy("添加材料"), "foi.handle", _never),
    Offer("new_secret", gettext_lazy("补发查询码"), "foi.register", _never),
    Offer("group", gettext_lazy("归入同类申请"), "foi.handle", _ended),
    Offer("archive", gettext_lazy("归档"), "foi.archive", _archive),
    Offer("open_remedy", gettext_lazy("登记复议诉讼"), "foi.remedy", _never),
)  # fmt: skip
