"""Writes `docs/rules.md`: every rule with its clause, numbers and the page that confirms it, unconfirmed ones first.

`python -m mingtang.law.catalogue FILE` writes the file; without one it prints.
"""

import sys
from pathlib import Path

from mingtang.law.rules import Instrument, Library, Parameter, Rule
from mingtang.law.shelf import library

HEAD = """# 规则目录

本页由 `make rules` 从 `src/mingtang/law/instruments/` 生成，请勿手改；`make test` 检查它是否最新。

规则以我们自己的话概述，以法律文件原文为准。“核对”一栏是能证实该条的公开页面的标题；没有找到的标为**待核**，界面上用到它的地方同样标出。
"""


def catalogue(shelf: Library) -> str:
    """The whole page in Markdown."""
    rules = [rule for instrument in shelf.instruments for rule in instrument.rules]
    unchecked = [rule for rule in rules if not rule.is_checked]
    parts = [HEAD, f"共{len(shelf.instruments)}个文件、{len(rules)}条规则，其中{len(unchecked)}条待核。\n"]
    if unchecked:
        parts.append("## 待核\n")
        parts.append("\n".join(f"- `{rule.id}` {rule.citation}" for rule in unchecked) + "\n")
    parts += [_section(instrument) for instrument in shelf.instruments]
    return "\n".join(parts)


def _section(instrument: Instrument) -> str:
    in_force = f"{instrument.since}起" if instrument.until is None else f"{instrument.since}至{instrument.until}"
    lines = [
        f"## {instrument.title}",
        "",
        f"{instrument.issuer}，{instrument.number}，有效期：{in_force}。{instrument.source}。",
        "",
        "| 编号 | 条款 | 内容 | 数值 | 核对 |",
        "|---|---|---|---|---|",
        *(_row(rule) for rule in instrument.rules),
        "",
    ]
    return "\n".join(lines)


def _row(rule: Rule) -> str:
    numbers = "；".join(_number(parameter) for parameter in rule.parameters)
    cells = (f"`{rule.id}`", rule.article, rule.says, numbers, rule.checked or "**待核**")
    return "| " + " | ".join(cell.replace("|", "／") for cell in cells) + " |"


def _number(parameter: Parameter) -> str:
    held = f"（{parameter.since}至{parameter.until}）" if parameter.until else ""
    return f"{parameter.name}＝{parameter.value}{parameter.unit.label}{held}"


def main(arguments: list[str]) -> None:
    """Write the page to the file named first, or to standard output."""
    page = catalogue(library())
    if arguments:
        Path(arguments[0]).write_text(page, encoding="utf-8")
    else:
        sys.stdout.write(page)


if __name__ == "__main__":
    main(sys.argv[1:])
