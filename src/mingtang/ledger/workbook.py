"""The ledger as the workbook that an office circulates: the duties a user may see, one line each."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from mingtang.ledger import quotas
from mingtang.ledger.models import Assignment, Ledger
from mingtang.press.ledger_workbook import LedgerRow, ledger_workbook


def workbook(ledger: Ledger, assignments: Iterable[Assignment], *, on: date) -> bytes:
    """The bytes of an xlsx file as of `on`; `assignments` come with task, item, chapter, body, quotas and evidence."""
    rows = [_row(assignment, on) for assignment in assignments]
    subtitle = _("%(document_number)s　反馈期限 %(feedback_due)s　共 %(rows)s 项") % {
        "document_number": ledger.document_number,
        "feedback_due": ledger.feedback_due,
        "rows": len(rows),
    }
    return ledger_workbook(ledger.title, rows, subtitle.strip(), [str(label) for label in Assignment.State.labels])


def _row(assignment: Assignment, on: date) -> LedgerRow:
    task, body = assignment.task, [assignment.body.name]
    role = assignment.role
    counts = quotas.counted(task.quotas.all(), assignment.evidence.all(), on=on).counts
    return LedgerRow(
        chapter=task.item.chapter.title if task.item.chapter else "",
        item=f"{task.item.number} {task.item.title}",
        task=task.text,
        lead=body if role == Assignment.Role.LEAD else (),
        bodies=body if role == Assignment.Role.RESPONSIBLE else (),
        supporting=body if role == Assignment.Role.SUPPORTING else (),
        deadline=task.deadline_text,
        due=assignment.due_on,
        quotas="；".join(f"{c.quota.form} {c.done}/{c.quota.at_least}{c.quota.unit}" for c in counts),
        evidence="；".join(e.title for e in assignment.evidence.all() if e.state == e.State.CONFIRMED),
        status=str(assignment.get_state_display()),
        remarks="；".join(filter(None, (assignment.responsible, assignment.measures))),
    )
