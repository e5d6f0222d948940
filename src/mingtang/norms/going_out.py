"""What a norm must hold before the public sees it, what it is worth that day, and what follows when it is out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies.permissions import day_of
from mingtang.law.errors import NotInForce
from mingtang.law.shelf import parameter
from mingtang.norms import evidence, projection
from mingtang.norms.actions import acting
from mingtang.norms.models import ActKind, Norm
from mingtang.records.kinds import Kind
from mingtang.records.models import RelationKind
from mingtang.trace import actions as trace
from mingtang.trace.queries import history

#: What a relation of a norm that goes out does to the norm it points to.
DOES = {
    RelationKind.AMENDS: ActKind.AMENDED,
    RelationKind.REPEALS: ActKind.REPEALED,
    RelationKind.REPLACES: ActKind.REPLACED,
}


def missing(norm: Norm) -> dict[str, str]:
    """Fields that the public's view of a norm needs and that are empty: name → what to do.

    Rule normative-documents.three-unities and norm-measures.3; historic stock is marked with its source instead.
    """
    return dict(_missing(norm))


def _missing(norm: Norm) -> Iterator[tuple[str, str]]:
    if not norm.text.strip():
        yield "text", _("正文：规范性文件须有正文，不能只有附件。")
    if norm.made_on and norm.effective_on is None:
        yield "effective_on", _("施行日期：请填写施行日期。")
    if norm.stock_source:
        return
    if not norm.legality_by or norm.legality_on is None:
        yield "legality_on", _("合法性审核：未经合法性审核不得发布，请在“制定情况”填写审核单位和日期。")
    if not norm.decided_at or norm.decided_on is None:
        yield "decided_on", _("集体审议：未经集体审议决定不得发布，请在“制定情况”填写会议和日期。")
    if not norm.comment_link and not norm.no_comment_reason:
        yield "comment_link", _("征求意见：请在“制定情况”填写征求意见的网址，或写明未公开征求意见的理由。")
    if not norm.registration_number or not norm.unified_number:
        yield "registration_number", _("登记编号：规范性文件统一登记、统一编号，请先由公开办登记编号。")


def settle(norm: Norm, moment: datetime) -> None:
    """Compute what the norm is worth on the day it goes out, and by when it is to be filed."""
    norm.validity = projection.validity_of(norm.stand(day_of(moment)))
    if norm.filing_due is None and not norm.stock_source:
        day = day_of(moment)
        try:
            norm.filing_due = day + timedelta(days=parameter("norm-measures.filing", "filing-days", on=day).number)
        except NotInForce:
            norm.filing_due = None


def follow(norm: Norm, actor: Any, moment: datetime) -> None:
    """Keep its periods, tell that it entered the library, and do to others what its relations say.

    These acts count from the day on which it takes effect.
    """
    projection.write_periods(norm)
    if not history(norm).filter(verb=evidence.ENTERED).exists():
        facts = {"title": norm.title, "path": f"records/{norm.slug}/", "kind": norm.kind}
        trace.record(
            evidence.ENTERED, norm, actor=actor, moment=moment, body=norm.body.code,
            basis=["normative-documents.three-unities"], data=facts | {"index_number": norm.index_number},
        )  # fmt: skip
    for relation in norm.relations.filter(kind__in=DOES).select_related("to"):
        other = Norm.objects.filter(pk=relation.to_id).first()
        kind = DOES[RelationKind(relation.kind)]
        if other is None or other.acts.filter(by=norm.pk, kind=kind, voided_at=None).exists():
            continue
        day = norm.effective_on or norm.made_on or day_of(moment)
        acting.act(other, kind, effective_on=day, by=norm, actor=actor, moment=moment)


KIND = Kind(
    Norm,
    missing,
    settle,
    follow,
    no_supersession=gettext_lazy("规范性文件请在文件库登记“被替代”，效力由此计算。"),
)
