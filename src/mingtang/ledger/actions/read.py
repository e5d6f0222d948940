"""Read a received notice into a draft ledger: all of it or nothing, however often it is tried."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang import text
from mingtang.ledger import building
from mingtang.ledger.models import Import, Ledger
from mingtang.text import TextError
from mingtang.trace.actions import record

Clock = Callable[[], datetime]


def read(notice: Import, *, clock: Clock) -> Ledger | None:
    """The draft ledger of a notice, made now or before; None when the file cannot be read (the import says why).

    `clock` gives the moment of each step. A stop in the middle leaves the import waiting or reading and no ledger;
    reading again completes it.
    """
    if notice.state == Import.State.DONE:
        return notice.ledger
    try:
        _step(notice, 10, _("打开文件"), clock())
        with notice.file.open("rb") as file:
            document = text.read_bytes(file.read())
        _step(notice, 40, _("识别层次和任务"), clock())
        draft = text.extract_ledger(document)
        _step(notice, 75, _("写入草稿"), clock())
    except TextError as error:
        _fail(notice, str(error), clock())
        return None
    except Exception:
        _fail(notice, _("读取时出现意外问题：请重新读取一次；仍不行时请联系系统管理员查看日志。"), clock())
        raise
    return _write(notice, document.text, draft, clock())


def _step(notice: Import, progress: int, step: str, moment: datetime) -> None:
    Import.objects.filter(pk=notice.pk).exclude(state=Import.State.DONE).update(
        state=Import.State.READING, progress=progress, step=step, touched_at=moment
    )


def _fail(notice: Import, line: str, moment: datetime) -> None:
    with transaction.atomic():
        Import.objects.filter(pk=notice.pk).exclude(state=Import.State.DONE).update(
            state=Import.State.FAILED, error=line[:300], touched_at=moment
        )
        record("ledger.unreadable", notice, actor="system:ledger", moment=moment, body=notice.body.code)


@transaction.atomic
def _write(notice: Import, source: str, draft: text.Draft, moment: datetime) -> Ledger:
    row = Import.objects.select_for_update().get(pk=notice.pk)
    if row.state == Import.State.DONE:
        return row.ledger
    ledger = building.build(draft, source, body=notice.body, notice=row, moment=moment)
    row.state, row.progress, row.step, row.error = Import.State.DONE, 100, "", ""
    row.draft, row.touched_at, row.finished_at = draft.as_json(), moment, moment
    row.save()
    record(
        "ledger.drafted", ledger, actor="system:ledger", moment=moment, body=notice.body.code, after=row.digest,
        data={"items": ledger.items.count(), "tasks": ledger.tasks.count()},
    )  # fmt: skip
    return ledger
