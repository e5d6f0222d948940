"""The room `norms` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NormsConfig(AppConfig):
    name = "mingtang.norms"
    verbose_name = _("规范性文件库")

    def ready(self) -> None:
        """Declare verbs, the kind of record, and the guard in the database."""
        from mingtang.norms import going_out, guards, verbs
        from mingtang.records import kinds

        verbs.declare()
        kinds.register(going_out.KIND)
        post_migrate.connect(guards.install, sender=self, dispatch_uid="norms.guards")
