"""The room `foi` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FoiConfig(AppConfig):
    name = "mingtang.foi"
    verbose_name = _("依申请公开")

    def ready(self) -> None:
        """Declare the verbs, register what is counted, the letters, the public pages and the calendars."""
        from mingtang.foi import letterpress, letters, pages, statistics, verbs
        from mingtang.foi.desk import feed

        verbs.declare()
        letterpress.use(letters)
        statistics.register()
        pages.register()
        feed.register()
