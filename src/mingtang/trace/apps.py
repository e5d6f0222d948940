"""The room `trace` in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TraceConfig(AppConfig):
    name = "mingtang.trace"
    verbose_name = _("留痕")
