"""`mingtang nginx`: the configuration with which nginx serves this installation."""

import sys
from pathlib import Path

import click

from mingtang.cli.output import FOUND, emit_json, format_option, refuse


@click.command("nginx")
@click.option("--site", type=click.Path(file_okay=False, path_type=Path), help="公开网站的文件夹，默认为实例的 site/。")
@click.option("--listen", help="nginx 监听的端口或 地址:端口，默认 80；有证书时默认 443。")
@click.option("--plain-listen", default="80", show_default=True, help="有证书时，转去 HTTPS 的端口或 地址:端口。")
@click.option("--app", default="127.0.0.1:8000", show_default=True, help="mingtang serve 所在的 地址:端口。")
@click.option("--certificate", type=click.Path(path_type=Path), help="HTTPS 证书链（PEM）；须与 --key 一起给出。")
@click.option("--key", type=click.Path(path_type=Path), help="HTTPS 私钥（PEM）。")
@click.option(
    "--logs", default="/var/log/nginx", show_default=True, type=click.Path(path_type=Path), help="日志文件夹。"
)
@click.option("--name", default="mingtang", show_default=True, help="同一台机器上有几个实例时，各取一个名称。")
@click.option("--brotli/--no-brotli", default=None, help="是否提供 brotli 压缩的文件；默认看本机 nginx 有没有该模块。")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="写到文件；默认输出到屏幕。")
@click.option("--check", is_flag=True, help="不写，只看 --output 的文件是否仍与设置相符；不符时以 1 退出。")
@format_option
def nginx(
    site: Path | None, listen: str | None, plain_listen: str, app: str, certificate: Path | None, key: Path | None,
    logs: Path, name: str, brotli: bool | None, output: Path | None, check: bool, output_format: str,
) -> None:  # fmt: skip
    """由本实例的设置生成 nginx 配置：公开网站直接由文件提供，其余转给应用，应用停止时有说明页。

    放进 nginx 的 http 段（如 /etc/nginx/conf.d/mingtang.conf）；升级或改设置之后重新生成。
    """
    from mingtang.config import readiness

    readiness.start_django()
    from django.conf import settings

    from mingtang.config.nginx import CannotConfigure, Program, Wishes, installed, make

    if (certificate is None) != (key is None):
        refuse("--certificate 和 --key 须一起给出。")
    if check and not output:
        refuse("--check 须用 --output 指明要看的文件。")
    found = installed()
    wishes = Wishes(
        site=(site or Path(settings.SITE_ROOT)).absolute(),
        listen=listen or ("443" if certificate else "80"),
        plain_listen=plain_listen,
        application=app,
        certificate=certificate.absolute() if certificate else None,
        key=key.absolute() if key else None,
        logs=logs.absolute(),
        name=name,
        program=found if brotli is None else Program(found.version, brotli),
    )
    try:
        text = make(wishes)
    except CannotConfigure as error:
        refuse(str(error))
    if check:
        _compare(output, text, output_format)
    else:
        _give(output, text, output_format)


def _compare(output: Path | None, text: str, output_format: str) -> None:
    """Say whether the file holds what would be written now; ends with 1 when it does not."""
    assert output is not None  # noqa: S101 - refused before
    same = output.is_file() and output.read_text(encoding="utf-8") == text
    if output_format == "json":
        emit_json({"output": str(output), "same": same})
    else:
        click.echo(f"{output} 与设置相符。" if same else f"{output} 与设置不符：请去掉 --check 重新生成。")
    sys.exit(0 if same else FOUND)


def _give(output: Path | None, text: str, output_format: str) -> None:
    """Write the configuration whole or not at all, or show it."""
    if output:
        draft = output.with_name(f".{output.name}.new")
        try:
            draft.write_text(text, encoding="utf-8")
            draft.replace(output)
        except OSError as error:
            refuse(f"{output}：写不了（{error.strerror}），请换一个位置或以有权限的账号执行。")
    if output_format == "json":
        emit_json({"output": str(output) if output else None, "configuration": text})
    elif output:
        click.echo(f"已写入 {output}。请执行 nginx -t，无误后 nginx -s reload。")
    else:
        click.echo(text, nl=False)
