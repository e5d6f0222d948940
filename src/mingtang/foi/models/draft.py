"""Applications that are being written: kept for a few days under a secret that only the applicant's browser holds."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager


class Draft(models.Model):
    """An application not yet sent, or just sent. Without the applicant's secret nobody can read it, this office least.

    `key` recognises the secret; `sealed` is what was written, encrypted under the secret and then by the vault.
    """

    files: "RelatedManager[DraftFile]"

    key = models.CharField(max_length=64, unique=True, editable=False)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sealed = models.BinaryField(default=b"", editable=False)
    changed_at = models.DateTimeField(_("修改时间"))
    expires_at = models.DateTimeField(_("清除时间"), db_index=True)
    is_sent = models.BooleanField(_("已提交"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("未提交的申请")

    def __str__(self) -> str:
        return f"草稿 {self.pk}"


class DraftFile(models.Model):
    """A file of an application not yet sent; its name and kind stand within the draft."""

    draft_id: int

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sealed = models.BinaryField(editable=False)
    size = models.PositiveIntegerField(_("字节"))

    class Meta:
        verbose_name = verbose_name_plural = _("未提交的附件")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"附件 {self.pk}"
