"""Filling the template of the configuration; what cannot be written into it safely is refused with the mend."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mingtang import __version__
from mingtang.config import errors, headers, limits
from mingtang.config.nginx import routes
from mingtang.config.nginx.program import Program
from mingtang.portal import addresses, assets, notices, serving
from mingtang.portal.bake import release
from mingtang.trace import pages
from mingtang.trace.log import builder
from mingtang.trace.log.tiles import CHECKPOINT
from mingtang.trace.pages import LivePage

#: Seconds after which a reader is asked to try again, by the status that nginx answers.
RETRY_AFTER = {429: 30, 503: errors.AWAY_SECONDS}
#: What nginx calls its own refusal of too many requests, so that it is not taken for one of the application's.
BUSY = 498

DESK = "/desk/"
#: Types that only the desk's styles ask for.
DESK_TYPES = {".woff": "font/woff", ".woff2": "font/woff2", ".gif": "image/gif", ".map": "application/json"}


class CannotConfigure(Exception):
    """The settings do not make a safe configuration; the message is a Chinese line with the mend."""


@dataclass(frozen=True)
class Wishes:
    """What the settings do not know: where nginx listens, where the application answers, where certificates lie.

    `site` is the folder with `current`; `name` sets the names of zones and variables apart from other instances'.
    """

    site: Path
    listen: str
    application: str = "127.0.0.1:8000"
    certificate: Path | None = None
    key: Path | None = None
    plain_listen: str = "80"
    logs: Path = Path("/var/log/nginx")
    name: str = "mingtang"
    program: Program = field(default_factory=Program)


def make(wishes: Wishes) -> str:
    """The text of the configuration, to be included in nginx's `http` block. Raises `CannotConfigure`."""
    _check(wishes)
    environment = Environment(  # noqa: S701 - what is made is no HTML
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"quoted": quoted}
    return environment.get_template("mingtang.conf.jinja").render(_facts(wishes))


def quoted(value: object) -> str:
    """A value as nginx reads it between quotes; raises `CannotConfigure` for what it could not tell from syntax."""
    text = str(value)
    if re.search(r'["\\\n\r]|\$(?=\w|\{)', text):
        raise CannotConfigure(f"nginx 的配置里不能写 {text!r}：请换一个不含引号、反斜杠和 $ 的名称。")
    return f'"{text}"'


def expression(text: str) -> str:
    """A regular expression between quotes: here backslashes and the closing `$` mean what they say."""
    if re.search(r'["\n\r]', text):
        raise CannotConfigure(f"nginx 的配置里不能写表达式 {text!r}。")
    return f'"{text}"'


def _check(wishes: Wishes) -> None:
    if settings.HTTPS and not (wishes.certificate and wishes.key):
        raise CannotConfigure("MINGTANG_URL 以 https:// 开头：请用 --certificate 和 --key 指明证书与私钥文件。")
    if wishes.certificate and not settings.HTTPS:
        raise CannotConfigure("指明了证书，而 MINGTANG_URL 不以 https:// 开头：请先把它改成 https:// 的地址。")
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,31}", wishes.name):
        raise CannotConfigure(f"名称 {wishes.name!r} 不可用：请以小写字母开头，只用小写字母、数字和下划线。")
    addresses_given = {
        "--listen": wishes.listen, "--plain-listen": wishes.plain_listen, "--app": wishes.application,
    }  # fmt: skip
    for what, address in addresses_given.items():
        if not re.fullmatch(r"(?:[\w.-]+:|\[[0-9a-fA-F:]+\]:)?\d{1,5}", address):
            raise CannotConfigure(f"{what}：{address!r} 不是地址，请写成 端口 或 主机:端口。")


def _facts(wishes: Wishes) -> Mapping[str, Any]:
    """What the template asks for."""
    found = routes.dynamic()
    texts = {serving.CHECKPOINT_TYPE, *filter(serving.is_text, serving.PAGE_TYPES.values())}
    return {
        "version": __version__,
        "wishes": wishes,
        "program": wishes.program,
        "root": wishes.site / release.CURRENT,
        "listens": _listens(wishes.listen),
        "plain_listens": _listens(wishes.plain_listen),
        "public_url": settings.PUBLIC_URL,
        "hosts": _hosts(),
        "server_names": _server_names(),
        "headers": headers.of_public_pages(),
        "serving": serving,
        "types": _types(serving.PAGE_TYPES),
        "texts": sorted(texts - {"text/html"}),  # which nginx always counts among them
        "by_content": "|".join(serving.BY_CONTENT),
        "assets": assets.FOLDER,
        "files": serving.FILES,
        "file_types": _types(serving.FILE_TYPES),
        "shown": "|".join(suffix[1:] for suffix in serving.FILE_TYPES),
        "log_folder": builder.public_folder(),
        "checkpoint": CHECKPOINT,
        "static": {
            "address": settings.STATIC_URL,
            "folder": settings.STATIC_ROOT,
            "types": _types(serving.PAGE_TYPES | DESK_TYPES),
        },
        "desk": DESK,
        "login": settings.LOGIN_URL,
        "prefixes": [route for route in found if route.prefix],
        "expressions": [
            (expression(route.expression), _stand_in(route), _takes_bytes(route)) for route in found if route.expression
        ],
        "secrets": sorted({_before_arguments(page) for page in pages.live() if "<" in page.route} - {"/"}),
        "stranger_bytes": limits.STRANGER_MAX_BYTES,
        "request_bytes": settings.REQUEST_MAX_BYTES,
        "retry_after": RETRY_AFTER,
        "busy": BUSY,
        "away": notices.AWAY,
        "too_large": notices.TOO_LARGE,
        "too_often": notices.TOO_OFTEN,
    }


def _takes_bytes(route: routes.Route) -> int:
    """How much a request to a page that takes files may bring; 0 where it is what every stranger may send."""
    return (route.page.takes_bytes or 0) if route.page else 0


def _stand_in(route: routes.Route) -> str:
    """The baked file that is shown where the application does not answer."""
    return addresses.file_of(route.page.stand_in) if route.page and route.page.stand_in else notices.AWAY


def _before_arguments(page: LivePage) -> str:
    """The part of an address that every reader of a live page shares; what follows may be the secret of one."""
    return "/" + page.route.partition("<")[0]


def _listens(wish: str) -> list[str]:
    """A port alone is listened on in both versions of IP."""
    return [wish, f"[::]:{wish}"] if wish.isdecimal() else [wish]


def _types(by_suffix: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(media_type, suffix.removeprefix(".")) for suffix, media_type in sorted(by_suffix.items())]


def _hosts() -> str:
    """An expression that fits the hosts of `MINGTANG_HOSTS` and no other; empty when all are welcome."""
    if "*" in settings.ALLOWED_HOSTS:
        return ""
    return expression("^(?:" + "|".join(map(_host, filter(None, settings.ALLOWED_HOSTS))) + ")$")


def _host(name: str) -> str:
    """A leading dot stands for the domain and everything below it, as in Django."""
    plain = re.escape(name.removeprefix("."))
    return rf"(?:[^.]+\.)*{plain}" if name.startswith(".") else plain


def _server_names() -> str:
    names: Iterable[str] = (name for name in settings.ALLOWED_HOSTS if re.fullmatch(r"\.?[\w.-]+", name))
    return " ".join(names) or "_"
