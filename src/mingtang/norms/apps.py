"""The room `norms` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NormsConfig(AppConfig):
    name = "mingtang.norms"
    verbose_name = _("规范性文件库")

    def ready(self) -> None:
        """Declare verbs and the kind of record; register what each part of the core asks for; guard the database."""
        from mingtang.bodies.duties import register as register_duties
        from mingtang.norms import checks, duties, evidence, going_out, guards, pages, statistics, verbs
        from mingtang.records import kinds
        from mingtang.review.checks import register as register_checks
        from mingtang.trace.evidence import register as register_evidence

        verbs.declare()
        kinds.register(going_out.KIND)
        statistics.register()
        pages.register()
        register_evidence(evidence.PROVIDER)
        register_duties("norms", duties.of)
        register_checks(checks.CHECK)
        post_migrate.connect(guards.install, sender=self, dispatch_uid="norms.guards")
