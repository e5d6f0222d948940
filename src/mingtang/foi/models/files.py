"""Files of a request: kept encrypted outside the database, purged on their day."""

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang.foi.models.request import Request

if TYPE_CHECKING:
    from mingtang.foi.models.letter import Letter


class FileKind(models.TextChoices):
    """What a file is in the request."""

    IDENTITY = "identity", _("身份证明")
    ATTACHMENT = "attachment", _("申请附件")
    CORRECTION = "correction", _("补正材料")
    LETTER_PDF = "letter_pdf", _("文书（PDF）")
    LETTER_DOCX = "letter_docx", _("文书（docx）")
    REPLY_ATTACHMENT = "reply_attachment", _("提供的信息")
    PARTY_ANSWER = "party_answer", _("意见回函")
    PROOF = "proof", _("送达凭证")
    MATERIAL = "material", _("办理材料")
    REDACTED = "redacted", _("遮盖后的文件")
    ARCHIVE = "archive", _("归档包")


#: What the applicant may fetch once its letter was handed over.
FOR_APPLICANT = (FileKind.LETTER_PDF, FileKind.LETTER_DOCX, FileKind.REPLY_ATTACHMENT)


class File(models.Model):
    """One file. `size` and `digest` (SHA-256) are of the content, not of what lies on the disk."""

    request_id: int
    letter_id: int | None
    get_kind_display: Callable[[], str]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(Request, models.PROTECT, related_name="files")
    kind = models.CharField(_("种类"), max_length=20, choices=FileKind)
    name = models.CharField(_("文件名"), max_length=200)
    media_type = models.CharField(_("类型"), max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("字节"))
    digest = models.CharField(_("摘要"), max_length=64)
    letter: models.ForeignKey["Letter | None"] = models.ForeignKey(
        "foi.Letter", models.PROTECT, null=True, blank=True, related_name="files"
    )
    party: models.ForeignKey[Any] = models.ForeignKey(
        "foi.Party", models.PROTECT, null=True, blank=True, related_name="files"
    )
    made_at = models.DateTimeField(_("时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    purge_on = models.DateField(_("清除日期"), null=True, blank=True, db_index=True)
    purged_at = models.DateTimeField(_("清除时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("文件")
        ordering = ["made_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="foi_file_not_empty")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.id}"
