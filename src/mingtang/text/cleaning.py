"""Lines of text made regular without changing what they say, and a folded view with the same offsets."""

import re

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\x00\x0b\x0c"))
_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
#: a mark printed before a line to point it out (★（一）…)
_ORNAMENT = re.compile(r"^[★☆※◆◇■□▲△●◎]+\s*(?=\S)")
_SINGLE_SPACED = re.compile(r"(?:[一-鿿]\s{1,4}){3,}[一-鿿]")

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(source): ord(target)
    for source, target in {
        "〈": "<",
        "〉": ">",
        "﹤": "<",
        "﹥": ">",
        "【": "[",
        "】": "]",
        "〔": "[",
        "〕": "]",
        "﹝": "[",
        "﹞": "]",
        "［": "[",
        "］": "]",
        "﹙": "(",
        "﹚": ")",
        "｡": "。",
        "､": "、",
        "﹑": "、",
        "﹕": ":",
        "∶": ":",
        "﹔": ";",
        "﹐": ",",
        "．": ".",
        "﹒": ".",
        "〜": "-",
        "～": "-",
        "—": "-",
        "–": "-",
        "－": "-",
        "\u3000": " ",
        "\n": "\n",
    }.items()
}


def fold(text: str) -> str:
    """The text with full-width digits, letters and punctuation made half-width, character for character.

    Offsets into the result are offsets into `text`. 《》, “”, 。 and 、 stay as they are.
    """
    return text.translate(_FOLD)


def _wide(char: str) -> bool:
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\uff00" <= char <= "\uffef"


def _in_date(before: str, after: str) -> bool:
    """Whether the two characters belong to one date or number (2021  年, 第  3)."""
    return (before.isdigit() and after in "年月日号") or (after.isdigit() and before in "年月第")


def clean_line(line: str) -> str:
    """One line without invisible characters, outer spaces, and single spaces that stand beside a Chinese character.

    A run of two or more spaces inside a line stays as one space: it separates (署名  日期, 索引号  主题分类) — unless
    the line is set wide, one character after the other (关 于 印 发).
    """
    line = _ORNAMENT.sub("", line.translate(_INVISIBLE).strip())
    if not line:
        return ""
    if _SINGLE_SPACED.search(line):
        line = _SINGLE_SPACED.sub(lambda match: _SPACES.sub("", match.group()), line)
    pieces: list[str] = []
    last = 0
    for match in _SPACES.finditer(line):
        pieces.append(line[last : match.start()])
        before, after = line[match.start() - 1], line[match.end()]
        kept = not (_wide(before) or _wide(after)) or (len(match.group()) > 1 and not _in_date(before, after))
        if kept:
            pieces.append(" ")
        last = match.end()
    pieces.append(line[last:])
    return "".join(pieces)


def clean_lines(text: str) -> list[str]:
    """All non-empty lines, each cleaned."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\x0b", "\n")
    return [line for line in map(clean_line, text.replace("\x0c", "\n").split("\n")) if line]
