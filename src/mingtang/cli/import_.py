"""`mingtang import …`: bulk intake, with a report of each rejected row."""

import sys
from pathlib import Path

import click

from mingtang.cli.import_norms import norms
from mingtang.cli.output import FOUND, emit_json, format_option, refuse


@click.group("import", help="批量导入。")
def import_() -> None:
    """Root of the import commands."""


@import_.command("bodies", help="从 xlsx 或 csv 导入机构。合格的行逐行导入，不合格的行逐一说明；重复导入不会改变什么。")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查并报告，不写入。")
@click.option("--rejected", type=click.Path(path_type=Path), help="把未导入的行写成 xlsx，改好后可直接再导入。")
@format_option
def bodies(file: Path, dry_run: bool, rejected: Path | None, output_format: str) -> None:
    """Import bodies; exit 1 when rows were rejected, 2 when the file could not be read at all."""
    from mingtang.config import readiness

    readiness.start_django()
    if problem := readiness.obstacle():
        refuse(problem)
    from django.utils import timezone

    from mingtang.bodies.errors import FileRefused
    from mingtang.bodies.intake import import_bodies, read_table
    from mingtang.bodies.rejected import write

    try:
        report = import_bodies(file, actor="system:import", moment=timezone.now(), dry_run=dry_run)
        if rejected and report.rejected:
            write(rejected, read_table(file), report)
    except FileRefused as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{rejected}：无法写入（{error.strerror}）：请换一个位置。")
    if output_format == "json":
        emit_json(report.as_json())
    else:
        _say(report)
    sys.exit(FOUND if report.rejected else 0)


import_.add_command(norms)


def _say(report) -> None:
    would = "（试运行，未写入）" if report.dry_run else ""
    click.echo(
        f"{report.file}：{report.rows} 行，新增 {report.created}，更新 {report.updated}，"
        f"未变 {report.unchanged}，未导入 {report.rejected_rows}{would}"
    )
    if report.ignored_columns:
        click.echo(f"未使用的列：{'、'.join(report.ignored_columns)}")
    for each in report.rejected:
        where = f"第 {each.row} 行 {each.column}".rstrip()
        value = f"“{each.value}”" if each.value else ""
        click.echo(f"{where}{value}：{each.what}；{each.mend}。", err=True)
