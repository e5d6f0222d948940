"""The room `trace` in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TraceConfig(AppConfig):
    name = "mingtang.trace"
    verbose_name = _("留痕")

    def ready(self) -> None:
        """Let the transparency log read the stream."""
        from mingtang.trace import readers
        from mingtang.trace.log import builder

        readers.register(builder.READER)
