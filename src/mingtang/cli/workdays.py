"""`mingtang workdays`: the day so many working days after another, counted day by day with the rules it follows."""

import datetime
import re
from pathlib import Path

import click

from mingtang.cli.calendar import calendar_option, open_calendar
from mingtang.cli.output import emit_json, format_option, refuse
from mingtang.law.calendar import Count, CountedDay, WorkCalendar
from mingtang.law.errors import CalendarError, UnknownYear

DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)")
NUMBER = re.compile(r"[+-]?[0-9]{1,6}")


@click.command(
    context_settings={"ignore_unknown_options": True},  # so that -3 is a number, not an option
    help="起始日 FROM 之后第 N 个工作日是哪天，逐日列出；当日不计入，N 为负则往前数。"
    "FROM 写成 2022-06-30 或 2022年6月30日。",
)
@click.argument("start_text", metavar="FROM")
@click.argument("number_text", metavar="N")
@calendar_option
@format_option
def workdays(start_text: str, number_text: str, folder: Path | None, output_format: str) -> None:
    """Count working days from a day."""
    start = _start(start_text)
    problems = [] if start else [f"FROM“{start_text}”不是日期：请写成 2022-06-30 的样子"]
    if not NUMBER.fullmatch(number_text.strip()):
        problems.append(f"N“{number_text}”不是六位以内的整数：请写工作日的个数，如 20；往前数写 -20")
    if start is None or problems:
        refuse(*problems)
    try:
        calendar = open_calendar(folder)
        count = calendar.add(start, int(number_text))
    except CalendarError as error:
        refuse(*error.faults)
    except UnknownYear as error:
        refuse(str(error))
    if output_format == "json":
        emit_json(_as_json(count))
    else:
        click.echo("\n".join(_as_text(calendar, count)))


def _start(text: str) -> datetime.date | None:
    match = DAY.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None  # a 30 February


def _as_json(count: Count) -> dict[str, object]:
    return {
        "date": count.end.isoformat(),
        "rules": [rule.citation for rule in count.rules],
        "from": count.start.isoformat(),
        "working_days": count.working_days,
        "days": [
            {
                "date": each.day.date.isoformat(),
                "counted": each.number is not None,
                "number": each.number,
                "reason": each.day.reason,
            }
            for each in count.days
        ],
    }


def _as_text(calendar: WorkCalendar, count: Count) -> list[str]:
    start, end = calendar.day(count.start), calendar.day(count.end)
    if count.working_days == 0:
        answer = f"{start.date}（{start.weekday}）就是起始日"
    else:
        way = "之后" if count.working_days > 0 else "之前"
        answer = (
            f"{start.date}（{start.weekday}）{way}第{abs(count.working_days)}个工作日："
            f"{end.date}（{end.weekday}）"
        )  # fmt: skip
    lines = [answer, "", f"  {start.date} {start.weekday}  起始日，不计入", *(_line(each) for each in count.days)]
    lines += ["", "依据："]
    lines += [f"  {rule.citation}{'' if rule.is_checked else '（待核）'}：{rule.says}" for rule in count.rules]
    return lines


def _line(each: CountedDay) -> str:
    place = f"第{each.number}个工作日" if each.number else "不计"
    return f"  {each.day.date} {each.day.weekday}  {place}{'（' + each.day.reason + '）' if each.day.reason else ''}"
