"""Groups of words that mean the same to a reader, kept by the openness office."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Synonyms(models.Model):
    """Words that find each other: 低保, 最低生活保障."""

    words = models.JSONField(_("同义词"))

    class Meta:
        verbose_name = verbose_name_plural = _("同义词")
        ordering = ["pk"]

    def __str__(self) -> str:
        return "、".join(self.words)
