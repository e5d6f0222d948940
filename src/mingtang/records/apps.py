"""The room `records` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "mingtang.records"
    verbose_name = _("信息资源库")

    def ready(self) -> None:
        """Declare verbs, the policy of rows, evidence, statistics, duties, and the guard in the database."""
        from wagtail.permissions import register_permission_policy

        from mingtang.bodies.duties import register as register_duties
        from mingtang.records import api, body_section, duties, evidence, guards, pages, statistics, verbs
        from mingtang.records.models import Record
        from mingtang.records.policy import RecordPolicy
        from mingtang.trace.evidence import register as register_evidence

        verbs.declare()
        pages.register()
        api.register()
        body_section.register()
        statistics.register()
        register_permission_policy(Record, RecordPolicy())
        register_evidence(evidence.PROVIDER)
        register_duties("records", duties.duties)
        post_migrate.connect(guards.install, sender=self, dispatch_uid="records.guards")
