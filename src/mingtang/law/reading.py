"""Reads instruments from TOML files, refusing what it does not know and saying every fault at once.

One file is one legal instrument:

    id, title, issuer, number, made, from, until?, source
    [[rules]]             id ("<instrument>.<name>"), article, tags, says, checked, source?
    [[rules.parameters]]  name, value, unit, from, until?

`says` is our own wording; `checked` is the title of a public page that says it, or "" while nobody has found one.
`source` says where the instrument's text comes from. Days are inclusive at both ends.
"""

import datetime
import tomllib
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from mingtang.law.errors import InstrumentError
from mingtang.law.rules import Instrument, Library, Parameter, Rule, Tag, Unit
from mingtang.law.toml_table import TomlTable

Chosen = TypeVar("Chosen", bound=Enum)


def _period(reader: TomlTable) -> tuple[datetime.date, datetime.date | None]:
    since, until = reader.day("from"), reader.optional_day("until")
    if until is not None and until < since:
        reader.fault("until 早于 from，请核对两个日期")
    return since, until


def _chosen(reader: TomlTable, kind: type[Chosen], word: str, fallback: Chosen) -> Chosen:
    try:
        return kind(word)
    except ValueError:
        allowed = "、".join(str(member.value) for member in kind)
        reader.fault(f"不认识“{word}”，可用：{allowed}")
        return fallback


def _month_day_is_real(value: int | str) -> bool:
    try:
        datetime.date.fromisoformat(f"2001-{value}")  # not a leap year: a yearly deadline exists every year
    except ValueError:
        return False
    return True


def _parameter(table: dict[str, Any], place: str, faults: list[str]) -> Parameter:
    reader = TomlTable(table, place, faults)
    name, value, unit_word = reader.text("name"), reader.value("value"), reader.text("unit")
    unit = _chosen(reader, Unit, unit_word, Unit.COUNT)
    since, until = _period(reader)
    if unit is Unit.MONTH_DAY and not _month_day_is_real(value):
        reader.fault(f"“{value}”不是月-日，应写成 01-31 的样子")
    if unit not in (Unit.MONTH_DAY, Unit.PERIOD, Unit.WORD) and not (isinstance(value, int) and value > 0):
        reader.fault(f"{name} 的值应是正整数")
    reader.done()
    return Parameter(name, value, unit, since, until)


def _overlaps(parameters: Iterable[Parameter]) -> list[str]:
    """Names of which two values hold on one day."""
    clashing: list[str] = []
    seen: dict[str, datetime.date] = {}
    for parameter in sorted(parameters, key=lambda p: (p.name, p.since)):
        last = seen.get(parameter.name)
        if last is not None and parameter.since <= last:
            clashing.append(parameter.name)
        seen[parameter.name] = parameter.until or datetime.date.max
    return clashing


def _rule(table: dict[str, Any], place: str, faults: list[str], head: Instrument) -> Rule:
    reader = TomlTable(table, place, faults)
    rule_id = reader.text("id")
    if rule_id:
        reader.place = place = f"{place}（{rule_id}）"
    if not rule_id.startswith(head.id + "."):
        reader.fault(f"规则编号应以“{head.id}.”开头")
    tags = tuple(_chosen(reader, Tag, word, Tag.DISCLOSURE) for word in reader.words("tags"))
    parameters = tuple(
        _parameter(each, f"{place}第{number}个参数", faults)
        for number, each in enumerate(reader.tables("parameters"), start=1)
    )
    for parameter in parameters:
        if parameter.since < head.since:
            reader.fault(f"参数 {parameter.name} 的 from 早于本文件的 from，请核对两个日期")
    for name in _overlaps(parameters):
        reader.fault(f"参数 {name} 在同一天有两个值，请核对起止日期")
    rule = Rule(
        id=rule_id,
        instrument_id=head.id,
        title=head.title,
        number=head.number,
        article=reader.text("article"),
        says=reader.text("says"),
        tags=tags,
        source=reader.text("source") if "source" in reader.left else head.source,
        checked=reader.text("checked", may_be_empty=True),
        since=head.since,
        until=head.until,
        parameters=parameters,
    )
    reader.done()
    return rule


def read_instrument(text: str, file: str) -> Instrument:
    """One instrument from the text of its file; InstrumentError names the file and each fault."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InstrumentError([f"{file}：不是合格的 TOML（{error}）"]) from error
    faults: list[str] = []
    reader = TomlTable(table, file, faults)
    identity = [reader.text(key) for key in ("id", "title", "issuer", "number")]
    made = reader.day("made")
    since, until = _period(reader)
    head = Instrument(identity[0], identity[1], identity[2], identity[3], made, since, until, reader.text("source"), ())
    if head.id and head.id != Path(file).stem:
        reader.fault(f"id 应与文件名相同（{Path(file).stem}）")
    rules = tuple(
        _rule(each, f"{file} 第{number}条规则", faults, head)
        for number, each in enumerate(reader.tables("rules"), start=1)
    )
    if not rules:
        reader.fault("一条规则也没有")
    reader.done()
    if faults:
        raise InstrumentError(faults)
    return Instrument(head.id, head.title, head.issuer, head.number, made, since, until, head.source, rules)


def read_library(folder: Path) -> Library:
    """Every instrument of a folder, in the order of their ids; InstrumentError lists the faults of all files."""
    faults: list[str] = []
    instruments: list[Instrument] = []
    by_id: dict[str, Rule] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            instrument = read_instrument(file.read_text(encoding="utf-8"), file.name)
        except InstrumentError as error:
            faults += error.faults
            continue
        instruments.append(instrument)
        for rule in instrument.rules:
            if rule.id in by_id:
                faults.append(f"{file.name}：规则编号 {rule.id} 重复，请改成唯一的")
            by_id[rule.id] = rule
    if not instruments and not faults:
        faults.append(f"{folder}：没有规则文件")
    if faults:
        raise InstrumentError(faults)
    return Library(tuple(instruments), by_id)
