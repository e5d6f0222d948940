"""The demo's records, put out through the acts of their room: each whole with its events, or not at all."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from mingtang.bodies.models import Body
from mingtang.demo.plan import ACTOR, Plan
from mingtang.demo.writing import Text, write
from mingtang.records import actions
from mingtang.records.models import Column, Record
from mingtang.trace.models import Event

#: Of so many records one is corrected, so long after it went out.
CORRECTED, CORRECTED_AFTER = 16, timedelta(minutes=45)
CORRECTION = "<p>联系人及联系方式以本次更正后的内容为准（演示）。</p>"
CORRECTION_NOTE = "更正联系人及联系方式（演示）。"


def published() -> int:
    """How many demo records have gone out; they go out in the order of their numbers."""
    return Event.objects.filter(verb="records.published", actor=ACTOR).count()


class Publisher:
    """Puts out record after record; looks bodies and columns up once."""

    def __init__(self) -> None:
        self.bodies = {body.code: body for body in Body.objects.all()}
        self.columns = {column.path: column for column in Column.objects.all()}

    @transaction.atomic
    def put_out(self, number: int, plan: Plan) -> Record:
        """Create, approve and publish record `number` at its moment."""
        moment = plan.moment_of(number)
        text = write(number, plan.seed, timezone.localtime(moment).date())
        record = actions.create(**self._fields(text), actor=ACTOR, moment=moment)
        actions.approve(record, actor=ACTOR, moment=moment)
        actions.publish(record, actor=ACTOR, moment=moment)
        if number % CORRECTED == CORRECTED // 2:
            self._correct(record, moment + CORRECTED_AFTER)
        return record

    def _correct(self, record: Record, moment: datetime) -> None:
        """Publish the record again with a line more, so that it has a past version."""
        record.text += CORRECTION
        record.change_note = CORRECTION_NOTE
        actions.save_draft(record, actor=ACTOR, moment=moment)
        actions.approve(record, actor=ACTOR, moment=moment)
        actions.publish(record, actor=ACTOR, moment=moment)

    def _fields(self, text: Text) -> dict[str, Any]:
        return {
            "body": self.bodies[text.body], "column": self.columns[text.column], "title": text.title,
            "topic": text.topic, "genre": text.genre, "form": text.form, "document_number": text.document_number,
            "made_on": text.made_on, "effective_on": text.effective_on, "text": text.text,
            "validity": "valid" if text.effective_on else "not_applicable", "source": "演示数据",
        }  # fmt: skip
