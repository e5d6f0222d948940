"""`mingtang review`: personal data, secrecy marks and slips of writing in files; needs no instance."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingtang.cli.output import FOUND, emit_json, format_option, refuse

if TYPE_CHECKING:
    from mingtang.text import Document
    from mingtang.text.screening import Finding

_SEVERITIES = {"block": "不得发布", "warn": "请核对", "note": "提示"}
_GATES = {"politics": "政治关", "law": "法律关", "policy": "政策关", "secrecy": "保密关", "wording": "文字关"}


@click.command(help="发布前检查文件：个人信息、密级和内部标志、发文字号、文字差错（txt、html、docx、pdf、xlsx）。")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--consultation", is_flag=True, help="文件是征求意见的，“征求意见稿”不算差错。")
@format_option
def review(files: tuple[Path, ...], consultation: bool, output_format: str) -> None:
    """Screen files; ends with 1 when something must or should be mended, with 2 when a file cannot be read."""
    from mingtang.text import TextError, read

    outcomes: list[tuple[Path, list[Finding]]] = []
    problems: list[str] = []
    for file in files:
        try:
            outcomes.append((file, findings_in(read(file), consultation=consultation)))
        except TextError as error:
            problems.append(f"{file}：{error}")
    if outcomes and output_format == "json":
        emit_json(
            {"files": [{"file": str(file), "findings": [each.as_json() for each in found]} for file, found in outcomes]}
        )
    elif outcomes:
        _show(outcomes)
    if problems:
        refuse(*problems)
    raise SystemExit(FOUND if any(each.severity != "note" for _, found in outcomes for each in found) else 0)


def findings_in(document: "Document", *, consultation: bool) -> "list[Finding]":
    """The screening of the text, and the document numbers in it that are not written as the standard asks."""
    from mingtang.law.documents import find_document_numbers
    from mingtang.text.screening import Finding, screen

    found = screen(document, consultation=consultation)
    for number in find_document_numbers(document.text):
        found.extend(
            Finding(
                "document_number", "wording", "warn", number.start, number.end, number.written,
                f"发文字号{fault}，应为“{number.number}”。", ("document-format.number",), str(number.number),
            )
            for fault in number.faults[:1]
        )  # fmt: skip
    return sorted(found, key=lambda each: (each.start, each.end, each.code))


def _show(outcomes: "list[tuple[Path, list[Finding]]]") -> None:
    from mingtang.law.shelf import rule
    from mingtang.text.screening.finding import CODES

    for file, found in outcomes:
        click.echo(f"■ {file}")
        if not found:
            click.echo("  没有发现问题。")
        for each in found:
            head = f"[{_SEVERITIES[each.severity]}·{_GATES[each.gate]}·{CODES[each.code]}]"
            click.echo(f"  {head} “{each.quote}”：{each.message}")
            if each.rules:
                click.echo("      依据：" + "；".join(rule(name).citation for name in each.rules))
