"""The room `api` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "mingtang.api"
    verbose_name = _("开放接口")

    def ready(self) -> None:
        """Register the page that explains the API."""
        from mingtang.api import pages

        pages.register()
