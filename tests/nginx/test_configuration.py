"""The configuration follows the settings and the addresses that there are, and refuses what would be unsafe."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from mingtang.config.nginx import CannotConfigure, Program, Wishes, make
from mingtang.config.nginx.making import quoted
from mingtang.config.nginx.routes import dynamic
from mingtang.portal.addresses import PARAMETER, path_of
from mingtang.trace import pages
from mingtang.trace.pages import LivePage, Page

#: A value that fits each kind of parameter of a route.
FITTING = {"int": 7, "str": "a-1", "slug": "a-1", "path": "a/b", "uuid": "6f1e7f0c-8a63-4c3b-9a5e-0d2f3a4b5c6d"}
SITE = Path("/srv/mingtang/site")


def wishes(**changed: Any) -> Wishes:
    return Wishes(**{"site": SITE, "listen": "80"} | changed)


def proxied(text: str) -> list[tuple[str, str]]:
    """(kind, address) of every location that leads to the application."""
    found = re.findall(r"^    location (=|~|\^~) (\S+) \{\n(.*?)^    \}", text, re.MULTILINE | re.DOTALL)
    return [(kind, address.strip('"')) for kind, address, inside in found if "proxy_pass" in inside]


def leads(locations: list[tuple[str, str]], path: str) -> bool:
    fits = {
        "=": lambda address: path == address,
        "^~": path.startswith,
        "~": lambda address: re.search(address, path) is not None,
    }
    return any(fits[kind](address) for kind, address in locations)


def example(route: str) -> str:
    return "/" + path_of(
        route, {each["name"]: FITTING[each["converter"] or "str"] for each in PARAMETER.finditer(route)}
    )


def test_every_live_page_leads_to_the_application_and_no_baked_page_does() -> None:
    locations = proxied(make(wishes()))
    assert [page.name for page in pages.live() if not leads(locations, example(page.route))] == []
    assert [each.name for each in pages.registered() if leads(locations, example(each.route))] == []


def test_every_other_address_of_the_application_leads_to_it() -> None:
    locations = proxied(make(wishes()))
    beside = [each for each in get_resolver().url_patterns if getattr(each, "app_name", "") not in ("portal", "live")]
    assert {str(each.pattern) for each in beside} >= {"desk/", "documents/"}
    assert [str(each.pattern) for each in beside if not leads(locations, f"/{each.pattern}x")] == []


def test_a_page_that_a_later_room_registers_leads_there_with_what_helps_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(*_: object, **__: object) -> Page:
        raise AssertionError("never asked")

    from django.urls import path

    later = LivePage("later", "foi/later/<str:number>/<int:year>/", answer, takes_forms=True, stand_in="search/static/")
    monkeypatch.setattr(pages, "_live", {**pages._live, "later": later})
    live = next(each for each in get_resolver().url_patterns if getattr(each, "app_name", "") == "live")
    monkeypatch.setattr(live, "url_patterns", [*live.url_patterns, path(later.route, answer, name="later")])
    text = make(wishes())
    assert leads(proxied(text), "/foi/later/x-1/2026/") and leads(proxied(text), "/foi/later/x-1/2026")
    assert not leads(proxied(text), "/foi/later/x-1/2026/more/") and not leads(proxied(text), "/foi/later/x/y/")
    inside = text.partition("^/foi/later/(?")[2].partition("\n    }")[0]
    assert "=503 /search/static/index.html" in inside and "limit_req" in inside
    assert '"~^/foi/later/." "/foi/later/*";' in text, "the log of visits holds no reader's own address"


def test_what_stands_in_for_a_live_page_is_baked() -> None:
    baked = {each.route for each in pages.registered()}
    assert {page.stand_in for page in pages.live() if page.stand_in} <= baked


def test_nothing_named_reaches_into_the_variables_of_nginx() -> None:
    for route in dynamic():
        assert "?P<" not in route.expression and "$" not in route.prefix
    assert all(isinstance(each, URLPattern | URLResolver) for each in get_resolver().url_patterns)


def test_sizes_are_those_that_the_application_takes(settings: Any) -> None:
    settings.REQUEST_MAX_BYTES = 7 * 1024**2
    text = make(wishes())
    assert re.search(r"location \^~ /desk/ \{[^}]*client_max_body_size 7340032;", text)
    assert re.search(r"^    client_max_body_size 262144;", text, re.MULTILINE)


def test_with_https_the_browser_is_told_to_stay_and_plain_requests_are_sent_there(settings: Any) -> None:
    settings.HTTPS, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://zwgk.example", ["zwgk.example"]
    secure = wishes(listen="443", certificate=Path("/etc/ssl/a.pem"), key=Path("/etc/ssl/a.key"))
    text = make(secure)
    assert "listen 443 ssl http2;\n    listen [::]:443 ssl http2;" in text
    assert 'add_header Strict-Transport-Security "max-age=31536000" always;' in text
    assert "return 301 https://zwgk.example$request_uri;" in text
    newer = make(wishes(**vars(secure) | {"program": Program((1, 26, 3))}))
    assert "listen 443 ssl;" in newer and "http2 on;" in newer


@pytest.mark.parametrize(
    ("changed", "mend"),
    [
        ({"certificate": Path("/a.pem"), "key": Path("/a.key")}, "MINGTANG_URL"),
        ({"name": "my-site"}, "小写字母"),
        ({"listen": "80; include /etc/passwd"}, "--listen"),
        ({"application": "unix:/run/x"}, "--app"),
        ({"site": Path('/srv/a"b')}, "引号"),
        ({"site": Path("/srv/$uri")}, "$"),
        ({"logs": Path("/srv/a\nb")}, "换一个"),
    ],
)
def test_what_is_unsafe_is_refused_with_the_mend(changed: dict[str, Any], mend: str) -> None:
    with pytest.raises(CannotConfigure, match=re.escape(mend)):
        make(wishes(**changed))


def test_https_without_a_certificate_is_refused(settings: Any) -> None:
    settings.HTTPS = True
    with pytest.raises(CannotConfigure, match="--certificate"):
        make(wishes())


@examples(max_examples=60)
@given(st.text(max_size=30))
def test_nothing_breaks_out_of_its_quotes(text: str) -> None:
    try:
        written = quoted(text)
    except CannotConfigure:
        return
    assert written[0] == written[-1] == '"'
    assert not re.search(r'["\\\n\r]|\$[\w{]', written[1:-1])


def test_it_is_the_same_each_time(settings: Any) -> None:
    assert make(wishes()) == make(wishes())


@pytest.mark.parametrize(
    ("allowed", "host", "welcome"),
    [
        (["zwgk.example"], "zwgk.example", True),
        (["zwgk.example"], "zwgkxexample", False),
        (["zwgk.example"], "a.zwgk.example", False),
        ([".example"], "a.b.example", True),
        ([".example"], "example", True),
        ([".example"], "badexample", False),
        (["[::1]"], "[::1]", True),
        (["*"], "anything", True),
    ],
)
def test_hosts_are_those_of_the_settings(settings: Any, allowed: list[str], host: str, welcome: bool) -> None:
    settings.ALLOWED_HOSTS = allowed
    found = re.search(r'if \(\$host !~\* "(.+)"\)', make(wishes()))
    assert (found is None or re.search(found[1], host, re.IGNORECASE) is not None) == welcome
