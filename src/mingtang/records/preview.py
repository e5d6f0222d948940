"""A record at the desk as the public would see it, before it is public."""

import copy
from collections.abc import Callable
from datetime import datetime

from django.http import HttpResponse

from mingtang.records.models import Record, State
from mingtang.records.pages import _page, _surroundings
from mingtang.trace.pages import Page

Renderer = Callable[[Page, str], bytes]

_renderers: list[Renderer] = []


def render_with(renderer: Renderer) -> None:
    """Tell how pages become bytes (the portal does, when it is ready); the last one told counts."""
    _renderers.append(renderer)


def respond(record: Record, moment: datetime) -> HttpResponse:
    """The record's public page as if it were published at `moment`; nothing is stored."""
    shown = copy.copy(record)
    shown.state = State.PUBLISHED
    shown.published_at = shown.published_at or moment
    page = _page(shown, _surroundings([shown]))
    return HttpResponse(_renderers[-1](page, f"records/{record.slug}/"), content_type="text/html; charset=utf-8")
