"""`mingtang demo`: builds or tops up a demo instance, says how to sign in, ends."""

import time

import click

from mingtang.cli.output import emit_json, format_option, refuse


@click.command("demo")
@click.option(
    "--records", default=120, show_default=True, type=click.IntRange(0, 1_000_000), help="至少有这么多条信息。"
)
@click.option("--seed", default=1, show_default=True, type=int, help="演示内容的种子：同样的种子写出同样的内容。")
@format_option
def demo(records: int, seed: int, output_format: str) -> None:
    """建立或补足演示实例（虚构的旗、人员、信息与台账），说明怎样登录，然后结束。可以重复执行，中断后重跑即可补完。"""
    from mingtang.config import readiness

    readiness.start_django()
    from django.conf import settings
    from django.utils import timezone

    from mingtang.config import installing
    from mingtang.demo.building import NotADemo, build

    begun = time.monotonic()
    try:
        installing.prepare()
        made = build(settings.HOME, records=records, seed=seed, now=timezone.now(), tell=_tell)
    except installing.CannotPrepare as error:
        refuse(str(error))
    except NotADemo:
        refuse(f"实例 {settings.HOME} 里已有真实机构，不能混入演示数据：请用 MINGTANG_HOME 另指一个文件夹。")
    if output_format == "json":
        facts = {"home": str(settings.HOME), "records": made.records, "added": made.added, "accounts": made.accounts}
        emit_json(facts)
        return
    _say(made, time.monotonic() - begun)


def _tell(what: str, done: int, total: int) -> None:
    click.echo(f"正在准备{what}…{f' {done}/{total}' if total else ''}", err=True)


def _say(made, seconds: float) -> None:
    from django.conf import settings

    from mingtang.demo.accounts import FILE, label

    click.echo(
        f"演示实例 {settings.HOME} 已就绪：信息 {made.records} 条，本次新增 {made.added} 条，用时 {seconds:.0f} 秒。"
    )
    click.echo("内容全部为虚构的演示数据。")
    click.echo("\n登录账号（口令随机生成，也保存在 " + str(settings.HOME / FILE) + "，仅属主可读）：")
    for role, account in made.accounts.items():
        click.echo(f"  {account['username']:<22} {account['password']}  {label(role)}  {account['name']}")
    click.echo(f"\n执行 mingtang serve 后：\n  门户   {settings.PUBLIC_URL}/\n  工作台 {settings.PUBLIC_URL}/desk/")
