"""A clean-up (清理): open it, propose for each document, chase, decide, close it with acts and a public list."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mingtang.bodies import permissions
from mingtang.bodies.models import Body
from mingtang.bodies.permissions import day_of
from mingtang.norms import queries
from mingtang.norms.actions import acting
from mingtang.norms.errors import Refused, WrongStage
from mingtang.norms.models import ActKind, Campaign, CampaignItem, Norm, Outcome
from mingtang.records import actions as records
from mingtang.records.models import Column
from mingtang.trace import actions as trace

#: Outcomes that end a document, and by which act.
ENDS = {Outcome.REPEALED: ActKind.REPEALED, Outcome.LAPSED: ActKind.INVALIDATED}
BASIS = ("normative-documents.catalogue",)


@transaction.atomic
def open_clean_up(
    *,
    name: str,
    bodies: Collection[Body],
    deadline: date,
    actor: Any,
    moment: datetime,
    kinds: Sequence[str] = (),
    made_from: date | None = None,
    made_to: date | None = None,
    basis: str = "",
) -> Campaign:
    """Open a clean-up of what is in force today in its scope; event `norms.clean_up_opened`.

    Every document is answered for by the body that drafted it, else by its issuer. Raises `Refused` when the scope
    holds nothing, when it is under clean-up elsewhere, or when the days contradict.
    """
    permissions.require(actor, "norms.clean_up", moment=moment)
    today = day_of(moment)
    if not name.strip():
        raise Refused({"name": _("名称：不能为空。")})
    if deadline < today:
        raise Refused({"deadline": _("反馈截止日不得早于今天。")})
    if made_from is not None and made_to is not None and made_to < made_from:
        raise Refused({"made_to": _("成文日期的范围前后颠倒，请核对。")})
    norms = list(_scope(today, bodies, kinds, made_from, made_to))
    if not norms:
        raise Refused({"bodies": _("范围内没有现行有效、且不在其他清理中的文件，请核对机构、类别和日期。")})
    campaign = Campaign.objects.create(
        name=name.strip(), basis=basis.strip(), scope_kinds=list(kinds), made_from=made_from, made_to=made_to,
        opened_at=moment, opened_by=None if isinstance(actor, str) else actor, deadline=deadline,
    )  # fmt: skip
    campaign.bodies.set(bodies)
    CampaignItem.objects.bulk_create(
        CampaignItem(campaign=campaign, norm=norm, body=norm.drafting_body or norm.body) for norm in norms
    )
    _tell("norms.clean_up_opened", campaign, actor, moment, documents=len(norms), deadline=deadline.isoformat())
    return campaign


def _scope(
    today: date, bodies: Collection[Body], kinds: Sequence[str], made_from: date | None, made_to: date | None
) -> QuerySet[Norm]:
    within = Q(body__in=bodies) | Q(drafting_body__in=bodies)
    if kinds:
        within &= Q(kind__in=kinds)
    if made_from is not None:
        within &= Q(made_on__gte=made_from)
    if made_to is not None:
        within &= Q(made_on__lte=made_to)
    busy = CampaignItem.objects.filter(campaign__state=Campaign.State.OPEN).values("norm")
    rows = queries.catalogue(today, queries.Filters(more=within)).exclude(pk__in=busy)
    return rows.select_related("body", "drafting_body")


@transaction.atomic
def propose(
    items: Iterable[CampaignItem], outcome: Outcome | str, *, actor: Any, moment: datetime, reason: str = ""
) -> list[CampaignItem]:
    """Say for documents what shall become of them, as the body that answers for them; event `norms.proposed` each."""
    wanted, said = Outcome(outcome), reason.strip()
    if wanted is not Outcome.VALID and not said:
        raise Refused({"reason": _("清理意见为“%s”的，请写明理由。") % wanted.label})
    done: list[CampaignItem] = []
    for item in items:
        current = _open_item(item)
        permissions.require(actor, "norms.propose", current, moment=moment)
        if current.decision:
            raise WrongStage(_("《%s》已有清理决定，不能再改意见；确需更改请与公开办联系。") % current.norm.title)
        current.proposal, current.proposal_reason = wanted, said
        current.proposed_at, current.proposed_by = moment, None if isinstance(actor, str) else actor
        current.save(update_fields=["proposal", "proposal_reason", "proposed_at", "proposed_by"])
        _tell_item("norms.proposed", current, actor, moment, outcome=wanted.value)
        done.append(current)
    return done


@transaction.atomic
def decide(
    items: Iterable[CampaignItem], outcome: Outcome | str, *, actor: Any, moment: datetime, reason: str = ""
) -> list[CampaignItem]:
    """Decide what becomes of documents, as proposed or otherwise (then with a reason); event `norms.decided` each.

    Nothing changes for the public before the clean-up is closed.
    """
    wanted, said = Outcome(outcome), reason.strip()
    done: list[CampaignItem] = []
    for item in items:
        current = _open_item(item)
        permissions.require(actor, "norms.clean_up", current, moment=moment)
        if wanted is not Outcome.VALID and not (said or current.proposal_reason):
            raise Refused({"reason": _("《%s》：决定不再继续有效的，请写明理由。") % current.norm.title})
        if current.proposal and wanted != current.proposal and not said:
            raise Refused({"reason": _("《%s》：决定与清理意见不同，请写明理由。") % current.norm.title})
        current.decision, current.decision_reason = wanted, said or current.proposal_reason
        current.decided_at, current.decided_by = moment, None if isinstance(actor, str) else actor
        current.save(update_fields=["decision", "decision_reason", "decided_at", "decided_by"])
        _tell_item("norms.decided", current, actor, moment, outcome=wanted.value)
        done.append(current)
    return done


@transaction.atomic
def chase(campaign: Campaign, bodies: Iterable[Body], *, actor: Any, moment: datetime) -> int:
    """Ask the bodies that have not proposed for all their documents once more, at most once a day; how many were.

    Event `norms.chased` for each body; it appears among what these have to do today.
    """
    permissions.require(actor, "norms.clean_up", moment=moment)
    _require_open(campaign)
    asked, today = 0, day_of(moment)
    for body in bodies:
        waiting = CampaignItem.objects.filter(campaign=campaign, body=body, proposal="")
        if not waiting.exists() or waiting.filter(chased_at__date=today).exists():
            continue
        waiting.update(chased_at=moment)
        _tell("norms.chased", campaign, actor, moment, body=body.code, documents=waiting.count())
        asked += 1
    return asked


@transaction.atomic
def close_clean_up(
    campaign: Campaign, *, body: Body, column: Column, topic: str, actor: Any, moment: datetime, genre: str = "notice"
) -> Campaign:
    """Close a clean-up: decisions become acts from today, the catalogue follows at once, the public list is drafted.

    The announcement is a draft of `body` in `column` that goes through review like any text. Event
    `norms.clean_up_closed`. Raises `WrongStage` while documents are undecided.
    """
    permissions.require(actor, "norms.clean_up", moment=moment)
    current = Campaign.objects.select_for_update().get(pk=campaign.pk)
    _require_open(current)
    items = list(
        current.items.select_related("norm__body", "body").order_by("body__order", "body__code", "norm__made_on")
    )
    undecided = [item for item in items if not item.decision]
    if undecided:
        told = {"count": len(undecided), "title": undecided[0].norm.title}
        raise WrongStage(_("还有 %(count)s 件没有作出决定，如《%(title)s》。") % told)
    for item in items:
        if item.decision in ENDS:
            acting.act(
                item.norm, ENDS[Outcome(item.decision)], effective_on=day_of(moment), by_title=current.name, item=item,
                reason=item.decision_reason, actor=actor, moment=moment,
            )  # fmt: skip
    drafted = current.announcement = records.create(
        body=body, column=column, title=_announced(current), topic=topic, genre=genre, text=announcement(items),
        made_on=day_of(moment), actor=actor, moment=moment,
    )  # fmt: skip
    current.state, current.closed_at = Campaign.State.CLOSED, moment
    current.save(update_fields=["state", "closed_at", "announcement"])
    tally = {outcome.value: sum(item.decision == outcome for item in items) for outcome in Outcome}
    _tell(
        "norms.clean_up_closed",
        current,
        actor,
        moment,
        body.code,
        announcement=drafted.index_number,
        **tally,
    )
    campaign.refresh_from_db()
    return campaign


def _announced(campaign: Campaign) -> str:
    return (_("关于公布%s结果的公告") % campaign.name)[:200]


def announcement(items: Sequence[CampaignItem]) -> str:
    """The public list as rich text: how many of each outcome, then each document under its outcome."""
    groups = {outcome: [item for item in items if item.decision == outcome] for outcome in Outcome}
    counts = "，".join(f"{outcome.label}{len(rows)}件" for outcome, rows in groups.items() if rows)
    parts = [f"<p>经清理，共{len(items)}件行政规范性文件：{counts}。现予公布。</p>"]
    numerals = iter("一二三四")
    for outcome, rows in groups.items():
        if rows:
            parts.append(f"<h2>{next(numerals)}、{outcome.label}的文件（{len(rows)}件）</h2>")
            parts.append("<ol>" + "".join(f"<li>{_line(item)}</li>" for item in rows) + "</ol>")
    return "".join(parts)


def _line(item: CampaignItem) -> str:
    number = f"（{item.norm.document_number}）" if item.norm.document_number else ""
    reason = f"：{item.decision_reason}" if item.decision_reason and item.decision != Outcome.VALID else ""
    return escape(f"《{item.norm.title}》{number}，{item.norm.body.name}{reason}")


def _open_item(item: CampaignItem) -> CampaignItem:
    current = CampaignItem.objects.select_for_update().select_related("campaign", "norm", "body").get(pk=item.pk)
    _require_open(current.campaign)
    return current


def _require_open(campaign: Campaign) -> None:
    if campaign.state != Campaign.State.OPEN:
        raise WrongStage(_("“%s”已经办结，不能再改。") % campaign.name)


def _tell(verb: str, campaign: Campaign, actor: Any, moment: datetime, body: str = "", **data: Any) -> None:
    facts = {"name": campaign.name, **data}
    trace.record(verb, campaign, actor=actor, moment=moment, body=body, basis=BASIS, data=facts)


def _tell_item(verb: str, item: CampaignItem, actor: Any, moment: datetime, **data: Any) -> None:
    facts = {"campaign": item.campaign_id, "index_number": item.norm.index_number, **data}
    trace.record(verb, item.norm, actor=actor, moment=moment, body=item.body.code, basis=BASIS, data=facts)
