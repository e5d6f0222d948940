"""The room `foi` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FoiConfig(AppConfig):
    name = "mingtang.foi"
    verbose_name = _("依申请公开")

    def ready(self) -> None:
        """Declare the verbs, register what is counted, the letters and the public pages."""
        from mingtang.foi import letterpress, letters, pages, statistics, verbs

        verbs.declare()
        letterpress.use(letters)
        statistics.register()
        pages.register()
