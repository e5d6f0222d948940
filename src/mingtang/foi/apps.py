"""The room `foi` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FoiConfig(AppConfig):
    name = "mingtang.foi"
    verbose_name = _("依申请公开")

    def ready(self) -> None:
        """Declare the verbs; register what is counted, proved and due, the letters, the public pages, the calendars."""
        from mingtang.bodies import duties as home
        from mingtang.foi import duties, evidence, letterpress, letters, pages, statistics, verbs
        from mingtang.foi.desk import feed
        from mingtang.trace.evidence import register as register_evidence

        verbs.declare()
        letterpress.use(letters)
        statistics.register()
        register_evidence(evidence.PROVIDER)
        home.register("foi", duties.of)
        pages.register()
        feed.register()
