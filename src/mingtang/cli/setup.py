"""`mingtang setup`: an instance's folder, keys, database and files made or brought up to this version."""

import click

from mingtang.cli.output import emit_json, format_option, refuse


@click.command("setup")
@format_option
def setup(output_format: str) -> None:
    """建立实例或在升级后更新它：文件夹、密钥、数据库结构、界面文件。可以重复执行。"""
    from mingtang.config import readiness

    readiness.start_django()
    from mingtang.config import installing

    try:
        done = installing.prepare()
    except installing.CannotPrepare as error:
        refuse(str(error))
    if output_format == "json":
        emit_json({"home": str(done.home), "migrations": done.migrations, "files": done.files})
        return
    said = f"执行了 {done.migrations} 步数据库更新" if done.migrations else "数据库结构已是最新"
    click.echo(f"实例 {done.home} 已就绪：{said}，界面文件{'已更新' if done.files else '未变'}。")
