"""The room `desk` in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "mingtang.desk"
    verbose_name = _("工作台")
