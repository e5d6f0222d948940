"""What every command says and how it ends: JSON on standard output, problems on standard error, exit 0, 1 or 2."""

import json
import sys
from typing import NoReturn

import click

FOUND = 1
BAD_INPUT = 2

format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="输出格式：给人看的文字，或一个 JSON 值。",
)
#: For commands that can also write a workbook.
workbook_format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "xlsx"]),
    default="text",
    show_default=True,
    help="输出格式：给人看的文字，一个 JSON 值，或 Excel 台账（须同时给出 -o）。",
)


def emit_json(value: object) -> None:
    """Write one JSON value, Chinese unescaped, to standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def refuse(*lines: str) -> NoReturn:
    """Say each problem on a line of standard error (file, place, mend) and end with exit status 2."""
    for line in lines:
        click.echo(line, err=True)
    sys.exit(BAD_INPUT)
