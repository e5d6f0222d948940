"""Checks of what the outside sees: host names, HTTPS, the proxy, the demo's accounts, the log."""

import ipaddress
import json
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.http.request import validate_host

from mingtang.bodies.models import User
from mingtang.config.checkup.finding import Finding, bad, good
from mingtang.portal.site import current_site


def is_public() -> bool:
    """Whether the installation has a name or address that others than this machine can call."""
    named = [host for host in settings.ALLOWED_HOSTS if host] + [urlsplit(settings.PUBLIC_URL).hostname or ""]
    return any(not is_loopback(host) for host in named)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    plain = host.strip("[]").lower()
    if plain == "localhost" or plain.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(plain).is_loopback
    except ValueError:
        return False


def hosts(moment: datetime) -> Iterator[Finding]:
    """Only the installation's own names are answered."""
    if any(host.strip() == "*" or host.strip() == "." for host in settings.ALLOWED_HOSTS):
        yield bad("hosts", "MINGTANG_HOSTS 允许任何主机名", "改为网站的域名，逗号分隔。")
        return
    own = urlsplit(settings.PUBLIC_URL).hostname or ""
    if not validate_host(f"[{own}]" if ":" in own else own, settings.ALLOWED_HOSTS):
        yield bad("hosts", f"MINGTANG_URL 的主机 {own} 不在 MINGTANG_HOSTS 里", "把它加进 MINGTANG_HOSTS。")
    else:
        yield good("hosts", f"只答复 {'、'.join(settings.ALLOWED_HOSTS)}")


def https(moment: datetime) -> Iterator[Finding]:
    """What is public is encrypted, and then everything that depends on it is on."""
    if not settings.HTTPS:
        if is_public():
            yield bad(
                "https",
                "对外服务而没有启用 HTTPS，口令会明文传送",
                "把 MINGTANG_URL 设为 https:// 开头，由 nginx 提供证书。",
            )
        else:
            yield good("https", "只在本机服务，不需要 HTTPS")
        return
    found = checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True)
    for warning in (each for each in found if not each.is_silenced()):
        yield bad("https", f"{warning.id}：{warning.msg}", "请恢复默认设置。")
    if all(each.is_silenced() for each in found):
        yield good("https", f"启用了 HTTPS（{settings.PUBLIC_URL}）")


def proxy(moment: datetime) -> Iterator[Finding]:
    """Only one known proxy is believed about who the visitor is."""
    if settings.TRUSTED_PROXY == "*":
        yield bad("proxy", "MINGTANG_PROXY 相信任何来源，访客可以伪造地址", "填写反向代理的地址，如 127.0.0.1。")
    elif is_public() and not settings.TRUSTED_PROXY:
        yield bad("proxy", "没有设置反向代理，登录限制会把所有访客当作一个", "把 MINGTANG_PROXY 设为 nginx 的地址。")


def logging(moment: datetime) -> Iterator[Finding]:
    """The log is not so talkative that it holds what people entered."""
    level = str(settings.LOGGING["root"]["level"]).upper()
    if level == "DEBUG":
        yield bad("log", "日志级别为 DEBUG，会记下查询内容", "把 MINGTANG_LOG_LEVEL 改为 WARNING。")


def demo(moment: datetime) -> Iterator[Finding]:
    """Accounts of the demo, whose passwords stand in a file, are not those of a real installation."""
    place = settings.HOME / "demo-accounts.json"
    if not place.exists():
        return
    names = [account["username"] for account in json.loads(place.read_text(encoding="utf-8")).values()]
    active = User.objects.filter(username__in=names, is_active=True).count()
    if active and (is_public() or not current_site().is_demo):
        yield bad("demo", f"{active} 个演示账号仍可登录，口令写在 {place.name} 里", f"停用这些账号，再删除 {place}。")
