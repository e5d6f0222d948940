"""The web server of an installation: waitress, one process, a few threads, bounds against slow and large clients."""

import errno
import socket
from typing import Any

from django.conf import settings
from waitress.server import create_server

THREADS = 4
#: Seconds without a byte after which a connection is closed.
IDLE_SECONDS = 30
CONNECTIONS = 400
HEADER_BYTES = 32 * 1024


class CannotListen(Exception):
    """The address cannot be listened on; the message is a Chinese line with the mend."""


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address; raises `CannotListen`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = socket.socket(family, socket.SOCK_STREAM)
    # Without it a restart would have to wait a minute for connections of the former process.
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind((host, port))
        server.listen(256)
    except (OSError, OverflowError) as error:
        server.close()
        raise CannotListen(_line(host, port, error)) from error
    return server


def make(application: Any, server_socket: socket.socket) -> Any:
    """A waitress server (`.run()`, `.close()`) over the application."""
    proxy: dict[str, Any] = {}
    if settings.TRUSTED_PROXY:
        # Only from this address are the visitor's own address and scheme believed.
        proxy = {
            "trusted_proxy": settings.TRUSTED_PROXY,
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
    return create_server(
        application,
        sockets=[server_socket],
        threads=THREADS,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=5,
        max_request_header_size=HEADER_BYTES,
        max_request_body_size=settings.REQUEST_MAX_BYTES,
        clear_untrusted_proxy_headers=True,
        expose_tracebacks=False,
        ident=None,
        asyncore_use_poll=True,
        **proxy,
    )


def _line(host: str, port: int, error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return f"{host}:{port} 已被占用：请停止占用它的程序，或用 --port 换一个端口。"
    if number == errno.EACCES:
        return f"没有权限使用端口 {port}：请用 1024 以上的端口，由 nginx 转发。"
    return f"不能在 {host}:{port} 上监听：{error}。请检查 --host 与 --port。"
