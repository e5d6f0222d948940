"""`mingtang restore`: an installation back from a backup, whole or not at all."""

from pathlib import Path

import click

from mingtang.cli.output import emit_json, format_option, refuse


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="替换实例里已有的内容；原有内容另存在实例文件夹里。")
@format_option
def restore(file: Path, force: bool, output_format: str) -> None:
    """由备份恢复实例：先全部核对，再一次换入。恢复后执行 mingtang setup。"""
    from mingtang.config import readiness

    readiness.start_django()
    from django.utils import timezone

    from mingtang.config import dumping, restoring
    from mingtang.trace.errors import BrokenChain

    try:
        done = restoring.restore(file, timezone.localtime(), force=force)
    except (restoring.CannotRestore, dumping.CannotDump, BrokenChain) as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"恢复未能完成：{error.strerror}（{error.filename}）。请检查权限与磁盘空间后再执行一次。")
    if output_format == "json":
        emit_json({"made_at": done.made_at, "version": done.version, "files": done.files, "events": done.events,
                   "replaced": str(done.replaced) if done.replaced else None})  # fmt: skip
        return
    click.echo(
        f"已恢复 {done.made_at} 的备份（版本 {done.version}）：{done.files} 个文件，留痕 {done.events} 条已核对。"
    )
    if done.replaced:
        click.echo(f"原有内容另存在 {done.replaced}，确认无误后可以删除。")
    click.echo("请接着执行 mingtang setup，再启动服务；公开页面由后台进程重新生成。")
