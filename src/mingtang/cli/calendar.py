"""The option `--calendar` of commands that count working days, and the calendar it opens."""

from pathlib import Path

import click

from mingtang.law.added_years import read_added_years
from mingtang.law.calendar import WorkCalendar, national

calendar_option = click.option(
    "--calendar",
    "folder",
    envvar="MINGTANG_CALENDAR",
    type=click.Path(path_type=Path),
    help="增补工作日历的文件夹（也可用环境变量 MINGTANG_CALENDAR）。",
)


def open_calendar(folder: Path | None) -> WorkCalendar:
    """The national calendar, with the years of the folder added; CalendarError lists each fault of its files."""
    return WorkCalendar(read_added_years(folder)) if folder else national()
