"""`mingtang setup`: an instance's folder, keys, database and files made or brought up to this version."""

import click

from mingtang.cli.output import emit_json, format_option, refuse


@click.command("setup")
@click.option("--admin", metavar="用户名", help="同时开通第一个系统管理员账号，口令只显示一次。")
@click.option("--name", metavar="姓名", help="管理员的姓名（与 --admin 同用）。")
@click.option("--body", metavar="单位全称", help="管理员所在单位（与 --admin 同用）。")
@format_option
def setup(admin: str | None, name: str | None, body: str | None, output_format: str) -> None:
    """建立实例或在升级后更新它：文件夹、密钥、数据库结构、界面文件。可以重复执行。"""
    if admin and not (name and body):
        refuse("--admin 要与 --name 姓名、--body 单位全称一起给出。")
    from mingtang.config import readiness

    readiness.start_django()
    from django.utils import timezone

    from mingtang.config import installing

    try:
        done = installing.prepare()
        password = installing.first_admin(admin, name, body, timezone.now()) if admin and name and body else None
    except installing.CannotPrepare as error:
        refuse(str(error))
    if output_format == "json":
        emit_json({"home": str(done.home), "migrations": done.migrations, "files": done.files, "password": password})
        return
    said = f"执行了 {done.migrations} 步数据库更新" if done.migrations else "数据库结构已是最新"
    click.echo(f"实例 {done.home} 已就绪：{said}，界面文件{'已更新' if done.files else '未变'}。")
    if password:
        click.echo(f"系统管理员 {admin} 的口令（只显示这一次，首次登录须修改）：{password}")
