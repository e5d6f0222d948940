"""Reading review: where a record stands, its signatures, what waits for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import TaskState, WorkflowState

from mingtang.records.models import Record, State
from mingtang.records.queries import visible_to
from mingtang.review.models import GateTask, Level, SignOff
from mingtang.review.signers import know, may_sign


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


def levels_of(records: Sequence[Record]) -> dict[int, tuple[int, Level]]:
    """By the key of each record in review: its round, and the level that waits (two queries for all)."""
    levels = dict(GateTask.objects.values_list("pk", "level"))
    kind = ContentType.objects.get_for_model(Record)
    running = WorkflowState.objects.filter(
        base_content_type=kind,
        object_id__in=[str(record.pk) for record in records],
        status=WorkflowState.STATUS_IN_PROGRESS,
        current_task_state__status=TaskState.STATUS_IN_PROGRESS,
    )
    rows = running.values_list("object_id", "pk", "current_task_state__task_id")
    return {int(object_id): (round_id, Level(levels[task])) for object_id, round_id, task in rows}


def sorted_out(user: Any, on: date) -> tuple[list[tuple[Record, Level]], list[tuple[Record, Level | None]]]:
    """Records in review that the user may see: those whose present level they may sign, and the others."""
    records = list(in_review(user, on))
    levels = levels_of(records)
    known = know(records, [round_id for round_id, _level in levels.values()], on)
    mine: list[tuple[Record, Level]] = []
    others: list[tuple[Record, Level | None]] = []
    for record in records:
        round_id, level = levels.get(record.pk, (None, None))
        if level and may_sign(user, record, level, round_id, on, known):
            mine.append((record, level))
        else:
            others.append((record, level))
    return mine, others


def waiting_for(user: Any, on: date) -> list[tuple[Record, Level]]:
    """Records whose present level the user may sign."""
    return sorted_out(user, on)[0]
