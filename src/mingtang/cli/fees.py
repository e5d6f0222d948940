"""`mingtang fees items|pages`: the information processing fee, band by band, with its clauses."""

import datetime
import re

import click

from mingtang.cli.output import emit_json, format_option, refuse
from mingtang.law.errors import LawError
from mingtang.law.fees import Band, Fee, items_fee, pages_fee

NUMBER = re.compile(r"[0-9]{1,6}")
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))

on_option = click.option("--on", "on_text", metavar="日期", help="按哪一天有效的标准；不写时，是今天。")


@click.group(help="信息处理费。")
def fees() -> None:
    """Root of the fee commands."""


@fees.command(
    context_settings={"ignore_unknown_options": True},  # so that -3 is a number refused in Chinese, not an option
    help="按件计收：同一申请人一个自然月内向同一机关申请 N 件应收的费用。",
)
@click.argument("number_text", metavar="N")
@click.option("--already", "already_text", metavar="M", default="0", help="当月此前已申请的件数；只算其后 N 件。")
@on_option
@format_option
def items(number_text: str, already_text: str, on_text: str | None, output_format: str) -> None:
    """The fee by item."""
    number, already, on = _arguments(number_text, already_text, on_text, "件")
    try:
        fee = items_fee(number, on, already)
    except LawError as error:
        refuse(str(error))
    _show(fee, "件", output_format)


@fees.command(
    context_settings={"ignore_unknown_options": True},
    help="按量计收：一份申请提供 N 页（A4）应收的费用。",
)
@click.argument("number_text", metavar="N")
@on_option
@format_option
def pages(number_text: str, on_text: str | None, output_format: str) -> None:
    """The fee by page."""
    number, _, on = _arguments(number_text, "0", on_text, "页")
    try:
        fee = pages_fee(number, on)
    except LawError as error:
        refuse(str(error))
    _show(fee, "页", output_format)


def _arguments(number: str, already: str, on_text: str | None, what: str) -> tuple[int, int, datetime.date]:
    """The numbers and the day; one line for each that is wrong."""
    problems: list[str] = []
    if not NUMBER.fullmatch(number.strip()):
        problems.append(f"N“{number}”不是{what}数：请写 0 到 999999 的整数，如 35")
    if not NUMBER.fullmatch(already.strip()):
        problems.append(f"--already“{already}”不是件数：请写 0 到 999999 的整数，如 8")
    on = datetime.datetime.now(SHANGHAI).date()
    try:
        on = datetime.date.fromisoformat(on_text) if on_text else on
    except ValueError:
        problems.append(f"--on“{on_text}”不是日期：请写成 2022-06-30 的样子")
    if problems:
        refuse(*problems)
    return int(number), int(already), on


def _show(fee: Fee, unit: str, output_format: str) -> None:
    if output_format == "json":
        emit_json(_as_json(fee))
        return
    lines = [f"应收 {fee.amount} 元"]
    if fee.free:
        lines.append(f"  免费 {fee.free} {unit}")
    lines += [_line(band, unit) for band in fee.bands]
    lines += ["", "依据："]
    lines += [f"  {rule.citation}{'' if rule.is_checked else '（待核）'}：{rule.says}" for rule in fee.rules]
    click.echo("\n".join(lines))


def _line(band: Band, unit: str) -> str:
    span = f"{band.first}—{band.last}{unit}" if band.last else f"{band.first}{unit}以上"
    return f"  第{span}：{band.count} {unit} × {band.unit_price} 元 = {band.amount} 元"


def _as_json(fee: Fee) -> dict[str, object]:
    return {
        "amount": str(fee.amount),
        "currency": "CNY",
        "bands": [
            {
                "from": band.first,
                "to": band.last,
                "count": band.count,
                "unit_price": str(band.unit_price),
                "amount": str(band.amount),
            }
            for band in fee.bands
        ],
        "rules": [rule.citation for rule in fee.rules],
        "free": fee.free,
    }
