"""Findings about what a file carries beside its text: that it does, and what stands in it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from mingtang.text.carried import MANNERS, Manner, Part
from mingtang.text.screening import Finding, Severity
from mingtang.text.screening.screen import screen_text

PRIVACY = ("disclosure-regulation.15",)
PROCESS = ("disclosure-regulation.16-process",)
#: For each manner of carrying: the code, how grave it is, and what to do; None where the words alone matter.
_GRAVITY: dict[Manner, tuple[str, Severity, str] | None] = {
    "aside": None,
    "picture": None,
    "hidden": ("hidden_content", "block", "隐藏文字会随文件一起公开，请删除"),
    "comment": ("comment", "block", "批注会随文件一起公开，请删除"),
    "inserted": ("tracked_change", "block", "修订没有接受或拒绝，改稿过程会随文件公开，请先定稿"),
    "deleted": ("tracked_change", "block", "删去的文字还在修订里，会随文件公开，请接受修订"),
    "property": ("property", "note", "文件属性会随文件公开，请核对或清除"),
    "embedded": ("embedded", "warn", "文件里夹带别的文件，请取出单独审核"),
    "sheet": ("hidden_content", "block", "隐藏的工作表会随文件一起公开，请删除"),
    "cells": ("hidden_content", "block", "隐藏的行、列会随文件一起公开，请删除"),
    "covered": ("covered", "block", "遮盖物下的文字仍在文件里，可以复制出来，请用真正的遮盖（删去文字）"),
    "invisible": ("hidden_content", "block", "看不见的文字仍可复制和检索，请删除"),
    "layer": ("hidden_content", "block", "关闭的图层仍在文件里，请删除"),
    "annotation": ("comment", "block", "注释会随文件一起公开，请删除"),
    "remains": ("remains", "block", "旧版本的内容还在文件里，请重新导出"),
    "position": ("position", "block", "照片里存有拍摄位置，请清除"),
    "formula": ("hidden_content", "note", "公式、链接会透露来源文件的路径和数据，请转为数值"),
}
#: Properties that programs write by themselves.
_PROGRAMS = frozenset(
    {"python-docx", "openpyxl", "untitled", "anonymous", "unspecified", "Microsoft Office User", "Administrator"}
    | {
        "admin",
        "user",
        "User",
        "Windows 用户",
        "微软用户",
        "WPS Office",
        "WPS_",
        "(anonymous)",
        "(unspecified)",
        "site",
    }
)
_SURE = 0.9


def about_parts(parts: Iterable[Part], known: Iterable[Finding]) -> Iterator[Finding]:
    """That hidden things are carried (one finding a manner, with the number of places), and what stands in them.

    `known`: what was found in the text itself, not to be told a second time.
    """
    told = {(finding.code, finding.quote) for finding in known}
    by_manner: dict[Manner, list[Part]] = defaultdict(list)
    for part in parts:
        if not (part.manner == "property" and part.text in _PROGRAMS):
            by_manner[part.manner].append(part)
    for manner, carried in by_manner.items():
        yield from _carrying(manner, carried)
        for part in carried:
            for finding in screen_text(part.text):
                if part.in_text and (finding.code, finding.quote) in told:
                    continue
                yield _placed(finding, part)


def _carrying(manner: Manner, parts: list[Part]) -> Iterator[Finding]:
    gravity = _GRAVITY[manner]
    if gravity is None:
        return
    code, severity, mend = gravity
    first = parts[0]
    length = sum(len(part.text) for part in parts)
    places = "、".join(dict.fromkeys(part.place for part in parts[:3])) + (
        f"等{len(parts)}处" if len(parts) > 3 else ""
    )
    quote = f"{MANNERS[manner]}，共{length}字"
    rules = PRIVACY if code in ("covered", "position", "hidden_content") else PROCESS
    yield Finding(code, "secrecy", severity, 0, len(first.text), quote, f"{places}：{mend}。", rules, None, first.place)


def _placed(finding: Finding, part: Part) -> Finding:
    doubt = "" if part.sure >= 1 else f"（图片文字识别，可信度{part.sure:.2f}）"
    severity: Severity = "warn" if part.sure < _SURE and finding.severity == "block" else finding.severity
    message = f"{part.place}（{MANNERS[part.manner]}）：{finding.message}{doubt}"
    return replace(finding, message=message, place=part.place, severity=severity)
