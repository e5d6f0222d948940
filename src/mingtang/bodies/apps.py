"""The room `bodies` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BodiesConfig(AppConfig):
    name = "mingtang.bodies"
    verbose_name = _("机构与人员")

    def ready(self) -> None:
        """Declare this room's verbs and public pages."""
        from mingtang.bodies import api, pages, verbs

        verbs.declare()
        pages.register()
        api.register()
