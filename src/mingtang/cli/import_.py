"""`mingtang import …`: bulk intake, with a report of each rejected row."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingtang.cli.output import FOUND, emit_json, format_option, refuse

if TYPE_CHECKING:
    from mingtang.text.norms import NormDraft


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


@import_.command("norms", help="读一个文件夹里的规范性文件（docx、html、pdf、txt、xlsx），逐份列出读到的要素。")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只读取并报告，不写入；不需要安装。")
@format_option
def norms(folder: Path, dry_run: bool, output_format: str) -> None:
    """Read the documents of a folder; exit 1 when something is left to look at, 2 when a file could not be read."""
    from mingtang.text import TextError, read
    from mingtang.text.norms import NormDraft, read_norm

    if not dry_run:
        refuse("规范性文件库尚未建成，目前只能读取查看：请加上 --dry-run。")
    if not folder.is_dir():
        refuse(f"{folder}：不是文件夹，请给出存放文件的文件夹。")
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix.lower() in DOCUMENTS)
    if not files:
        refuse(f"{folder}：没有 docx、html、pdf、txt 或 xlsx 文件。")
    drafts: list[tuple[Path, NormDraft]] = []
    unread: list[str] = []
    for file in files:
        try:
            drafts.append((file, read_norm(read(file))))
        except TextError as error:
            unread.append(f"{file}：{error}")
    if output_format == "json":
        emit_json({"documents": [{"file": str(file), **draft.as_json()} for file, draft in drafts]})
    else:
        for file, draft in drafts:
            _say_norm(file, draft)
    if unread:
        refuse(*unread)
    sys.exit(FOUND if any(draft.problems for _, draft in drafts) else 0)


DOCUMENTS = frozenset({".docx", ".html", ".htm", ".pdf", ".txt", ".xlsx"})
_KINDS = {
    "norm": "规范性文件",
    "cleanup": "清理结果",
    "notice": "通知",
    "reply": "批复、复函",
    "appointment": "任免",
    "other": "其他",
}


def _say_norm(file: Path, draft: "NormDraft") -> None:
    click.echo(f"■ {file}　{_KINDS[draft.kind]}　{draft.title}")
    told = [
        ("文号", draft.document_number), ("制定机关", draft.issuer), ("成文", draft.made_on),
        ("公布", draft.published_on),
        ("施行", draft.effective_on), ("失效", draft.expires_on), ("条文", draft.articles or None),
        ("废止", "、".join(draft.repeals)),
    ]  # fmt: skip
    click.echo("  " + "；".join(f"{name} {value}" for name, value in told if value))
    if draft.cleanup:
        c = draft.cleanup
        click.echo(f"  继续有效 {c.valid}，失效 {c.lapsed}，废止 {c.repealed}，修改 {c.amended}")
    for problem in draft.problems:
        click.echo(f"  ! {problem}")


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
