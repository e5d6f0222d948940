"""`mingtang backup`: an installation into one file, while it goes on working."""

from pathlib import Path

import click

from mingtang.cli.output import FOUND, emit_json, format_option, refuse


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--keys", is_flag=True, help="连同密钥一起保存；这样的备份须像密钥一样保管。")
@format_option
def backup(file: Path, keys: bool, output_format: str) -> None:
    """把数据库与附件存成一个文件（运行中也可以）；已有的文件不会被覆盖。"""
    from mingtang.config import readiness

    readiness.start_django()
    if problem := readiness.obstacle():
        refuse(problem)
    from django.utils import timezone

    from mingtang.config import backup as saving
    from mingtang.config import dumping
    from mingtang.trace.errors import BrokenChain

    try:
        saved = saving.save(file.resolve(), timezone.now(), keys=keys)
    except (dumping.CannotDump, BrokenChain, FileExistsError) as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"不能写入 {file}：{error.strerror}。请检查文件夹、权限与磁盘空间。")
    for name in saved.missed:
        click.echo(f"备份期间被移走，未存入：{name}", err=True)
    if keys:
        click.echo("注意：这份备份含有密钥，拿到它的人可以冒充本实例，请加密存放。", err=True)
    if output_format == "json":
        emit_json({"file": str(file), "files": saved.files, "size": saved.size, "events": saved.events,
                   "missed": list(saved.missed)})  # fmt: skip
    else:
        click.echo(f"已存入 {file}：{saved.files} 个文件，{saved.size / 1e6:.1f} MB，留痕 {saved.events} 条已核对。")
    if saved.missed:
        raise SystemExit(FOUND)
