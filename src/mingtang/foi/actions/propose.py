"""What several ask for becomes public (Order 711, article 44): proposed, and with one click a draft of a record."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.foi.access import user_of
from mingtang.foi.actions.rows import locked, opened, said, tell
from mingtang.foi.errors import Invalid, WrongState
from mingtang.foi.models import Proposal, Request
from mingtang.records import actions as records
from mingtang.records.models import Column, Record

BASIS = "disclosure-regulation.44"


@transaction.atomic
def propose(requests: Sequence[Request], *, title: str, text: str, actor: Any, moment: datetime) -> Proposal:
    """Propose that the information which these requests ask for be published; event `foi.proposed` on each.

    `text` says what is to be published; nothing of the applicants goes into it.
    """
    if not requests or len({request.body_id for request in requests}) != 1:
        raise Invalid("requests", _("请选择同一机关的申请。"))
    rows = [opened(request, "foi.propose", actor=actor, moment=moment) for request in requests]
    proposal = Proposal.objects.create(
        body=rows[0].body, title=said("title", title, _("请填写拟公开信息的标题。"), 200),
        text=said("text", text, _("请写明拟公开的内容。"), 20_000), made_at=moment, made_by=user_of(actor),
    )  # fmt: skip
    proposal.requests.set(rows)
    for row in rows:
        tell("proposed", row, actor=actor, moment=moment, basis=(BASIS,), proposal=proposal.pk)
    return proposal


@transaction.atomic
def open_record(
    proposal: Proposal, *, column: Column, topic: str, genre: str, actor: Any, moment: datetime, **fields: Any
) -> Record:
    """Draft the record that was proposed, by somebody who may draft for the body; event `foi.proposal_drafted`."""
    kept = _pending(proposal)
    paragraphs = "".join(f"<p>{escape(line.strip())}</p>" for line in kept.text.splitlines() if line.strip())
    record = records.create(
        body=kept.body, column=column, title=kept.title, topic=topic, genre=genre, text=paragraphs, actor=actor,
        moment=moment, **fields,
    )  # fmt: skip
    kept.outcome, kept.record = Proposal.Outcome.DRAFTED, record
    kept.save(update_fields=["outcome", "record"])
    for row in kept.requests.select_related("body"):
        tell("proposal_drafted", row, actor=actor, moment=moment, basis=(BASIS,), proposal=kept.pk, record=record.pk)
    return record


@transaction.atomic
def decline(proposal: Proposal, *, reason: str, actor: Any, moment: datetime) -> Proposal:
    """It is not published, for a reason; event `foi.proposal_declined` on each request."""
    kept = _pending(proposal)
    for request in kept.requests.select_related("body", "unit"):
        opened(request, "foi.propose", actor=actor, moment=moment)
        tell("proposal_declined", request, actor=actor, moment=moment, proposal=kept.pk)
    kept.reason = said("reason", reason, _("请写明不转为主动公开的理由。"), 300)
    kept.outcome = Proposal.Outcome.DECLINED
    kept.save(update_fields=["outcome", "reason"])
    return kept


def _pending(proposal: Proposal) -> Proposal:
    kept = locked(proposal)
    if kept.outcome:
        raise WrongState(_("这条建议已经处理：%s。") % kept.get_outcome_display())
    return kept
