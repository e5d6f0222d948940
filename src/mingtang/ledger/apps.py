"""The room `ledger` in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "mingtang.ledger"
    verbose_name = _("工作台账")
