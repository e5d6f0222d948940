"""The orders in the text of an amending document: 将第三条修改为：“…”, 增加一条，作为第五条, 删去第七条 …"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mingtang.text.markers import marker_of
from mingtang.text.norms.amending.operations import Amendments, Change, Operation
from mingtang.text.numerals import COUNTING
from mingtang.text.references import titles

_N = rf"(?:[{COUNTING}千]{{1,7}}|\d{{1,4}})"
_SUB = rf"(?:\s?之\s?[{COUNTING}]{{1,3}})?"
_STEP = rf"(?:第\s?{_N}\s?(?:编|章|节|条|款|目){_SUB}|第?\s?[（(]\s?{_N}\s?[）)]\s?项?|第\s?{_N}\s?项)"
_WHERE = rf"(?P<where>{_STEP}(?:(?:、|和|及|至|到)?{_STEP})*)"
_PLACE = rf"(?:{_WHERE}|(?:全文|文中|正文|本办法|办法|条文|其)(?:中|内|里)?)"
_Q = r"⟦\d+⟧"
_QS = rf"{_Q}(?:[、和，及]?{_Q})*"
_AS = r"(?:统一|分别|均|一并)?(?:修改|修订|调整|变更|替换|更改|改)(?:成|为)"
_GET = r"(?:将|把|对)?(?:原|其中)?"
_CONTENT = r"(?:的?内容|整体)?"
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("title", re.compile(
        rf"^{_GET}(?:文件|办法|规定|细则|意见|条例|规则|本)*(?:名称|标题|题目)(?:由(?:{_Q}|《[^》]+》))?"
        rf"{_AS}[：:]?(?P<new>{_Q}|《.+》)$"
    )),
    ("words", re.compile(rf"^{_GET}{_PLACE}?(?:中|内|里|所有|出现)*的?(?P<old>{_QS}){_AS}[：:]?(?P<new>{_QS})$")),
    ("add_words", re.compile(
        rf"^在?{_PLACE}?(?:中|内)?的?(?P<old>{_Q})(?:一词|字样)?之?后面?(?:增加|加上|添加)[：:]?(?P<new>{_Q})$"
    )),
    ("drop_words", re.compile(rf"^(?:删去|删除){_PLACE}?(?:中|内)?的?(?P<old>{_QS})(?:字样|一词|内容)?$")),
    ("drop_words", re.compile(
        rf"^{_GET}{_PLACE}?(?:中|内)?的?(?P<old>{_QS})(?:字样|一词|内容)?(?:予以)?(?:删去|删除)$"
    )),
    ("renumber", re.compile(
        rf"^{_GET}{_WHERE}(?:分别)?(?:改为|变更为|调整为|作为)(?P<to>{_STEP}(?:(?:、|和|至)?{_STEP})*)"
        rf"(?:[，,]?(?:并|同时)?(?:将其)?(?:内容)?{_AS}[：:]?(?P<new>{_Q})"
        rf"|[，,]?(?:并|同时)?(?:将|把)?(?:其|其中|该条)的?(?P<old>{_QS}){_AS}[：:]?(?P<words>{_QS}))?$"
    )),
    ("insert", re.compile(
        rf"^(?:在?{_WHERE}(?P<after>之?后)?(?:中|内)?)?[，,]?增加{_N}个?(?P<unit>条|款|项)(?:内容)?[，,]?(?:分别)?"
        rf"(?:作为(?:该条)?的?(?P<to>{_STEP}(?:(?:、|和|至)?{_STEP})*))?[，,]?(?:内容为|表述为|即|为)?[：:]?(?P<new>{_QS})$"
    )),
    ("replace", re.compile(
        rf"^{_GET}{_WHERE}(?:合并[，,]?|(?:的)?(?:标题|章名|节名))?{_CONTENT}{_AS}[：:]?(?P<new>{_Q})$"
    )),
    ("delete", re.compile(rf"^(?:删去|删除|取消|废止){_WHERE}$")),
    ("delete", re.compile(rf"^{_GET}{_WHERE}{_CONTENT}(?:予以|全部)?(?:删去|删除|废止)$")),
)  # fmt: skip
_RENUMBERS = re.compile(r"^[^⟦⟧]{0,24}(?:顺序|序号|序次|条序|编号).{0,10}(?:调整|重新|变动|顺延|修改)|依次顺延")
_ORDERS = re.compile(r"修改为|改为|删去|删除|增加[一二三四五六七八九十两\d]+个?[条款项]|(?:后|前)增加|调整为|替换")
#: A whole decision has dozens of orders.
_MAX_ORDERS = 2000


@dataclass(frozen=True, slots=True)
class _Clause:
    """A sentence with its quotations put away: 将第三条修改为：⟦0⟧."""

    text: str
    quotes: tuple[str, ...]

    def quoted(self, words: str) -> tuple[str, ...]:
        return tuple(self.quotes[int(at)] for at in re.findall(r"⟦(\d+)⟧", words))

    @property
    def original(self) -> str:
        return re.sub(r"⟦(\d+)⟧", lambda match: f"“{self.quotes[int(match.group(1))]}”", self.text)


def read_amendments(text: str) -> Amendments:
    """The orders of an amending document (关于修改《…》的决定), in their order.

    A document that amends several names each before its orders (一、对《…》作如下修改). What orders something in words
    that are not understood is put in `unread`.
    """
    found: list[Operation] = []
    unread: list[str] = []
    renumbers = False
    instrument = _named_by_title(text)
    context = ""
    for paragraph in _paragraphs(text):
        head, marker_end = paragraph, marker_of(paragraph)
        if marker_end and marker_end.kind not in ("division", "chapter", "section", "article"):
            head = paragraph[marker_end.length :]
        named = _named(head)
        if named:
            instrument, context = named, ""
        for clause in _clauses(head):
            if len(found) > _MAX_ORDERS:
                return Amendments(tuple(found), renumbers, (*unread, "修改条目过多，后面的没有读。"))
            words = re.sub(r"^.*?(?:作如下修改|作出如下修改|修改如下|修订如下)[：:]", "", clause.text)
            words = re.sub(r"^(?:对|将|在)?《[^《》]{2,60}》(?:（[^（）]{2,30}）)?(?:的|中的?)?[，,]?", "", words)
            if _RENUMBERS.search(words):
                renumbers = True
                continue
            rule = _rule(replace(clause, text=words), context)
            if rule is not None:
                context = rule[1]
                found.extend(replace(one, instrument=instrument) for one in rule[0])
            elif _ORDERS.search(clause.text) and "修改如下" not in clause.text:
                unread.append(clause.original)
    return Amendments(tuple(found), renumbers, tuple(unread))


def _named_by_title(text: str) -> str:
    for line in text.splitlines()[:8]:
        match = re.search(r"(?:修改|修订|修正)(?:.{0,12})?《(.+)》(?:等\d*.{0,10})?(?:的|（).{0,6}", line)
        if match and "决定" in line + "决定":
            names = titles(f"《{match.group(1)}》")
            return names[0] if len(names) == 1 else ""
    return ""


def _named(words: str) -> str:
    """The document that a heading says is amended here: 对《…》作如下修改, 《…》（…号）."""
    bare = re.sub(r"“[^“”]*”", "", words)
    match = re.match(r"^(?:对|将|在)?《([^《》]+(?:〈[^〈〉]+〉)?[^《》]*)》", bare)
    return match.group(1) if match else ""


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs with the lines of a quotation kept together: one begins only where none is open."""
    current: list[str] = []
    depth = 0
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        if depth == 0 and current:
            yield "\n".join(current)
            current = []
        if depth and line.startswith("“"):
            # Each paragraph of a long quotation may open it again; only the last one closes it.
            line = line[1:]
        current.append(line)
        depth = max(0, depth + line.count("“") - line.count("”"))
    if current:
        yield "\n".join(current)


def _clauses(paragraph: str) -> Iterator[_Clause]:
    """The sentences of a paragraph (cut at 。 and ；, outside quotations), each with its quotations put away."""
    quotes: list[str] = []
    pieces: list[str] = []
    depth, start = 0, 0
    for at, char in enumerate(paragraph):
        if char == "“":
            if depth == 0:
                pieces.append(paragraph[start:at])
                start = at + 1
            depth += 1
        elif char == "”" and depth:
            depth -= 1
            if depth == 0:
                pieces.append(f"⟦{len(quotes)}⟧")
                quotes.append(paragraph[start:at])
                start = at + 1
    pieces.append(paragraph[start:])
    for sentence in re.split(r"[。；;\n]", "".join(pieces)):
        words = re.sub(r"\s", "", sentence).strip("，,：:")
        if words:
            yield _Clause(words, tuple(quotes))


def _rule(clause: _Clause, context: str) -> tuple[list[Operation], str] | None:
    """The orders of a sentence and the article it speaks of; None when it orders nothing known."""
    for name, pattern in _RULES:
        match = pattern.match(clause.text)
        if match is None:
            continue
        groups = match.groupdict()
        where = _in_context(groups.get("where") or "", context)
        made = _made(name, groups, where, clause)
        if made is None:
            return None
        return made, _article_of(where or groups.get("to") or "") or context
    return None


def _in_context(where: str, context: str) -> str:
    """An address that begins below the article (第二款) stands in the article spoken of before."""
    if not where or re.match(rf"^第\s?{_N}\s?(?:编|章|节|条)", where):
        return where
    return context + where if context else where


def _article_of(where: str) -> str:
    match = re.match(rf"^第\s?{_N}\s?条{_SUB}", where)
    return match.group() if match else ""


def _made(name: str, groups: dict[str, str | None], where: str, clause: _Clause) -> list[Operation] | None:
    quote = clause.original
    old = clause.quoted(groups.get("old") or "")
    new = clause.quoted(groups.get("new") or "")
    match name:
        case "title":
            title = new[0] if new else (groups.get("new") or "").strip("《》")
            return [Operation(Change.TITLE, quote, text=title.strip("《》"))]
        case "words":
            if len(new) not in (1, len(old)):
                return None
            texts = new if len(new) == len(old) else new * len(old)
            return [Operation(Change.WORDS, quote, where=where, old=a, text=b) for a, b in zip(old, texts, strict=True)]
        case "add_words":
            return [Operation(Change.ADD_WORDS, quote, where=where, old=old[0], text=new[0])]
        case "drop_words":
            return [Operation(Change.DROP_WORDS, quote, where=where, old=one) for one in old]
        case "renumber":
            words = clause.quoted(groups.get("words") or "")
            made = [Operation(Change.REPLACE, quote, where=where, text=new[0])] if new else []
            if old and len(words) not in (1, len(old)):
                return None
            pairs = zip(old, words if len(words) == len(old) else words * len(old), strict=True)
            made += [Operation(Change.WORDS, quote, where=where, old=a, text=b) for a, b in pairs]
            return [*made, Operation(Change.RENUMBER, quote, where=where, to=groups["to"] or "")]
        case "insert":
            unit = groups["unit"] or ""
            return [
                Operation(
                    Change.INSERT, quote, where=where, to=groups["to"] or "", text="\n".join(new), unit=unit,
                    after=bool(groups["after"]),
                )
            ]  # fmt: skip
        case "replace":
            return [Operation(Change.REPLACE, quote, where=where, text=new[0])]
        case _:
            return [Operation(Change.DELETE, quote, where=where)]
