"""`mingtang worker`: background tasks, readers of the event stream and chores, beside or without `serve`."""

import os
import signal

import click

from mingtang.cli.output import emit_json, format_option, refuse


@click.command("worker")
@click.option("--beside", type=int, hidden=True, help="与该进程共存亡（serve 启动后台进程时使用）。")
@format_option
def worker(beside: int | None, output_format: str) -> None:
    """运行后台进程：执行导入、生成静态站等任务，处理事件流，按时发布，清理过期数据。"""
    from mingtang.config import readiness

    readiness.start_django()
    if problem := readiness.obstacle():
        refuse(problem)
    from django.conf import settings
    from django.utils import timezone

    from mingtang.config import liveness
    from mingtang.config.worker import Worker

    stopped: list[int] = []

    def stop(number: int, _frame: object) -> None:
        stopped.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)

    def stopping() -> bool:
        # A server that was killed outright can tell its worker nothing; the worker sees that it has a new parent.
        return bool(stopped) or (beside is not None and os.getppid() != beside)

    folder = settings.HOME / "run"
    name = liveness.new_name()
    if output_format == "json":
        emit_json({"worker": name, "pid": os.getpid()})
    elif beside is None:
        click.echo(f"后台进程 {name} 已启动，按 Ctrl+C 停止。", err=True)
    # Seen by `doctor` and `restore` on this machine, also where the database keeps the lock.
    presence = liveness.FileLiveness(folder)
    presence.hold(f"worker-{os.getpid()}")
    try:
        Worker(name, liveness.of_database(folder), folder, timezone.now).run(stopping)
    finally:
        presence.release()
