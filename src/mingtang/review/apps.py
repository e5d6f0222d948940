"""The room `review` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "mingtang.review"
    verbose_name = _("审核")

    def ready(self) -> None:
        """Declare verbs, checks and duties, and the guard in the database."""
        from mingtang.bodies.duties import register as register_duties
        from mingtang.review import checks, duties, guards, links, metadata, screening, verbs

        verbs.declare()
        register_duties("review", duties.duties)
        checks.register(metadata.CHECK, links.CHECK, screening.CHECK)
        post_migrate.connect(guards.install, sender=self, dispatch_uid="review.guards")
