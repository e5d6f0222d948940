"""`mingtang serve`: portal, desk and the worker beside them, until stopped."""

import logging
import os
import signal

import click

from mingtang.cli.output import emit_json, format_option, refuse


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址。")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="监听的端口。")
@click.option("--no-worker", is_flag=True, help="不带后台进程（另行运行 mingtang worker 时使用）。")
@format_option
def serve(host: str, port: int, no_worker: bool, output_format: str) -> None:
    """提供门户与工作台，并带一个后台进程；Ctrl+C 或 SIGTERM 停止。"""
    from mingtang.config import liveness, readiness, server, static

    readiness.start_django()
    from django.conf import settings

    if problem := readiness.obstacle():
        refuse(problem)
    try:
        listening = server.listen(host, port)
    except server.CannotListen as error:
        refuse(str(error))
    static.collect()

    from mingtang.config.supervision import Companion
    from mingtang.config.wsgi import application

    # Log lines of waitress itself (a client that went away) say nothing to whoever runs an office.
    logging.getLogger("waitress").setLevel(logging.ERROR)
    companion = None if no_worker else Companion()
    web = server.make(application, listening)
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, _leave)
    if companion:
        companion.start()
    presence = liveness.FileLiveness(settings.HOME / "run")
    presence.hold(f"serve-{os.getpid()}")
    _announce(host, port, output_format)
    try:
        web.run()  # ends on SystemExit, after the requests at hand
    finally:
        web.close()
        presence.release()
        if companion:
            companion.stop()


def _leave(*_: object) -> None:
    raise SystemExit(0)


def _announce(host: str, port: int, output_format: str) -> None:
    from django.conf import settings

    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}/"
    if output_format == "json":
        emit_json({"portal": address, "desk": address + "desk/", "pid": os.getpid()})
        return
    click.echo(f"门户   {address}\n工作台 {address}desk/", err=True)
    if (accounts := settings.HOME / "demo-accounts.json").exists():
        click.echo(f"演示账号与口令见 {accounts}", err=True)
    click.echo("按 Ctrl+C 停止。", err=True)
