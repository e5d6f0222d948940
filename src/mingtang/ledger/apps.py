"""The room `ledger` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "mingtang.ledger"
    verbose_name = _("工作台账")

    def ready(self) -> None:
        """Declare verbs, the reader of evidence, duties, fulfilment, and public pages."""
        from mingtang.bodies import duties as home
        from mingtang.ledger import api, duties, evidence, fulfilment, pages, verbs
        from mingtang.trace import readers

        verbs.declare()
        readers.register(readers.Reader(evidence.READER, evidence.handle))
        home.register("ledger", duties.of)
        fulfilment.register()
        pages.register()
        api.register()
