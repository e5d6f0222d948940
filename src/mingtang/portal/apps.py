"""The room `portal` in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "mingtang.portal"
    verbose_name = _("门户")
