"""`mingtang search`: building the search index anew."""

import time

import click

from mingtang.cli.output import emit_json, format_option, refuse


@click.group("search")
def search() -> None:
    """检索索引。"""


@search.command("rebuild")
@format_option
def rebuild(output_format: str) -> None:
    """由数据库重建检索索引，建成后一次切换；期间检索照常，可随时执行。"""
    from mingtang.config import readiness

    readiness.start_django()
    if problem := readiness.obstacle():
        refuse(problem)
    from mingtang.search import feeding
    from mingtang.search.errors import SearchError

    began = time.monotonic()
    try:
        entries = feeding.rebuild()
    except SearchError as error:
        refuse(str(error))
    seconds = time.monotonic() - began
    if output_format == "json":
        emit_json({"entries": entries, "seconds": round(seconds, 3)})
    else:
        click.echo(f"已建立检索索引：{entries} 条公开信息，用时 {seconds:.1f} 秒。")
