"""The room `records` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "mingtang.records"
    verbose_name = _("信息资源库")

    def ready(self) -> None:
        """Declare this room's verbs."""
        from mingtang.records import verbs

        verbs.declare()
