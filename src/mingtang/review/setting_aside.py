"""Setting a finding aside, with a reason, once or for good; who may do so depends on how grave it is.

A finding that blocks is never set aside by those who wrote the text: one who signs for the body, and did not write it,
may overrule it for this record. What only wants a look may be set aside by whoever edits or signs, also for all texts
of the body. Each setting aside is an event.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.permissions import day_of, may
from mingtang.records.access import may_with
from mingtang.records.checks import writers_of
from mingtang.records.models import Record
from mingtang.review.checks import Finding, Severity, findings
from mingtang.review.errors import NoReason, NotAFinding, NotYours
from mingtang.review.models import Level, SetAside
from mingtang.trace import actions as trace

REASON_LENGTH = 4  # characters


def may_set_aside(user: Any, record: Record, finding: Finding, moment: datetime) -> bool:
    """Whether the user may set this finding aside."""
    return not why_not(user, record, finding, moment)


def why_not(user: Any, record: Record, finding: Finding, moment: datetime) -> str:
    """Why the user may not set this finding aside, "" where they may."""
    on = day_of(moment)
    if not finding.key:
        return _("这一项不能搁置，请按提示改正。")
    signs = any(may(user, f"review.sign{level.value}", record, on=on) for level in Level)
    if finding.severity is not Severity.BLOCK:
        if signs or may_with(user, "records.edit", record, on=on):
            return ""
        return _("只有编辑或审核这份信息的人可以搁置提示。")
    if user.pk in writers_of(record):
        return _("起草和修改过这份稿的人不能越过“须改正”，请由审核人决定。")
    return "" if signs else _("只有审核岗位的人可以越过“须改正”，并写明理由。")


@transaction.atomic
def set_aside(record: Record, key: str, *, actor: Any, moment: datetime, reason: str, always: bool = False) -> SetAside:
    """Remember that this finding is no fault here (or, `always`, in no text of the body).

    Raises `NotAFinding` when the newest text has no such finding, `NotYours` with the reason, `NoReason`.
    """
    said = reason.strip()
    if len(said) < REASON_LENGTH:
        raise NoReason
    finding = next((one for one in findings(record.get_latest_revision_as_object()) if one.key == key), None)
    if finding is None:
        raise NotAFinding
    if problem := why_not(actor, record, finding, moment):
        raise NotYours(problem)
    always = always and finding.severity is not Severity.BLOCK
    row, made = SetAside.objects.get_or_create(
        body=record.body,
        record=None if always else record,
        key=key,
        defaults={"reason": said[:300], "user": actor, "moment": moment, "what": finding.mend[:300]},
    )
    if made:
        overruled = finding.severity is Severity.BLOCK
        trace.record(
            "review.overruled" if overruled else "review.set_aside",
            trace.name_of(record),
            actor=actor,
            moment=moment,
            body=record.body.code,
            data={"key": key, "gate": finding.gate.value, "always": always, "reason": said[:300]},
        )
    return row
