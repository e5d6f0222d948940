"""The room `search` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "mingtang.search"
    verbose_name = _("检索")

    def ready(self) -> None:
        """Declare verbs, register the pages and the reader that follows the event stream."""
        from mingtang.search import feeding, pages, verbs
        from mingtang.trace import readers

        verbs.declare()
        pages.register()
        readers.register(feeding.READER)
