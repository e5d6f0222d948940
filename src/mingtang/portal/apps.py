"""The room `portal` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "mingtang.portal"
    verbose_name = _("门户")

    def ready(self) -> None:
        """Register pages, previews of records, and the reader that lets the site follow the event stream."""
        from mingtang.portal import elder, feeds, notices, pages, sitemap, tasks
        from mingtang.portal.rendering import render
        from mingtang.records import preview
        from mingtang.trace import readers

        pages.register()
        feeds.register()
        sitemap.register()
        notices.register()
        elder.register()
        preview.render_with(render)
        readers.register(tasks.READER)
