"""A request comes in: received through any channel, numbered, confirmed with the applicant, registered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies import permissions
from mingtang.bodies.models import Body
from mingtang.foi import files, history, numbering, tracking
from mingtang.foi.actions.rows import day, opened, refold, require_open, said, tell
from mingtang.foi.errors import Impossible, Invalid, WrongState
from mingtang.foi.files import Upload
from mingtang.foi.identity import LONGEST, Identity
from mingtang.foi.models import Applicant, Asked, FileKind, Handover, Provision, Request
from mingtang.foi.vault import fingerprint
from mingtang.law.errors import ImpossibleHistory
from mingtang.law.receipt import Channel
from mingtang.law.requests import Applicant as ApplicantKind

#: Most separate things in one letter, and most files that come with it.
MOST_THINGS, MOST_FILES = 50, 20


@dataclass(frozen=True)
class Received:
    """A request that was taken in, and the secret by which its applicant follows it: told once, kept nowhere."""

    request: Request
    secret: str


@transaction.atomic
def receive(
    *,
    body: Body,
    channel: str,
    applicant_kind: str,
    identity: Identity,
    subject: str,
    wanted: str,
    provision: str,
    delivery: str,
    actor: Any,
    moment: datetime,
    arrived_on: date | None = None,
    confirmed_on: date | None = None,
    counted_on: date | None = None,
    things: Sequence[str] = (),
    proofs: Sequence[Upload] = (),
    attachments: Sequence[Upload] = (),
) -> Received:
    """Take in a request; its day of receipt follows from the channel (`law.receipt`). Event `foi.received`.

    `arrived_on` is the day handed in, signed for, or arrived (default today); where the channel asks for it, the clock
    starts only when the applicant has confirmed. `things` are the separate things asked, by default all as one.
    `proofs` are proofs of identity. Raises `NotPermitted`, `Invalid`, `Impossible`, `FileRefused`.
    """
    permissions.require(actor, "foi.receive", body, moment=moment)
    request = Request(
        body=body, unit=body, channel=_known("channel", channel, Channel), arrived_on=day(arrived_on, moment),
        confirmed_on=confirmed_on and day(confirmed_on, moment), counted_on=counted_on and day(counted_on, moment),
        applicant_kind=_known("applicant_kind", applicant_kind, ApplicantKind),
        subject=said("subject", subject, _("请写明所需信息的名称、文号或者其他特征。"), 200),
        wanted=said("wanted", wanted, _("请描述所需的信息。")), provision=_known("provision", provision, Provision),
        delivery=_known("delivery", delivery, Handover), made_at=moment,
    )  # fmt: skip
    texts = [said("things", text, _("申请事项不能为空。")) for text in things] or [request.wanted]
    if len(texts) > MOST_THINGS or len(proofs) + len(attachments) > MOST_FILES:
        raise Invalid("things", _("一件申请最多 %d 项、%d 个附件：请分成几件。") % (MOST_THINGS, MOST_FILES))
    request.received_on = _received_on(request)
    request.applicant = _applicant(identity)
    request.number = numbering.request_number(body, request.arrived_on)
    secret = tracking.new()
    request.secret_hash = tracking.kept(request.number, secret)
    if request.received_on:
        request.state = "running"
    request.save(force_insert=True)
    Asked.objects.bulk_create(Asked(request=request, order=n, text=text) for n, text in enumerate(texts, start=1))
    for kind, uploads in ((FileKind.IDENTITY, proofs), (FileKind.ATTACHMENT, attachments)):
        for upload in uploads:
            files.keep(request, kind, upload, actor=actor, moment=moment)
    refold(request, moment)
    tell(
        "received", request, actor=actor, moment=moment, channel=request.channel, kind=request.applicant_kind,
        basis=[rule.id for rule in history.receipt_of(request).rules], arrived_on=request.arrived_on,
        received_on=request.received_on, things=len(texts),
    )  # fmt: skip
    return Received(request, secret)


@transaction.atomic
def new_secret(request: Request, *, actor: Any, moment: datetime) -> str:
    """Another secret for an applicant who has lost the first, which no longer holds; event `foi.secret_renewed`."""
    row = opened(request, "foi.register", actor=actor, moment=moment)
    secret = tracking.new()
    row.secret_hash = tracking.kept(row.number, secret)
    row.save(update_fields=["secret_hash"])
    tell("secret_renewed", row, actor=actor, moment=moment)
    return secret


@transaction.atomic
def confirm(request: Request, *, actor: Any, moment: datetime, on: date | None = None) -> Request:
    """Body and applicant have confirmed the request: that day it counts as received. Event `foi.confirmed`."""
    row = opened(request, "foi.register", actor=actor, moment=moment)
    if row.received_on is not None:
        raise WrongState(_("%s 已有收到日期，不需要再确认。") % row.number)
    require_open(row)
    row.confirmed_on = day(on, moment)
    row.received_on = _received_on(row)
    row.save(update_fields=["confirmed_on", "received_on"])
    refold(row, moment)
    tell(
        "confirmed", row, actor=actor, moment=moment, on=row.confirmed_on, received_on=row.received_on,
        basis=[rule.id for rule in history.receipt_of(row).rules],
    )  # fmt: skip
    return row


@transaction.atomic
def register(
    request: Request,
    *,
    actor: Any,
    moment: datetime,
    subject: str | None = None,
    applicant_kind: str | None = None,
    provision: str | None = None,
    delivery: str | None = None,
) -> Request:
    """Register a request, with what the clerk corrects of it; event `foi.registered`. Again, it corrects only."""
    row = opened(request, "foi.register", actor=actor, moment=moment)
    require_open(row)
    if subject is not None:
        row.subject = said("subject", subject, _("请写明所需信息的名称。"), 200)
    for field, value, known in (
        ("applicant_kind", applicant_kind, ApplicantKind), ("provision", provision, Provision),
        ("delivery", delivery, Handover),
    ):  # fmt: skip
        if value is not None:
            setattr(row, field, _known(field, value, known))
    row.registered_at = row.registered_at or moment
    row.save(update_fields=["subject", "applicant_kind", "provision", "delivery", "registered_at"])
    tell("registered", row, actor=actor, moment=moment, kind=row.applicant_kind)
    return row


def _applicant(identity: Identity) -> Applicant:
    known = identity.cleaned()
    if not known.name:
        raise Invalid("name", _("请填写申请人的姓名或者名称。"))
    if not (known.phone or known.email or known.address):
        raise Invalid("phone", _("请至少填写一种联系方式：电话、电子邮箱或者通信地址。"))
    if any(len(value) > LONGEST for value in known.as_json().values()):
        raise Invalid("name", _("申请人资料的每一项不超过 %d 字。") % LONGEST)
    applicant = Applicant(same=fingerprint(known.recognised_by(), "applicant"))
    applicant.seal(known.as_json())
    applicant.save(force_insert=True)
    return applicant


def _received_on(request: Request) -> date | None:
    try:
        return history.receipt_of(request).day
    except ImpossibleHistory as error:
        raise Impossible(str(error)) from error


def _known(field: str, value: str, choices: type) -> str:
    try:
        return str(choices(value).value)
    except ValueError as error:
        raise Invalid(field, _("没有“%s”这个选项：请从列表中选择。") % value) from error
