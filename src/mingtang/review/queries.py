"""Reading review: where a record stands, its signatures, what waits for a person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import TaskState, WorkflowState

from mingtang.records.models import Record, State
from mingtang.records.queries import visible_to
from mingtang.review.models import GateTask, Level, SignOff
from mingtang.review.signers import may_sign


@dataclass(frozen=True)
class Step:
    """One level of the present round: who signed it and when, or that it waits."""

    level: Level
    signed: SignOff | None
    current: bool


def round_of(record: Record) -> WorkflowState | None:
    """The round of review that runs now, or None."""
    state = record.current_workflow_state
    return state if state and state.status == WorkflowState.STATUS_IN_PROGRESS else None


def level_of(record: Record) -> Level | None:
    """The level that waits for a signature, or None when the record is not in review."""
    current = round_of(record)
    task_state: Any = current.current_task_state if current else None
    if task_state is None or task_state.status != TaskState.STATUS_IN_PROGRESS:
        return None
    return Level(GateTask.objects.values_list("level", flat=True).get(pk=task_state.task_id))


def steps(record: Record) -> list[Step]:
    """The three levels of the round that runs now, or of the last one."""
    latest = round_of(record) or record.workflow_states.order_by("-pk").first()
    waiting = level_of(record)
    signed: dict[int, SignOff] = {}
    if latest:
        for sign_off in SignOff.objects.filter(round=latest.pk, passed=True).select_related(
            "user__person", "post", "body"
        ):
            signed.setdefault(sign_off.level, sign_off)
    return [Step(level, signed.get(level.value), level == waiting) for level in Level]


def return_reason(record: Record) -> str:
    """Why the text was returned last, or ""."""
    latest = record.workflow_states.order_by("-pk").first()
    rejected = latest and latest.task_states.filter(status=TaskState.STATUS_REJECTED).order_by("-pk").first()
    return rejected.comment if rejected else ""


def in_review(user: Any, on: date) -> QuerySet[Record]:
    """Records in review that the user may see, longest waiting first."""
    submitted = Q(state=State.SUBMITTED) | Q(amendment=State.SUBMITTED)
    return visible_to(user, on).filter(submitted).select_related("body", "column", "latest_revision").order_by("pk")


def waiting_for(user: Any, on: date) -> list[tuple[Record, Level]]:
    """Records whose present level the user may sign."""
    found: list[tuple[Record, Level]] = []
    for record in in_review(user, on):
        current = round_of(record)
        level = level_of(record)
        if current and level and may_sign(user, record, level, current.pk, on):
            found.append((record, level))
    return found
