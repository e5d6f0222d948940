"""What readers must know of a report's numbers, in lines: whence imported ones came, what was left out or corrected."""

import datetime
from collections.abc import Iterator

from mingtang.law.annual.cells import shown
from mingtang.law.annual.written import Correction, WrittenReport, place_of

CHINA = datetime.timezone(datetime.timedelta(hours=8))


def data_notes(written: WrittenReport) -> tuple[str, ...]:
    """The lines, in this order: imported numbers by system, exclusions, corrections; none where there is nothing."""
    return tuple(_lines(written))


def correction_line(each: Correction) -> str:
    """A correction in a sentence: the cell, what was counted, what stands now, why and when."""
    was = "没有数字" if each.old is None else f"原为{shown(each.old)}"
    when = day_of(each.at) + (f"，第{each.after}版公布之后" if each.after else "")
    return f"更正：{each.place}{was}，改为{shown(each.new)}，理由：{_unstopped(each.reason)}（{when}）。"


def _lines(written: WrittenReport) -> Iterator[str]:
    systems: dict[tuple[str, str], list[str]] = {}
    for source in written.sources:
        place = place_of(source.table, source.row, source.column)
        systems.setdefault((source.system, day_of(source.at)), []).append(place)
    for (system, day), places in systems.items():
        yield f"数据来源：{'、'.join(dict.fromkeys(places))}取自{system}，{day}导入。"
    for each in written.exclusions:
        yield f"剔除重复：{each.place}剔除{shown(each.number)}，理由：{_unstopped(each.reason)}。"
    yield from map(correction_line, written.corrections)


def day_of(at: datetime.datetime) -> str:
    """The day of a moment in China, as documents write it."""
    local = at.astimezone(CHINA)
    return f"{local.year}年{local.month}月{local.day}日"


def _unstopped(words: str) -> str:
    return words.strip().rstrip("。；")
