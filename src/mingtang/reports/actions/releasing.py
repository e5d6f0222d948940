"""From an accepted report to the public: frozen into a version, a record under review, and corrected openly after."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.permissions import day_of
from mingtang.law.annual.written import as_json
from mingtang.records import actions as records
from mingtang.records.models import Column, Record
from mingtang.records.models import State as RecordState
from mingtang.reports import checking, markup, queries, versions
from mingtang.reports.actions.rows import REASON, locked, require_state, said, tell, user_of
from mingtang.reports.errors import Blocked, NoColumn, WrongState
from mingtang.reports.models import AnnualReport, Version
from mingtang.review import actions as review

State = AnnualReport.State
#: Class of the catalogue and genre of an annual report.
TOPIC, GENRE = "A01", "report"
FORMAT = "annual-report-format.chapters"


@transaction.atomic
def release(report: AnnualReport, *, actor: Any, moment: datetime) -> AnnualReport:
    """Freeze the accepted report as a version and send it into review as a record; event `reports.released`.

    A later edition is an amendment of the same record, with the reason of its correction as the note that the public
    sees. Two who do it at once make one version: the second finds the report released.
    """
    row = locked(report, "reports.release", actor=actor, moment=moment)
    require_state(row, _("送审发布"), State.ACCEPTED, mend=_("须先报送并经政务公开办审核通过。"))
    today = day_of(moment)
    if problems := checking.blocking(checking.findings(row, on=today)):
        raise Blocked(problems)
    before = versions.public_version(row)
    row.edition = before.edition + 1 if before else 1
    value = queries.written(row, on=today)
    content, text = as_json(value), markup.text_of(value)
    number = row.versions.count() + 1
    made = Version.objects.create(
        report=row, number=number, edition=row.edition, reason=row.reopened_for if before else "", content=content,
        digest=versions.digest_of(content), shown=versions.digest_of_text(text), made_at=moment,
        made_by=user_of(actor),
    )  # fmt: skip
    kept = _recorded(row, value.title, text, actor=actor, moment=moment)
    row.record, row.state = kept, State.RELEASED
    row.save()
    review.submit(kept, actor=actor, moment=moment)
    tell(
        "released", row, actor=actor, moment=moment, version=number, edition=row.edition, digest=made.digest,
        record=kept.index_number, basis=(FORMAT,),
    )  # fmt: skip
    row.refresh_from_db()
    return row


def _recorded(row: AnnualReport, title: str, text: str, *, actor: Any, moment: datetime) -> Record:
    """The record with this text: a new draft, or the next text of the one there is."""
    if row.record is None:
        return records.create(
            body=row.body, column=_column(), title=title, topic=TOPIC, genre=GENRE, actor=actor, moment=moment,
            text=text, made_on=day_of(moment), keywords=[_("年度报告"), _("政府信息公开")],
        )  # fmt: skip
    edition: Record = row.record.get_latest_revision_as_object()
    edition.title, edition.text, edition.change_note = title, text, row.reopened_for
    return records.save_draft(edition, actor=actor, moment=moment)


def _column() -> Column:
    """The portal's column for annual reports: the one that is called so."""
    for word in ("年度报告", "年报"):
        if found := Column.objects.filter(name__contains=word).order_by("order", "pk").first():
            return found
    raise NoColumn


@transaction.atomic
def resume(report: AnnualReport, *, actor: Any, moment: datetime) -> AnnualReport:
    """Go on with a report that review sent back (or whose review was taken back); event `reports.resumed`."""
    row = locked(report, "reports.release", actor=actor, moment=moment)
    require_state(row, _("退回修改"), State.RELEASED, mend=_("它还没有送审。"))
    if row.record is None or row.record.stage not in (RecordState.RETURNED, RecordState.DRAFT):
        raise WrongState(_("退回修改"), row.stage_label, _("请先在审核里退回或撤回送审。"))
    row.state = State.RETURNED
    if row.versions.filter(edition__lt=row.edition).count() == 0 and not row.is_public:
        row.frozen, row.edition = None, 0
    row.save()
    tell("resumed", row, actor=actor, moment=moment)
    return row


@transaction.atomic
def reopen(report: AnnualReport, reason: str, *, actor: Any, moment: datetime) -> AnnualReport:
    """Open a published report to correct it, with the reason that the public will see; event `reports.reopened`.

    What is public stays public until the next edition is signed; its numbers stay frozen, and each change to one is a
    correction with its reason.
    """
    row = locked(report, "reports.reopen", actor=actor, moment=moment)
    if not row.is_settled:
        raise WrongState(_("更正"), row.stage_label, _("只有已公布、没有在办修改稿的报告可以更正。"))
    row.reopened_for = said("reason", reason, _("更正原因"), 200, least=REASON)
    row.state = State.FILLING
    row.accepted_at = row.accepted_by = None
    row.save()
    tell("reopened", row, actor=actor, moment=moment, reason=row.reopened_for, edition=row.edition)
    return row
