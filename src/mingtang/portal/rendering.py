"""The Jinja environment of public pages, and turning a page into the bytes that are served or baked."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import engines
from django.utils import timezone, translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from mingtang.portal import addresses, assets
from mingtang.portal.site import Site, current_site
from mingtang.trace import counts
from mingtang.trace.pages import Page, data_path
from mingtang.trace.shapes import absolute

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def environment(**options: Any) -> Environment:
    """A Jinja environment in which an unknown name is an error, never an empty space."""
    options["undefined"] = StrictUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    options["extensions"] = ["jinja2.ext.i18n"]
    env = Environment(**options)  # noqa: S701 - Django passes autoescape=True
    # Chinese stays readable in JSON, and fields stand in the order in which they were listed.
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    env.install_gettext_callables(_translated, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters |= {"day": chinese_day, "moment": chinese_moment, "iso": iso, "number": grouped}
    env.filters |= {"short_day": short_day}
    env.filters |= {"rfc3339": rfc3339, "xml": xml_text, "json": as_json}
    env.tests["day"] = lambda value: isinstance(value, date)
    env.globals |= {"asset": assets.asset, "address": addresses.address, "public_url": settings.PUBLIC_URL}
    env.globals |= {"absolute": absolute, "count_address": counts.address}
    return env


def _translated(message: str) -> str:
    return _remembered(translation.get_language(), message)


@lru_cache(maxsize=10_000)
def _remembered(_language: str | None, message: str) -> str:
    """A page asks for some forty texts, a bake for the same ones again and again."""
    return translation.gettext(message)


def chinese_day(value: date | datetime) -> str:
    """A day as official documents write it: 2022年6月30日 (moments are read in the site's time zone)."""
    day = _local(value)
    return f"{day.year}年{day.month}月{day.day}日"


def short_day(value: date | datetime) -> str:
    """A day as lists write it, where the column must be narrow: 2022-06-30."""
    return f"{_local(value):%Y-%m-%d}"


def chinese_moment(value: datetime) -> str:
    """A day with its hour and minute: 2022年6月30日 09:05."""
    return f"{chinese_day(value)} {_local(value):%H:%M}"


def iso(value: date | datetime) -> str:
    """What `<time datetime>` wants: 2022-06-30, or with hour, minute and offset for a moment."""
    local = _local(value)
    return local.isoformat(timespec="minutes") if isinstance(local, datetime) else local.isoformat()


def rfc3339(value: datetime) -> str:
    """A moment as Atom wants it: 2022-06-30T09:05:00+08:00."""
    return timezone.localtime(value).isoformat(timespec="seconds")


def as_json(value: Any) -> Markup:
    """A value as a JSON document of its own (within HTML, `tojson` escapes what would end the element)."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")))  # noqa: S704 - not HTML


def xml_text(value: str) -> str:
    """A text without the characters that XML 1.0 does not know."""
    return NOT_XML.sub("", value)


def grouped(value: int) -> str:
    """A number with its thousands set apart: 12,345."""
    return f"{value:,}"


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) else value


def render(page: Page, path: str, site: Site | None = None) -> bytes:
    """The bytes of a page at `path` (below the portal's root, without a leading slash).

    `site` holds what all pages share; it is read from the database where it is not given. Raises
    `jinja2.UndefinedError` when a template asks for something that the page does not give.
    """
    template = engines["portal"].env.get_template(page.template)  # type: ignore[attr-defined]
    shared: Mapping[str, Any] = {
        "site": site or current_site(),
        "here": path,
        "data_at": data_path(path) if page.shape else "",
        "linked": page.linked,
    }
    with translation.override(settings.LANGUAGE_CODE):
        return template.render({**shared, **page.context}).encode()
