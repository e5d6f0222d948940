"""Receive an uploaded notice: keep the file and queue its reading, in one transaction."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body, User
from mingtang.bodies.permissions import require
from mingtang.ledger import tasks
from mingtang.ledger.errors import BadUpload
from mingtang.ledger.models import Import, Ledger
from mingtang.trace.actions import record

MAX_BYTES = 20 * 1024 * 1024
ENDINGS = ("docx", "pdf", "html", "htm", "txt", "xlsx")


def receive(file: File, *, body: Body, actor: User, moment: datetime) -> Import:
    """Keep a notice of at most 20 MB and queue its reading; the same file is not taken twice while its draft lives.

    Raises `NotPermitted`, `BadUpload`.
    """
    require(actor, "ledger.import", body, moment=moment)
    name = (file.name or "").rpartition("/")[2]
    data = _checked(file, name)
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        Body.objects.select_for_update().get(pk=body.pk)  # two clicks at once stand in line here
        if known := _still_alive(body, digest):
            return known
        notice = Import.objects.create(
            body=body, file=ContentFile(data, name), file_name=name[:200], size=len(data), digest=digest,
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


def _checked(file: File, name: str) -> bytes:
    ending = name.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        raise BadUpload(
            _("“%(name)s”不是可读的格式：请上传 %(join)s 文件；doc、wps 请先另存为 docx。")
            % {"name": name, "join": "、".join(ENDINGS)}
        )
    if file.size > MAX_BYTES:
        raise BadUpload(
            _("“%(name)s”有 %(size).1f MB，超过 20 MB：请去掉图片或附件后再上传。")
            % {"name": name, "size": file.size / 1048576}
        )
    data = file.read()
    if not data.strip():
        raise BadUpload(_("“%(name)s”是空文件：请核对后重新上传。") % {"name": name})
    return data


def _still_alive(body: Body, digest: str) -> Import | None:
    known = Import.objects.filter(body=body, digest=digest).exclude(state=Import.State.FAILED)
    return known.exclude(ledger__state=Ledger.State.DISCARDED).first()
