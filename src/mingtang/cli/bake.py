"""`mingtang bake`: the public site to files, swapped in at once."""

import dataclasses
import sys
import time
from pathlib import Path

import click

from mingtang.cli.output import FOUND, emit_json, format_option, refuse


@click.command("bake")
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--full", is_flag=True, help="每个文件都重新写出；不加时，内容未变的文件沿用上一版。")
@format_option
def bake(out: Path, full: bool, output_format: str) -> None:
    """把公开网站生成为静态文件，写进 OUT；全部完成后一次切换，中途停止则网站保持原样。

    OUT/current 指向当前版本，可由 nginx 等直接对外提供；上一版保留，更早的删除。
    """
    from mingtang.config import readiness

    readiness.start_django()
    if problem := readiness.obstacle():
        refuse(problem)
    from django.utils import timezone

    from mingtang.portal import bake as baker
    from mingtang.portal.bake.errors import BakeError
    from mingtang.portal.tasks import log_first

    began = time.monotonic()
    log_first(timezone.now())
    try:
        baked = baker.bake(out.resolve(), timezone.now(), full=full, progress=_tell)
    except BakeError as error:
        refuse(str(error))
    seconds = time.monotonic() - began
    for line in baked.problems:
        click.echo(line, err=True)
    if output_format == "json":
        emit_json({**dataclasses.asdict(baked), "out": str(out.resolve()), "seconds": round(seconds, 3)})
    else:
        click.echo(
            f"已生成 {baked.pages} 个页面、{baked.files} 个文件（{baked.reused} 个与上一版相同），"
            f"用时 {seconds:.1f} 秒：{out.resolve() / 'current'}"
        )
    if baked.problems:
        sys.exit(FOUND)


def _tell(pages: int) -> None:
    click.echo(f"\r已生成 {pages} 个页面", err=True, nl=False)
    if not sys.stderr.isatty():
        click.echo(err=True)
