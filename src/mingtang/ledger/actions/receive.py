"""Receive an uploaded notice: keep the file and queue its reading, in one transaction."""

import hashlib
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body, User
from mingtang.bodies.permissions import require
from mingtang.ledger import tasks
from mingtang.ledger.actions.uploads import checked
from mingtang.ledger.models import Import, Ledger
from mingtang.trace.actions import record

ENDINGS = ("docx", "pdf", "html", "htm", "txt", "xlsx")


def receive(file: File, *, body: Body, actor: User, moment: datetime) -> Import:
    """Keep a notice of at most 20 MB and queue its reading; the same file is not taken twice while its draft lives.

    Raises `NotPermitted`, `BadUpload`.
    """
    require(actor, "ledger.import", body, moment=moment)
    convert, shrink = _("；doc、wps 请先另存为 docx"), _("请去掉图片或附件后再上传")
    content = checked(file, ENDINGS, convert=convert, shrink=shrink)
    digest = hashlib.sha256(content.read()).hexdigest()
    with transaction.atomic():
        Body.objects.select_for_update().get(pk=body.pk)  # two clicks at once stand in line here
        if known := _still_alive(body, digest):
            return known
        notice = Import.objects.create(
            body=body, file=content, file_name=str(content.name)[:200], size=content.size, digest=digest,
            created_at=moment, touched_at=moment, created_by=actor,
        )  # fmt: skip
        record("ledger.received", notice, actor=actor, moment=moment, body=body.code, after=digest)
        tasks.read_notice.enqueue(notice.pk)
    return notice


def read_again(notice: Import, *, actor: User, moment: datetime) -> Import:
    """Queue the reading of a notice once more, after it failed or the machine stopped in the middle."""
    require(actor, "ledger.import", notice.body, moment=moment)
    with transaction.atomic():
        row = Import.objects.select_for_update().get(pk=notice.pk)
        if row.state == Import.State.DONE:
            return row
        row.state, row.progress, row.step, row.error = Import.State.WAITING, 0, "", ""
        row.touched_at = moment
        row.save(update_fields=["state", "progress", "step", "error", "touched_at"])
        tasks.read_notice.enqueue(row.pk)
    return row


def _still_alive(body: Body, digest: str) -> Import | None:
    known = Import.objects.filter(body=body, digest=digest).exclude(state=Import.State.FAILED)
    return known.exclude(ledger__state=Ledger.State.DISCARDED).first()
