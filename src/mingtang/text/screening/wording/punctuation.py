"""Punctuation by GB/T 15834-2011: brackets and quotes in pairs, marks of the right width, in the right place."""

import re
from collections.abc import Iterator

from mingtang.text.screening.finding import Finding
from mingtang.text.screening.sieve import Sieve, Sought

_NARROW_MARKS = re.compile(r"(?<=[一-龥])([,;:?!])(?=[一-龥“《])")
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_PAIRS = {"（": "）", "《": "》", "“": "”", "〔": "〕", "【": "】", "‘": "’", "〈": "〉"}

#: Two marks that never stand side by side.
_PAIRED = (
    *(f"{one}{other}" for one in "，、；：" for other in "，。、；："),
    *(f"{one}{other}" for one in "。？！" for other in "，；："),
    *("，“，", "、等、", "、等等、"),
)
#: name, pattern, literals, message (the match as {0}), what to put in its place ("" where a person decides)
_RULES: tuple[tuple[str, str, tuple[str, ...], str, str | None], ...] = (
    (
        "dots",
        r"。{3,}|(?<![.\d])\.{3,6}(?![.\d])|(?<!…)…(?!…)|·{3,}",
        ("。。。", "...", "…", "···"),
        "省略号应为六连点“……”（GB/T 15834 4.11）",
        "……",
    ),
    (
        "etc_dots",
        r"等……|……等(?!级)|等等……",
        ("等……", "……等", "等等……"),
        "省略号与“等”只用其一（GB/T 15834 4.11）",
        None,
    ),
    (
        "after_bracket",
        r"^\s*（[一二三四五六七八九十]{1,3}）[、，.．]",
        ("）、", "），", "）.", "）．"),
        "带括号的序号后不加标点（GB/T 15834 附录B）",
        None,
    ),
    (
        "numbered",
        r"^\s*\d{1,2}、(?=[一-龥])",
        tuple(f"{n}、" for n in range(10)),
        "阿拉伯数字序号后用下脚点“1.”（GB/T 9704 7.3.3）",
        None,
    ),
    (
        "ordinal",
        r"(?:^|(?<=[。；\n]))\s*(?:第[一二三四五六七八九十]|首先|其次|再次|最后)、",
        ("第", "首先、", "其次、", "再次、", "最后、"),
        "“第一”“首先”等后面用逗号（GB/T 15834 附录B）",
        None,
    ),
    (
        "and_comma",
        r"、(?:和|与|及|以及|或)(?=[一-龥])(?!解|平|谐|睦|其|时|会)",
        ("、和", "、与", "、及", "、以及", "、或"),
        "“和、与、及、或”前不用顿号（GB/T 15834 4.5）",
        None,
    ),
    (
        "mark_first",
        r"^[，。、；：？！”）》](?=[一-龥])",
        tuple(f"\n{mark}" for mark in "，。、；：？！”）》"),
        "标点不能在一行之首，请核对断行",
        None,
    ),
    (
        "two_marks",
        r"[，、；：][，。、；：]|[。？！][，、；：]|，“，|、等等?、",
        _PAIRED,
        "两个标点连用，请删去一个",
        None,
    ),
    (
        "nested_title",
        r"《[^《》\n]{0,60}《[^《》\n]{1,60}》[^《》\n]{0,60}》",
        ("《",),
        "书名号里再用书名号，里层应为单书名号〈〉（GB/T 15834 4.15）",
        None,
    ),
    (
        "narrow_brackets",
        r"\((?=[^()\n]{0,40}[一-龥])[^()\n]{1,40}\)",
        ("(",),
        "中文里的括号应为全角“（）”（GB/T 15834 5.2）",
        None,
    ),
    ("straight_quotes", r"\"[^\"\n]{0,60}[一-龥][^\"\n]{0,60}\"", ('"',), "中文引号应为“”（GB/T 15834 4.8）", None),
    (
        "hyphen_range",
        r"(?<=[一-龥])--?(?=\d{4}年)|(?<=年)-(?=\d{4}年)",
        ("-",),
        "起止年份之间用一字线或“至”（GB/T 15834 4.13）",
        "—",
    ),
    (
        "colon_after_say",
        r"如下。|下列。|以下几点。|如下，(?=\n)",
        ("如下", "下列。", "以下几点。"),
        "提起下文的话后用冒号（GB/T 15834 4.7）",
        None,
    ),
    (
        "ask",
        r"(?:是否|能否|可否)[^，。？\n]{1,20}(?:吗|呢)。",
        ("是否", "能否", "可否"),
        "问句用问号（GB/T 15834 4.2）",
        None,
    ),
)
SOUGHT = (
    Sought("narrow", _NARROW_MARKS, (",", ";", ":", "?", "!")),
    *(Sought(name, re.compile(pattern, re.M), literals) for name, pattern, literals, _, _ in _RULES),
)
_SIEVE = Sieve(SOUGHT)
_SAYS = {name: (message, mend) for name, _, _, message, mend in _RULES}
#: Where a text is full of one slip, it is told once with its number.
_OFTEN = 3


def punctuation(text: str) -> Iterator[Finding]:
    """Marks of the wrong width or place, brackets and quotes that do not pair."""
    found: dict[str, list[re.Match[str]]] = {}
    for sought, match in _SIEVE.matches(text):
        if match.group():
            found.setdefault(sought.name, []).append(match)
    narrow = found.pop("narrow", [])
    for match in narrow[: 1 if len(narrow) > _OFTEN else None]:
        wide = _WIDE[match.group(1)]
        count = f"全文共有 {len(narrow)} 处半角标点，" if len(narrow) > _OFTEN else ""
        yield _note(text, match.start(), match.end(), f"{count}中文里的“{match.group(1)}”应为全角“{wide}”。", wide)
    for name, matches in found.items():
        message, mend = _SAYS[name]
        for match in matches[: 1 if len(matches) > _OFTEN else None]:
            count = f"（全文 {len(matches)} 处）" if len(matches) > _OFTEN else ""
            yield _note(text, match.start(), match.end(), f"{message}{count}。", mend)
    yield from _brackets(text)


def _note(text: str, start: int, end: int, message: str, mend: str | None, code: str = "punctuation") -> Finding:
    around = text[max(0, start - 8) : end + 8].replace("\n", " ")
    return Finding(code, "wording", "note", start, end, around, message, (), mend)


def _brackets(text: str) -> Iterator[Finding]:
    """Brackets and quotes that open without closing, or close without opening, within a paragraph."""
    start = 0
    for paragraph in text.split("\n"):
        for opener, closer in _PAIRS.items():
            if opener in paragraph or closer in paragraph:
                yield from _unpaired(text, paragraph, start, opener, closer)
        start += len(paragraph) + 1


def _unpaired(text: str, paragraph: str, start: int, opener: str, closer: str) -> Iterator[Finding]:
    depth = 0
    for index, char in enumerate(paragraph):
        if char == opener:
            depth += 1
        elif char == closer:
            depth -= 1
            if depth < 0:
                depth = 0
                place = start + index
                if closer not in "）’" or (
                    re.search(r"[一-龥]）$", paragraph[: index + 1]) and "（" not in text[:place][-200:]
                ):
                    yield _note(text, place, place + 1, f"“{closer}”前面没有“{opener}”，请补全。", None, "bracket")
    # Each paragraph of a long quotation opens it anew; only its last one closes it.
    if depth > (opener == "“" and paragraph.lstrip().startswith("“")):
        place = start + paragraph.rindex(opener)
        yield _note(text, place, place + 1, f"“{opener}”后面没有“{closer}”，请补全。", None, "bracket")
