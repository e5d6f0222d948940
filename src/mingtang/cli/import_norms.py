"""`mingtang import norms FOLDER`: read what exists, give a sheet to correct, take the corrected documents in."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingtang.cli.output import BAD_INPUT, FOUND, emit_json, format_option, refuse

if TYPE_CHECKING:
    from mingtang.norms.stock.committing import Report
    from mingtang.norms.stock.folder import Read
    from mingtang.norms.stock.sheet import Sheet
    from mingtang.text.norms import NormDraft

_HELP = """读一个文件夹里的规范性文件（docx、html、pdf、txt、xlsx），逐份列出读到的要素，核对后收入文件库。

\b
--dry-run          只读取并报告，不写入，不需要安装
--review 表.xlsx   写出核对表，在表中改正
--sheet 表.xlsx --commit   按改正后的表收入；重复执行不会改变什么
"""


@click.command("norms", help=_HELP)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只读取并报告，不写入；不需要安装。")
@click.option("--review", type=click.Path(path_type=Path), help="把读到的要素写成核对表（xlsx）。")
@click.option("--sheet", type=click.Path(path_type=Path), help="改正后的核对表，或本单位的文件目录（xlsx）。")
@click.option("--commit", is_flag=True, help="收入文件库。")
@click.option("--ocr", is_flag=True, help="扫描件和图片用文字识别读取（每页数秒，需另装 mingtang[ocr]）。")
@click.option("--column", default="规范性文件", show_default=True, help="收入哪个栏目（栏目名称）。")
@click.option("--source", default="历史文件导入", show_default=True, help="写入每份文件的来源说明。")
@format_option
def norms(
    folder: Path, dry_run: bool, review: Path | None, sheet: Path | None, commit: bool, ocr: bool, column: str,
    source: str, output_format: str,
) -> None:  # fmt: skip
    """Exit 1 when something is left to look at, 2 when a file could not be read."""
    from mingtang.norms.stock.folder import files_in

    if not folder.is_dir():
        refuse(f"{folder}：不是文件夹，请给出存放文件的文件夹。")
    if sum((dry_run, review is not None, commit)) != 1:
        refuse("请选择一项：--dry-run（只看）、--review 表.xlsx（写核对表）或 --commit（收入文件库）。")
    if sheet is not None and not commit:
        refuse("--sheet 是收入时用的核对表，请同时加上 --commit。")
    files = files_in(folder, pictures=ocr)
    if not files:
        refuse(f"{folder}：没有 docx、html、pdf、txt 或 xlsx 文件。")
    if dry_run:
        _dry_run(files, ocr, output_format)
    elif review is not None:
        _review(files, folder, review, ocr)
    else:
        _commit(files, folder, sheet, ocr, column, source, output_format)


def _read(files: Sequence[Path], ocr: bool, unread: list[str]) -> "Iterator[Read]":
    from mingtang.norms.stock.folder import Unread, read_files

    for read in read_files(files, recognize=ocr):
        if isinstance(read, Unread):
            unread.append(str(read))
        else:
            yield read


def _dry_run(files: Sequence[Path], ocr: bool, output_format: str) -> None:
    unread: list[str] = []
    drafts: list[tuple[Path, NormDraft]] = []
    for read in _read(files, ocr, unread):
        drafts.append((read.file, read.draft))
        if output_format != "json":
            _say(read.file, read.draft)
    if output_format == "json":
        emit_json({"documents": [{"file": str(file), **draft.as_json()} for file, draft in drafts]})
    if unread:
        refuse(*unread)
    sys.exit(FOUND if any(draft.problems for _, draft in drafts) else 0)


def _review(files: Sequence[Path], folder: Path, review: Path, ocr: bool) -> None:
    """Write the sheet, and beside it the page with the doubtful spans of scans."""
    from mingtang.norms.stock import cleanups, doubts
    from mingtang.norms.stock.sheet import entry_of, review_sheet

    if review.suffix.lower() != ".xlsx":
        refuse(f"{review}：核对表是 xlsx 表格，请把文件名写成以 .xlsx 结尾。")
    unread: list[str] = []
    sections: list[str] = []
    proposals: list[cleanups.Proposal] = []
    lines = []
    for read in _read(files, ocr, unread):
        lines.append((entry_of(read, folder), read.draft.confidence))
        sections.append(doubts.section(read))
        proposals.extend(cleanups.proposals_of(read))
        click.echo(f"已读 {len(lines)} 份：{read.file.name}", err=True)
    try:
        review.write_bytes(review_sheet(lines))
        if proposals:
            cleanups.beside(review).write_bytes(cleanups.sheet_of(proposals))
        if any(sections):
            doubts.beside(review).write_text(doubts.page(filter(None, sections)), encoding="utf-8")
    except OSError as error:
        refuse(f"{review}：无法写入（{error.strerror}）：请换一个位置。")
    look = sum(bool(entry.doubts) for entry, _ in lines)
    norms = sum(entry.include for entry, _ in lines)
    click.echo(f"{review}：{len(lines)} 份文件，规范性文件 {norms} 份，{look} 份有要看的。")
    if proposals:
        click.echo(f"{cleanups.beside(review)}：清理公告所列文件 {len(proposals)} 件，核对后随 --sheet 一并登记。")
    if any(sections):
        click.echo(f"{doubts.beside(review)}：文字识别要核对的地方，附原图。")
    if unread:
        refuse(*unread)
    sys.exit(FOUND if look else 0)


def _commit(
    files: Sequence[Path], folder: Path, sheet: Path | None, ocr: bool, column: str, source: str, output_format: str
) -> None:
    from mingtang.config import readiness

    corrected = _sheet(sheet) if sheet is not None else None
    readiness.start_django()
    if problem := readiness.obstacle():
        refuse(problem)
    from django.utils import timezone

    from mingtang.norms.stock import cleanups
    from mingtang.norms.stock.committing import commit, settle
    from mingtang.norms.stock.intake import Desk
    from mingtang.records.models import Column

    found = Column.objects.filter(name=column).order_by("pk").first()
    if found is None:
        refuse(f"没有名为“{column}”的栏目，请用 --column 写明收入哪个栏目。")
    moment = timezone.now()
    report = commit(files, folder, corrected, Desk(found, source), actor="system:import", moment=moment, recognize=ocr)
    if sheet is not None and cleanups.beside(sheet).exists():
        proposals = cleanups.read_proposals(cleanups.beside(sheet), report.refused)
        settle(proposals, report, actor="system:import", moment=moment)
    if output_format == "json":
        emit_json(report.as_json())
    else:
        _say_report(report)
    for line in (*report.refused, *report.unread, *report.open_acts):
        click.echo(line, err=True)
    sys.exit(BAD_INPUT if report.unread else FOUND if report.refused or report.open_acts else 0)


def _sheet(path: Path) -> "Sheet":
    from mingtang.norms.stock.sheet import SheetRefused, read_sheet

    try:
        return read_sheet(path)
    except SheetRefused as error:
        refuse(str(error))


def _say(file: Path, draft: "NormDraft") -> None:
    from mingtang.norms.stock.sheet import KINDS

    click.echo(f"■ {file}　{KINDS[draft.kind]}　{draft.title}")
    told = [
        ("文号", draft.document_number), ("制定机关", draft.issuer), ("成文", draft.made_on),
        ("公布", draft.published_on),
        ("施行", draft.effective_on), ("失效", draft.expires_on), ("条文", draft.articles or None),
        ("修改", "、".join(draft.amends)), ("废止", "、".join(draft.repeals)),
        ("附件", "、".join(draft.attachments)),
    ]  # fmt: skip
    click.echo("  " + "；".join(f"{name} {value}" for name, value in told if value))
    if draft.cleanup:
        c = draft.cleanup
        click.echo(f"  继续有效 {c.valid}，失效 {c.lapsed}，废止 {c.repealed}，修改 {c.amended}")
    for problem in draft.problems:
        click.echo(f"  ! {problem}")


def _say_report(report: "Report") -> None:
    click.echo(
        f"收入 {report.added} 份，已在库中 {report.unchanged} 份，登记废止、修改等 {report.acts} 件，"
        f"不属于规范性文件或不收入 {report.left_out} 份，未能收入 {len(report.refused) + len(report.unread)} 份。"
    )
