"""The room `ledger` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "mingtang.ledger"
    verbose_name = _("工作台账")

    def ready(self) -> None:
        """Declare this room's verbs."""
        from mingtang.ledger import verbs

        verbs.declare()
        from mingtang.ledger import evidence
        from mingtang.trace import readers

        readers.register(readers.Reader(evidence.READER, evidence.handle))
        from mingtang.bodies import duties as home
        from mingtang.ledger import duties

        home.register("ledger", duties.of)
