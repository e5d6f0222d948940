"""The files made of a published edition: PDF, docx, workbook, data package; made once, never changed."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingtang.reports.models.report import Version


def _place(made: Any, name: str) -> str:
    """Where the file lies in the store: by its content, so that nothing is ever overwritten."""
    return f"annual-reports/{made.sha256[:2]}/{made.sha256[:16]}/{name}"


class MadeFile(models.Model):
    """A file of an edition. `edition` is the number that the public knows; `sha256` and `size` are the file's own."""

    class Kind(models.TextChoices):
        PDF = "pdf", _("PDF")
        DOCX = "docx", _("Word 文档")
        XLSX = "xlsx", _("Excel 工作簿")
        DATA = "zip", _("开放数据包（CSV）")

    version_id: int
    get_kind_display: Callable[[], str]

    version = models.ForeignKey(Version, models.PROTECT, related_name="files")
    edition = models.PositiveSmallIntegerField(_("版次"))
    kind = models.CharField(_("类别"), max_length=4, choices=Kind)
    file = models.FileField(_("文件"), upload_to=_place, max_length=200)
    sha256 = models.CharField(_("摘要"), max_length=64)
    size = models.PositiveIntegerField(_("字节数"))
    made_at = models.DateTimeField(_("生成时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("报告文件")
        ordering = ["version", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "kind"], name="annual_file_once")]

    def __str__(self) -> str:
        return self.file.name
