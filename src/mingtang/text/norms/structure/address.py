"""An address written in Chinese to the parts it names: 第三条第二款, 本办法第十条至第十二条, 第八条第一款、第三款."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingtang.text.norms.structure.parts import Kind, Number, Part, Structure, article_label, chinese, citation
from mingtang.text.numerals import COUNTING, to_int

_N = rf"(?:[{COUNTING}千]{{1,7}}|\d{{1,4}})"
_TOKEN = re.compile(
    rf"第\s?(?P<container>{_N})\s?(?P<what>编|章|节)"
    rf"|第\s?(?P<article>{_N})\s?(?:条|点|部分)(?:\s?之\s?(?P<sub>[{COUNTING}]{{1,3}}))?"
    rf"|第\s?(?P<paragraph>{_N})\s?款"
    rf"|第?\s?[（(]?\s?(?P<item>{_N})\s?[）)]?\s?项"
    rf"|第\s?[（(]?\s?(?P<point>{_N})\s?[）)]?\s?目"
    rf"|第?\s?[（(]\s?(?P<bare>{_N})\s?[）)]"
    r"|(?P<here>本条|前条|前款|本款)"
    r"|(?P<attachment>附件\s?(?P<which>\d{1,2})?)"
    r"|(?P<range>至|到|－|—|-|～)|(?P<and>以?及|、|和|或者|或|与|，)"
)
#: what may stand before an address and names the document itself
_SELF = re.compile(
    r"^(?:(?:本|该|上述|原)?(?:办法|规定|细则|条例|规则|规程|意见|通知|决定|文件|标准|制度|方案|措施)(?:的|之)?)?"
)
_ADDRESS = re.compile(
    rf"第\s?{_N}\s?(?:编|章|节|条|款)(?:\s?之\s?[{COUNTING}]{{1,3}})?"
    rf"(?:第\s?{_N}\s?(?:节|条|款)(?:\s?之\s?[{COUNTING}]{{1,3}})?|第?\s?[（(]?{_N}[）)]?\s?[项目]|"
    rf"(?:至|到|、|和|或者|及|以及|或)(?=第?\s?[（(]?{_N}[）)]?\s?[章节条款项目]))*"
)
_LEVELS = (Kind.BOOK, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.PARAGRAPH, Kind.ITEM, Kind.POINT)
_CONTAINER = {"编": Kind.BOOK, "章": Kind.CHAPTER, "节": Kind.SECTION}

Path = dict[Kind, Number]


@dataclass(frozen=True, slots=True)
class Found:
    """The parts an address names, in order, and what of it could not be found."""

    parts: tuple[Part, ...]
    problems: tuple[str, ...] = ()


def addresses_in(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand in running text (start, end)."""
    for match in _ADDRESS.finditer(text):
        yield match.start(), match.end()


def find(structure: Structure, words: str, *, at: str = "") -> Found:
    """The parts that an address names; `at` is the address of the place where the words stand (for 本条, 前款).

    A number that the document has not, or an item of which it is not said in which 款 it stands, is a problem and
    nothing is guessed.
    """
    rest = _SELF.sub("", words.strip().strip("。；，"))
    paths, prefix, problem = _paths(rest, at)
    if problem:
        return Found((), (problem,))
    found: list[Part] = []
    problems: list[str] = []
    for start, end in paths:
        one = _between(structure, prefix, start, end)
        if isinstance(one, str):
            problems.append(one)
        else:
            found.extend(part for part in one if part not in found)
    if not paths:
        problems.append(f"“{words}”不是条款的写法，请写成“第三条第二款”这样。")
    return Found(tuple(found), tuple(problems))


def _paths(words: str, at: str) -> tuple[list[tuple[Path, Path | None]], str, str]:
    """The addresses in words, each a start and, of a range, its end; the attachment's prefix; a problem or ""."""
    paths: list[tuple[Path, Path | None]] = []
    current: Path = {}
    fresh, ranging, prefix, place, last = True, False, "", 0, Kind.ARTICLE
    for match in _TOKEN.finditer(words):
        if words[place : match.start()].strip():
            break
        place = match.end()
        if match["attachment"]:
            prefix = f"att_{match['which'] or 1}__"
            continue
        if match["range"] or match["and"]:
            fresh, ranging = True, ranging or bool(match["range"])
            continue
        if match["here"]:
            here = _here(match["here"], at)
            if here is None:
                return [], prefix, f"“{match['here']}”要看它写在哪里，请写明第几条。"
            current = here
            paths.append((dict(current), None))
            fresh = False
            continue
        level, number = _level(match, last)
        last = level
        current = {kind: value for kind, value in current.items() if _LEVELS.index(kind) < _LEVELS.index(level)}
        current[level] = number
        if ranging and fresh and paths:
            paths[-1] = (paths[-1][0], dict(current))
            ranging = False
        elif fresh or not paths:
            paths.append((dict(current), None))
        elif paths[-1][1] is not None:
            paths[-1] = (paths[-1][0], dict(current))
        else:
            paths[-1] = (dict(current), None)
        fresh = False
    if words[place:].strip(" 的规定内容中") and paths and not re.match(r"[的规中内所,，。；]", words[place:].strip()):
        return [], prefix, f"“{words}”里的“{words[place:].strip()}”看不懂，请写成“第三条第二款”这样。"
    return paths, prefix, ""


def _level(match: re.Match[str], last: Kind) -> tuple[Kind, Number]:
    if match["container"]:
        return _CONTAINER[match["what"]], (_value(match["container"]),)
    if match["article"]:
        sub = match["sub"]
        return Kind.ARTICLE, (_value(match["article"]), _value(sub)) if sub else (_value(match["article"]),)
    if match["paragraph"]:
        return Kind.PARAGRAPH, (_value(match["paragraph"]),)
    if match["item"] or match["bare"]:
        return Kind.ITEM, (_value(match["item"] or match["bare"]),)
    return Kind.POINT, (_value(match["point"]),)


def _value(numeral: str) -> int:
    return to_int(numeral) or 0


def _here(word: str, at: str) -> Path | None:
    article = re.search(r"art_(\d+(?:-\d+)*)", at)
    if article is None:
        return None
    number = tuple(map(int, article.group(1).split("-")))
    paragraph = re.search(r"para_(\d+)", at)
    match word:
        case "本条":
            return {Kind.ARTICLE: number}
        case "前条":
            return {Kind.ARTICLE: (number[0] - 1,)} if number[0] > 1 else None
        case "本款":
            return {Kind.ARTICLE: number, Kind.PARAGRAPH: (int(paragraph.group(1)),)} if paragraph else None
        case _:
            before = int(paragraph.group(1)) - 1 if paragraph else 0
            return {Kind.ARTICLE: number, Kind.PARAGRAPH: (before,)} if before > 0 else None


def _between(structure: Structure, prefix: str, start: Path, end: Path | None) -> Sequence[Part] | str:
    first = _one(structure, prefix, start)
    if end is None or isinstance(first, str):
        return first if isinstance(first, str) else (first,)
    last = _one(structure, prefix, end)
    if isinstance(last, str):
        return last
    if first.kind is not last.kind:
        return f"“{citation(structure, first.id)}”到“{citation(structure, last.id)}”不是同一级，请分开写。"
    row = [part for part in structure.walk() if part.kind is first.kind and part.id.startswith(prefix or "")]
    if first.kind not in (Kind.ARTICLE, Kind.CHAPTER, Kind.BOOK):
        parent = first.id.rpartition("__")[0]
        row = [part for part in row if part.id.rpartition("__")[0] == parent]
    here, there = _place(row, first), _place(row, last)
    if here > there:
        return f"“{citation(structure, first.id)}”在“{citation(structure, last.id)}”之后，请把顺序写对。"
    return row[here : there + 1]


def _place(row: Sequence[Part], part: Part) -> int:
    return next((at for at, one in enumerate(row) if one.id == part.id), len(row))


def _one(structure: Structure, prefix: str, path: Path) -> Part | str:
    """The part at a path, or what is wrong with it."""
    tops = (
        next((a.body for a in structure.attachments if a.id + "__" == prefix), ())
        if prefix
        else structure.body
    )  # fmt: skip
    if prefix and not tops:
        return f"没有{prefix.replace('att_', '附件').strip('_')}，请核对。"
    parts: Sequence[Part] = tops
    chosen: Part | None = None
    told = ""
    for level in (kind for kind in _LEVELS if kind in path):
        told += _told(level, path[level])
        found = _step(parts, level, path[level], inside=chosen)
        if isinstance(found, str):
            return found
        if found is None:
            return f"文中没有{told}，请核对。"
        chosen = found
        parts = found.children
    return chosen or "没有写明是第几条。"


def _step(parts: Sequence[Part], level: Kind, number: Number, *, inside: Part | None) -> Part | str | None:
    if level is Kind.ARTICLE:
        below = [part for top in parts for part in top.walk()]
        kind = Kind.ARTICLE if any(part.kind is Kind.ARTICLE for part in below) else Kind.FIRST
        return next((part for part in below if part.kind is kind and part.number == number), None)
    if level is Kind.ITEM:
        if inside is not None and inside.kind is Kind.FIRST:
            return next((part for part in parts if part.kind is Kind.SECOND and part.number == number), None)
        holders = [part for part in parts if part.kind is Kind.PARAGRAPH]
        items = [item for holder in holders for item in holder.children if item.kind is Kind.ITEM]
        items = items or [part for part in parts if part.kind is Kind.ITEM]
        named = [item for item in items if item.number == number]
        if len(named) > 1:
            return f"有 {len(named)} 款都有第（{number[0]}）项，请写明是第几款。"
        return named[0] if named else None
    if level.container:
        below = [part for top in parts for part in top.walk()]
        named = [part for part in below if part.kind is level and part.number == number]
        if len(named) > 1:
            return f"{_told(level, number)}不止一处，请写明在哪一编哪一章。"
        return named[0] if named else None
    kinds = (Kind.POINT, Kind.THIRD) if level is Kind.POINT else (level,)
    return next((part for part in parts if part.kind in kinds and part.number == number), None)


def _told(level: Kind, number: Number) -> str:
    match level:
        case Kind.ARTICLE:
            return article_label(number)
        case Kind.ITEM:
            return f"第（{chinese(number[0]) if number[0] else '?'}）项"
        case _:
            name = {Kind.BOOK: "编", Kind.CHAPTER: "章", Kind.SECTION: "节", Kind.PARAGRAPH: "款"}.get(level, "目")
            return f"第{chinese(number[0]) if number[0] else '?'}{name}"
