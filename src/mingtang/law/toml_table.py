"""Takes one table of a TOML file apart, field by field, noting every fault instead of stopping at the first."""

import datetime
from typing import Any, cast


class TomlTable:
    """A table whose fields are taken out one by one; each that is missing, of another kind, or left over is a fault.

    `place` says where the table stands, for the messages; `faults` collects one Chinese line a fault.
    """

    def __init__(self, table: dict[str, Any], place: str, faults: list[str]) -> None:
        self.left = dict(table)
        self.place = place
        self.faults = faults

    def fault(self, message: str) -> None:
        self.faults.append(f"{self.place}：{message}")

    def text(self, key: str, *, may_be_empty: bool = False) -> str:
        value = self.left.pop(key, None)
        if not isinstance(value, str):
            self.fault(f"缺少 {key}，应写成一行文字")
            return ""
        if not value.strip() and not may_be_empty:
            self.fault(f"{key} 是空的，请填写")
        return value

    def day(self, key: str) -> datetime.date:
        found = self.optional_day(key)
        if found is None:
            self.fault(f"缺少 {key}，应写成日期，如 2019-05-15")
            return datetime.date.min
        return found

    def optional_day(self, key: str) -> datetime.date | None:
        value = self.left.pop(key, None)
        # datetime is a date too, but a moment is not a day.
        if value is None or (isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)):
            return value
        self.fault(f"{key} 应写成日期，如 2019-05-15（不加引号）")
        return None

    def tables(self, key: str) -> list[dict[str, Any]]:
        value = self.left.pop(key, [])
        if isinstance(value, list):
            items = cast(list[object], value)
            if all(isinstance(item, dict) for item in items):
                return cast(list[dict[str, Any]], items)
        self.fault(f"{key} 应写成 [[{key}]] 的若干节")
        return []

    def words(self, key: str) -> list[str]:
        value = self.left.pop(key, None)
        if isinstance(value, list):
            items = cast(list[object], value)
            if items and all(isinstance(item, str) for item in items):
                return cast(list[str], items)
        self.fault(f"{key} 应写成一列文字，至少一个")
        return []

    def value(self, key: str) -> int | str:
        value = self.left.pop(key, None)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and value:
            return value
        self.fault(f"缺少 {key}，应是整数或文字")
        return 0

    def done(self) -> None:
        for key in self.left:
            self.fault(f"不认识的字段 {key}，请删去或改正拼写")
