"""Marks that say a text is not for the public: levels of secrecy in all their forms, internal circulation, drafts."""

import re
from collections.abc import Iterator

from mingtang.text.cleaning import fold
from mingtang.text.screening.finding import Finding

SECRETS = ("disclosure-regulation.14",)
INTERNAL = ("disclosure-regulation.16-internal",)
PROCESS = ("disclosure-regulation.16-process",)
_SPACE = r"[ \t\u3000]*"
_LEVEL = rf"(?:绝{_SPACE}密|机{_SPACE}密|秘{_SPACE}密)"
#: A level with its star, or alone on its line, or in a stamp of brackets.
_STARRED = re.compile(
    rf"{_LEVEL}{_SPACE}[★☆*✩✭⭐]{_SPACE}(?:(?:\d+|[一二三四五六七八九十]+){_SPACE}(?:年|个月|天)|长期)?"
)
_ALONE = re.compile(
    rf"^[\s【\[（(〔]*(?:密级{_SPACE}[:：]?{_SPACE})?{_LEVEL}(?:级|件)?(?:{_SPACE}(?:\d+|[一二三四五六七八九十]+)年)?[】\]）)〕\s]*$",
    re.MULTILINE,
)
_NAMED = re.compile(rf"密级{_SPACE}[:：]{_SPACE}{_LEVEL}(?:级)?")
_KEEP = r"(?:注意保存|妥善保管|请勿外传|严禁外传|不得外传|阅后(?:销毁|收回))"
_INTERNAL = re.compile(
    r"^[\s【\[（(〔]*("
    r"(?:内部(?:资料|文件|材料|使用|参考|刊物|情况|事项)?|工作秘密)"
    rf"(?:[,，、 \u3000]*{_KEEP})?|{_KEEP})[】\]）)〕！!。\s]*$",
    re.MULTILINE,
)
_ONLY_FOR = re.compile(
    r"(?:仅供|只供|专供)(?:[一-龥]{0,8}?)(?:内部|领导(?:同志)?|本单位|机关|系统内)(?:[一-龥]{0,6}?)(?:参考|参阅|阅示|使用|掌握|传阅|审阅)"
)
_NOT_PUBLIC = re.compile(
    r"(?:此件|本件|本文|公开属性|公开方式|公开形式|信息公开选项|政府信息公开)[^。\n]{0,8}?(?:不予公开|不公开|不宜公开|依申请公开)"
    r"|(?:未经[一-龥]{0,8}?(?:批准|同意|许可)[,，]?(?:不得|严禁)(?:对外|擅自|公开)?(?:公开|发布|转载|外传|提供|扩散))"
)
_DRAFT = re.compile(
    r"[（(【\[〔](?:征求意见稿|送审稿|讨论稿|审议稿|草案?|初稿|修改稿|未定稿|代拟稿|送签稿|内部审议稿|报批稿)[^）)】\]〕]{0,6}[）)】\]〕]"
)
_ROUTING = re.compile(r"^(?:请|呈|拟)[^。\n]{0,20}?(?:阅示|批示|审定|审示|阅处|核签|会签)[。!！]?$", re.MULTILINE)


def marks(text: str, *, consultation: bool = False) -> Iterator[Finding]:
    """Marks of secrecy, of internal use and of drafts.

    `consultation`: the text is published to hear opinions, so that 征求意见稿 is as it should be.
    """
    folded = fold(text)
    taken: list[tuple[int, int]] = []
    for pattern in (_STARRED, _NAMED, _ALONE):
        for match in pattern.finditer(folded):
            start, end = _bare(match)
            if not any(start < b and a < end for a, b in taken):
                taken.append((start, end))
                yield Finding(
                    "secrecy_mark", "secrecy", "block", start, end, text[start:end],
                    "有密级标志：未经解密不得公开，请停止发布，报保密审查。", SECRETS,
                )  # fmt: skip
    for pattern, message in (
        (_INTERNAL, "有内部标志：内部资料不得公开，请核实后删除标志或停止发布。"),
        (_ONLY_FOR, "写明只供内部使用，请核实是否可以公开。"),
        (_NOT_PUBLIC, "写明不公开或限制公开，请核实公开属性。"),
        (_ROUTING, "留有内部办文用语，请删除。"),
    ):
        for match in pattern.finditer(folded):
            start, end = _bare(match)
            yield Finding("internal_mark", "secrecy", "block", start, end, text[start:end], message, INTERNAL)
    if not consultation:
        for match in _DRAFT.finditer(folded):
            yield Finding(
                "draft", "policy", "warn", match.start(), match.end(), text[match.start() : match.end()],
                "标着未定稿，请确认发布的是正式文本；征求意见的请放在意见征集栏目。", PROCESS,
            )  # fmt: skip


def _bare(match: re.Match[str]) -> tuple[int, int]:
    """The match without the blanks around it."""
    text = match.group()
    left = len(text) - len(text.lstrip())
    return match.start() + left, match.end() - (len(text) - len(text.rstrip()))
