"""Choosers that are started from data by the desk's script: the content policy runs no inline script."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.snippets.widgets import AdminSnippetChooser

ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


class StartedByData:
    """Mixed into one of Wagtail's choosers: the same markup, its start as JSON in `data-mt-start`."""

    js_constructor: str

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The widget, and what `desk.js` starts it with."""
        chosen = self.get_value_data(value)  # type: ignore[attr-defined]
        markup = self.render_html(name, chosen, attrs)  # type: ignore[attr-defined]
        options = self.get_js_init_options(attrs["id"], name, chosen)  # type: ignore[attr-defined]
        data = mark_safe(json.dumps([attrs["id"], options]).translate(ESCAPED))  # noqa: S308 - escaped in this line
        start = format_html('<script type="application/json" data-mt-start="{}">{}</script>', self.js_constructor, data)
        return mark_safe(f"{markup}{start}")  # noqa: S308 - both parts are escaped markup


# Wagtail picks the class by a setting, so the checker sees none.
class FileChooser(StartedByData, AdminDocumentChooser):  # pyright: ignore[reportGeneralTypeIssues]
    """Chooses or uploads a file."""


class RecordChooser(StartedByData, AdminSnippetChooser):
    """Chooses a record."""
