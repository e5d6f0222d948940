"""The room `reports` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "mingtang.reports"
    verbose_name = _("年度报告")

    def ready(self) -> None:
        """Declare the verbs; register check, duties, reader and public pages; lay the guards in the database."""
        from mingtang.bodies import duties as home
        from mingtang.reports import checking, duties, filing, guards, pages, verbs
        from mingtang.trace import readers

        verbs.declare()
        home.register("reports", duties.of)
        checking.register()
        readers.register(filing.READER)
        pages.register()
        post_migrate.connect(guards.install, sender=self, dispatch_uid="reports.guards")
