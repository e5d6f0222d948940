"""Arrangements of holidays that an office adds itself, one TOML file a year, before the package knows them.

    year = 2099
    source = "the State Council's notice, with its number"
    complete = true            # optional; false: these days only correct a year already known
    [holidays]                 # days off
    "元旦" = ["2099-01-01"]
    [workdays]                 # weekend days worked instead
    "春节" = ["2099-01-18"]

A day may lie in the December before its year, for the notice of one year sometimes begins there.
"""

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from mingtang.law.errors import CalendarError
from mingtang.law.toml_table import TomlTable


@dataclass(frozen=True)
class AddedYear:
    """One year's arrangement: days off and worked weekend days, each with the name of its festival."""

    year: int
    source: str
    complete: bool
    holidays: dict[datetime.date, str]
    workdays: dict[datetime.date, str]


def _day(value: object) -> datetime.date | None:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    try:
        return datetime.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _days(table: TomlTable, key: str, year: int) -> dict[datetime.date, str]:
    """The days of `[holidays]` or `[workdays]`: festival → list of days."""
    found: dict[datetime.date, str] = {}
    named = table.left.pop(key, {})
    if not isinstance(named, dict):
        table.fault(f'[{key}] 应写成 "节日" = ["日期", …] 的若干行')
        return found
    for name, values in cast(dict[str, Any], named).items():
        if not isinstance(values, list):
            table.fault(f"[{key}] 的“{name}”应写成一列日期")
            continue
        for value in cast(list[object], values):
            day = _day(value)
            if day is None:
                table.fault(f"[{key}] 的“{name}”里“{value}”不是日期，应写成 {year}-01-31 的样子")
            elif day.year != year and (day.year, day.month) != (year - 1, 12):
                table.fault(f"[{key}] 的“{name}”里 {day} 不属于{year}年（上一年12月除外）")
            elif day in found:
                table.fault(f"[{key}] 里 {day} 写了两次，请删去一处")
            else:
                found[day] = name
    return found


def read_added_year(text: str, file: str) -> AddedYear:
    """One year from the text of its file; CalendarError names the file and each fault."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CalendarError([f"{file}：不是合格的 TOML（{error}）"]) from error
    faults: list[str] = []
    table = TomlTable(content, file, faults)
    year, complete = table.left.pop("year", None), table.left.pop("complete", True)
    if not isinstance(year, int) or isinstance(year, bool) or not 1900 <= year <= 9998:
        raise CalendarError([f"{file}：缺少 year，应写成四位年份，如 year = 2099"])
    if not isinstance(complete, bool):
        table.fault("complete 应写成 true 或 false")
    source = table.text("source")
    holidays, workdays = _days(table, "holidays", year), _days(table, "workdays", year)
    for day in sorted(holidays.keys() & workdays.keys()):
        table.fault(f"{day} 既写成放假又写成上班，请删去一处")
    if not holidays:
        table.fault("[holidays] 里一天也没有，请照通知填写")
    if complete and not any((day.month, day.day) == (10, 1) for day in holidays):
        table.fault("完整的一年应有10月1日；只改几天请写 complete = false")
    table.done()
    if faults:
        raise CalendarError(faults)
    return AddedYear(year, source, bool(complete), holidays, workdays)


def read_added_years(folder: Path) -> tuple[AddedYear, ...]:
    """Every `*.toml` of a folder; CalendarError lists the faults of all files, also a year given twice."""
    if not folder.is_dir():
        raise CalendarError([f"没有文件夹 {folder}：请核对增补日历的位置"])
    faults: list[str] = []
    years: dict[int, AddedYear] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            added = read_added_year(file.read_text(encoding="utf-8"), file.name)
        except CalendarError as error:
            faults += error.faults
            continue
        except UnicodeDecodeError:
            faults.append(f"{file.name}：不是 UTF-8 文字，请另存为 UTF-8")
            continue
        if added.year in years:
            faults.append(f"{file.name}：{added.year}年已由另一个文件给出，请并成一个")
        years[added.year] = added
    if faults:
        raise CalendarError(faults)
    return tuple(years.values())
