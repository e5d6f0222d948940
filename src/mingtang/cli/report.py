"""`mingtang report check`: annual reports, each alone and across years and bodies; needs no instance."""

from collections.abc import Iterator
from pathlib import Path

import click

from mingtang.cli.output import FOUND, emit_json, refuse

_SEVERITIES = {"error": "错误", "warning": "疑点", "note": "提示"}


@click.group(help="政府信息公开工作年度报告。")
def report() -> None:
    """Commands about annual reports."""


@report.command(help="检查年度报告：表内勾稽、正文与表格、跨年衔接、格式、雷同（html、docx、pdf、xlsx、txt）。")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "sarif", "xlsx"]),
    default="text",
    show_default=True,
    help="输出格式：文字、JSON、SARIF，或 Excel 清单（须同时给出 -o）。",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到这个文件，不写到屏幕。")
def check(files: tuple[Path, ...], output_format: str, output: Path | None) -> None:
    """Check reports; a folder stands for the files in it."""
    from mingtang.cli.report_reading import check_files

    if output_format == "xlsx" and output is None:
        refuse("xlsx 是二进制文件，请用 -o 给出要写的文件名，例如 -o 检查结果.xlsx。")
    names = [str(file) for each in files for file in _files_in(each)]
    checked = check_files(names)
    for problem in checked.unread:
        click.echo(f"{problem.file}：{problem.reason}", err=True)
    if not checked.reports:
        refuse()
    if output_format == "json":
        _give(output, _as_json(checked))
    elif output_format == "sarif":
        from mingtang.cli.report_sarif import sarif_of

        _give(output, sarif_of(checked))
    elif output_format == "xlsx" and output is not None:
        from mingtang.press.findings_workbook import findings_workbook

        _write(output, findings_workbook(list(_rows(checked)), list(_bodies(checked))))
    else:
        text = "\n".join(_lines(checked))
        click.echo(text) if output is None else _write(output, (text + "\n").encode())
    raise SystemExit(2 if checked.unread else FOUND if _wrong(checked) else 0)


def _files_in(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    kinds = {".html", ".htm", ".docx", ".pdf", ".xlsx", ".txt"}
    found = sorted(file for file in path.rglob("*") if file.suffix.lower() in kinds and file.is_file())
    if not found:
        refuse(f"{path}：这个文件夹里没有 html、docx、pdf、xlsx 或 txt 文件。")
    return found


def _wrong(checked) -> bool:
    """Errors and warnings are findings; notes alone leave the exit status at 0."""
    alone = (finding for _, findings in checked.reports for finding in findings)
    return any(finding.severity != "note" for finding in (*alone, *(each.finding for each in checked.across)))


def _as_json(checked) -> dict[str, object]:
    return {
        "reports": [
            {
                "file": each.file,
                "title": each.title,
                "body": each.body,
                "year": each.year,
                "form": each.tables.form,
                "tables": each.tables.as_json(),
                "findings": [finding.as_json() for finding in findings],
            }
            for each, findings in checked.reports
        ],
        "across": [each.as_json() for each in checked.across],
    }


def _give(output: Path | None, value: object) -> None:
    if output is None:
        emit_json(value)
        return
    import json

    _write(output, (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())


def _write(output: Path, data: bytes) -> None:
    try:
        output.write_bytes(data)
    except OSError as error:
        refuse(f"{output}：写不进去（{error.strerror}），请换一个文件夹或文件名。")
    click.echo(f"已写入 {output}", err=True)


def _lines(checked) -> Iterator[str]:
    """The findings for people: by report, what is wrong, its wording, the rule."""
    from mingtang.law.shelf import rule

    for each, findings in checked.reports:
        yield f"■ {each.file}　{each.body or '（未认出机关）'}　{each.year or '（未认出年份）'} 年"
        if not findings:
            yield "  没有发现问题。"
        for finding in findings:
            yield from _finding_lines(finding, rule)
    if checked.across:
        yield "\n■ 跨年度、跨单位"
    for each in checked.across:
        yield f"  {each.files[0]} ↔ {each.files[1]}"
        yield from _finding_lines(each.finding, rule)


def _finding_lines(finding, rule) -> Iterator[str]:
    from mingtang.law.annual import CODES

    yield f"  [{_SEVERITIES[finding.severity]}·{CODES[finding.code]}] {finding.where}：{finding.message}"
    if finding.quote and finding.quote not in finding.message:
        yield f"      原文：{finding.quote}"
    if finding.rules:
        yield "      依据：" + "；".join(rule(name).citation for name in finding.rules)


def _rows(checked) -> Iterator[tuple[str, ...]]:
    from mingtang.law.annual import CODES
    from mingtang.law.shelf import rule

    for each, findings in checked.reports:
        for finding in findings:
            yield _row((each.file, each.body, str(each.year or "")), finding, CODES, rule)
    bodies = {each.file: (each.body, str(each.year or "")) for each, _ in checked.reports}
    for each in checked.across:
        file = each.files[0]
        yield _row((f"{file} ↔ {each.files[1]}", *bodies[file]), each.finding, CODES, rule)


def _bodies(checked) -> Iterator[tuple[object, ...]]:
    """A line a report: whose, its two totals, findings of each weight, its greatest likeness, what is wrong."""
    from mingtang.law.annual import CODES

    for each, findings in checked.reports:
        mine = [pair.finding for pair in checked.across if each.file in pair.files]
        concerning = [*findings, *(pair.finding for pair in checked.across if pair.files[0] == each.file)]
        weights = [sum(1 for f in concerning if f.severity == weight) for weight in _SEVERITIES]
        like = max((finding.found for finding in mine if finding.code == "similar"), key=_percent, default="")
        totals = [each.tables.request(row, "total") for row in ("new", "total")]
        yield (
            each.file, each.body, each.year, each.published_on,
            *(None if total is None else int(total) for total in totals), *weights, like,
            "、".join(dict.fromkeys(CODES[f.code] for f in concerning if f.severity != "note")),
        )  # fmt: skip


def _percent(share: str) -> float:
    return float(share.rstrip("%"))


def _row(head: tuple[str, ...], finding, codes, rule) -> tuple[str, ...]:
    return (
        *head,
        _SEVERITIES[finding.severity],
        codes[finding.code],
        finding.where,
        finding.message,
        finding.quote,
        finding.expected,
        finding.found,
        "；".join(rule(name).citation for name in finding.rules),
    )
