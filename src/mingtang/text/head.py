"""The parts of a notice around its outline: title, number, addressees, signature, date, marks, annexes."""

import re
from dataclasses import dataclass, field
from datetime import date

from mingtang.text.addressees import addressees_in
from mingtang.text.bodies import is_body
from mingtang.text.chinese_dates import find_date, lone_date
from mingtang.text.cleaning import fold
from mingtang.text.columns import column_kind
from mingtang.text.document import Document, Table
from mingtang.text.frame import content_of
from mingtang.text.letter import Section, title_of_letter
from mingtang.text.markers import marker_of
from mingtang.text.references import document_numbers, lone_number
from mingtang.text.sentences import Span

_KINDS = (
    "通知|通报|意见|方案|要点|办法|细则|规定|规则|安排|计划|规划|清单|措施|分工|分解表|任务表|一览表|台账|责任制|制度|规程|函|决定|任务分解|"
    "工作任务|重点任务|任务|责任表|明细表|汇总表|公告|通告|公示|报告|指引|指南|标准|目录|表|纲要|总结|请示|批复|复函|纪要|预案|说明|条例|令|简报|信息|建议|答复|解读"
)
_ENDS_AS_TITLE = re.compile(
    rf"(?:{_KINDS})(?:[》”]?(?:的(?:通知|函|通报|意见|批复|决定|请示|报告))?)?(?:\([^()]{{1,12}}\))?$"
)
_OPENS_TITLE = re.compile(r"关于|印发|转发|(?:19|20)\d{2}年")
_DISCLOSURE = re.compile(
    r"^[(\[]?(?:(?:此|本)(?:件|文)|信息公开选项|公开方式|公开属性|公开选项|公开形式)?[:]?\s?(?:主动公开|公开发布|依申请公开|不予公开|不公开|删减后公开|全文公开|公开|同意公开|属于主动公开)[)\]]?。?$"
)
_LETTERHEAD = re.compile(r"^[一-鿿、 ]{4,40}文件$")
_COPY_TO = re.compile(
    r"^(?:抄送|主送|分送|抄报|报送|发送|报|送|发)\s?[:：]|[印制]发$|^\(?共印\s?\d+\s?份\)?|^印发机关|^打字|^校对"
)
_ANNEX_LIST = re.compile(r"^附\s?件?\s?\d{0,2}\s?[:.、]?\s?[:](?=.)|^附\s?[:]")
_ANNEX_HEAD = re.compile(r"^[(\[]?附\s?[件表录]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?\s?[:]?[)\]]?$")
_CONTACT = re.compile(r"^\(?(?:联\s?系\s?人|联系电话|联系方式|电\s?话|传\s?真|电子邮箱|邮箱|地址|邮编)\s?[:]")
_FORM_ANNEX = re.compile(
    r"统计表|登记表|申请表|样表|样式|模板|名单|填表|备案表|报备表|反馈表|汇总表|通讯录|联络员|自评表|评分|考核(?:表|指标|细则)|指标"
)
#: Titles are looked for among this many first lines; addresses and seals come within.
_HEAD_LINES = 40


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a notice as a whole, and its sections of text to be read for obligations."""

    title: str
    issuer: str | None
    document_number: str | None
    made_on: date | None
    addressees: tuple[str, ...]
    year: int | None
    disclosure: str | None
    sections: tuple[Section, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Reading:
    """The state of reading a document from top to bottom."""

    facts: list[tuple[str, str]]
    title: str = ""
    number: str | None = None
    letterhead: str | None = None
    addressees: tuple[str, ...] = ()
    signed: list[str] = field(default_factory=list[str])
    signed_on: date | None = None
    loose_date: date | None = None
    printed_on: date | None = None
    disclosure: str | None = None
    sections: list[Section] = field(default_factory=lambda: [Section(None)])


def read_head(document: Document) -> Head:
    """The head of a notice and its sections; what the text does not say comes from the page's index table."""
    reading = _Reading(facts=list(document.facts))
    blocks = content_of(document, reading.facts)
    index = _read_title(blocks, reading)
    _read_rest(blocks, index, reading)
    return _head(reading)


def _read_title(blocks: list[Span | Table], reading: _Reading) -> int:
    """Take the title and what stands before it; the index of the first block after it."""
    index = 0
    while index < min(len(blocks), _HEAD_LINES):
        block = blocks[index]
        if isinstance(block, Table):
            break
        folded = fold(block.text)
        if _LETTERHEAD.match(folded):
            reading.letterhead = block.text.removesuffix("文件").replace(" ", "")
        elif lone_number(block.text):
            reading.number = reading.number or lone_number(block.text)
        elif marker_of(block.text) or (folded.endswith(":") and addressees_in(block.text)):
            break
        else:
            title, taken = _title_at(blocks, index)
            if taken:
                reading.title = title
                reading.number = reading.number or _number_beside_title(blocks, index)
                index += taken
                while index < len(blocks):
                    again, taken = _title_at(blocks, index)
                    if not taken or _bare(again) != _bare(title):
                        break
                    index += taken
                return index
        index += 1
    reading.title = _title_from_facts(reading)
    return 0 if index >= min(len(blocks), _HEAD_LINES) else index


def _title_at(blocks: list[Span | Table], index: int, known: str = "") -> tuple[str, int]:
    """The title that begins at a block, joined over at most six lines, and how many lines it takes (0: none).

    `known` is the notice's own title without punctuation: a line that occurs in it begins a title too.
    """
    joined = ""
    opened = False
    for taken in range(1, 7):
        if index + taken > len(blocks):
            break
        block = blocks[index + taken - 1]
        if isinstance(block, Table):
            break
        text = block.text
        if taken == 1:
            text = _without_number(text)
        folded = fold(text)
        if (
            len(text) > 110
            or folded.endswith(("。", ":", ";"))
            or lone_date(text)
            or lone_number(text)
            or marker_of(text)
            or (taken == 1 and column_kind(text) and len(text) <= 6)
        ):
            break
        joined += text.replace(" ", "")
        opened = opened or _OPENS_TITLE.search(folded) is not None or (len(text) >= 6 and _bare(text) in known)
        if not opened and taken == 1 and not (is_body(text) or _ENDS_AS_TITLE.search(folded)):
            break
        if _ENDS_AS_TITLE.search(fold(joined)) and _balanced(joined):
            nxt = blocks[index + taken] if index + taken < len(blocks) else None
            if isinstance(nxt, Span) and _continues_title(joined, nxt.text):
                continue
            return _unwrapped(joined), taken
    return "", 0


_NUMBER_BEFORE = re.compile(r"^([一-鿿]{2,14}[〔\[【(（]\d{4}[〕\]】)）]\d{1,4}\s?号)\s?(?=.{8})")
_NUMBER_AFTER = re.compile(r"[(（]([一-鿿]{2,14}[〔\[【]\d{4}[〕\]】]\d{1,4}号)[)）]$")


def _without_number(text: str) -> str:
    """A title line without the document number printed before it, or in brackets after it."""
    match = _NUMBER_BEFORE.match(text)
    text = text[match.end() :] if match else text
    return _NUMBER_AFTER.sub("", text)


def _number_beside_title(blocks: list[Span | Table], index: int) -> str | None:
    """The document number printed in the line of the title."""
    block = blocks[index]
    if isinstance(block, Table):
        return None
    match = _NUMBER_BEFORE.match(block.text) or _NUMBER_AFTER.search(block.text)
    return lone_number(match.group(1)) if match else None


def _unwrapped(title: str) -> str:
    """A title without the 《 》 set around the whole of it."""
    inner = title[1:-1]
    if not (title.startswith("《") and title.endswith("》")) or "《" in inner or "》" in inner:
        return title
    return inner.replace("〈", "《").replace("〉", "》")


def _continues_title(title: str, following: str) -> bool:
    """Whether the next line still belongs to the title (的通知, （试行）, 及任务分解表…)."""
    folded = fold(following)
    if title.endswith("通知》") or _bare(following) == _bare(title):
        return False
    if re.match(r"^的(?:通知|函|意见|通报|决定)$", folded) or re.match(
        r"^\((?:试行|暂行|修订|征求意见稿|草案)[^()]{0,6}\)$", folded
    ):
        return True
    if "关于" in title and not re.search(r"(?:通知|意见|函|通报|决定|批复|方案|公告|办法)$", fold(title)):
        return len(following) <= 40 and _ENDS_AS_TITLE.search(folded) is not None and not _OPENS_TITLE.match(folded)
    return False


def _balanced(text: str) -> bool:
    return text.count("《") == text.count("》") and fold(text).count("(") == fold(text).count(")")


def _bare(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


def _title_from_facts(reading: _Reading) -> str:
    for name, value in reading.facts:
        if name == "标题" and _ENDS_AS_TITLE.search(fold(value)):
            return value.replace(" ", "")
    return ""


def _read_rest(blocks: list[Span | Table], index: int, reading: _Reading) -> None:
    """Everything after the title: sort each line into its part."""
    annex_list = False
    while index < len(blocks):
        block = blocks[index]
        if isinstance(block, Table):
            reading.sections[-1].tables.append(block)
            index += 1
            continue
        annex_list = _in_annex_list(block.text, annex_list)
        taken = 1 if annex_list else _read_line(block, blocks, index, reading)
        index += taken


def _in_annex_list(text: str, before: bool) -> bool:
    """Whether a line belongs to the list of annexes (附件：1.… 2.…)."""
    folded = fold(text)
    if _ANNEX_LIST.match(folded) and len(text) < 120:
        return True
    marker = marker_of(text)
    return before and marker is not None and marker.kind == "arabic" and len(text) < 60 and not folded.endswith("。")


def _read_line(block: Span, blocks: list[Span | Table], index: int, reading: _Reading) -> int:
    """Take the line `block` at `index` (and those that belong to it); how many were taken."""
    text, folded = block.text, fold(block.text)
    if reading.number is None and lone_number(text) and not reading.sections[0].lines:
        reading.number = lone_number(text)
        return 1
    if _DISCLOSURE.match(folded):
        reading.disclosure = reading.disclosure or folded.strip("()[]。")
        return 1
    if not reading.addressees and len(reading.sections[0].lines) <= 3 and folded.endswith(":"):
        reading.addressees = addressees_in(text)
        if reading.addressees:
            return 1
    if _COPY_TO.search(folded) and len(text) < 200 and not marker_of(text):
        found = find_date(text)
        reading.printed_on = reading.printed_on or (found[0] if found else None)
        if found or re.match(r"^(?:抄送|主送|分送|抄报|报送|发送|\(?共印)", folded):
            return 1
    taken = _signature(blocks, index, reading)
    if taken:
        return taken
    if _CONTACT.match(folded) and len(text) < 100:
        return 1
    return _new_section(block, blocks, index, reading) or _plain(block, reading)


def _plain(block: Span, reading: _Reading) -> int:
    reading.sections[-1].lines.append(block)
    return 1


def _signature(blocks: list[Span | Table], index: int, reading: _Reading) -> int:
    """A signature block that begins here: body lines and a date, or a date alone; how many lines it takes."""
    names: list[str] = []
    for taken in range(1, 7):
        if index + taken > len(blocks):
            return 0
        block = blocks[index + taken - 1]
        if isinstance(block, Table) or len(block.text) > 70 or marker_of(block.text):
            return 0
        if names and _PRINTED.search(fold(block.text)):
            printed = find_date(block.text)
            reading.printed_on = reading.printed_on or (printed[0] if printed else None)
            return taken
        found = find_date(block.text)
        on = lone_date(block.text)
        if on is None and found and found[2] >= len(block.text.rstrip(" )）")):
            name = block.text[: found[1]].strip()
            if _signs(name):
                names.extend(name.split(" "))
                on = found[0]
        if on is not None:
            if names and not reading.signed:
                reading.signed, reading.signed_on = names, on
            elif reading.loose_date is None:
                reading.loose_date = on
            return taken
        pieces = block.text.split(" ")
        if not all(_signs(piece) for piece in pieces):
            return 0
        names.extend(pieces)
    return 0


_PRINTED = re.compile(r"日[印制]发$")


def _signs(name: str) -> bool:
    return 4 <= len(name) <= 36 and is_body(name) and not name.startswith(("各", "由"))


def _new_section(block: Span, blocks: list[Span | Table], index: int, reading: _Reading) -> int:
    """A plan's or an annex's title that begins here opens a section; how many lines it takes (0: none)."""
    taken = 0
    if _ANNEX_HEAD.match(fold(block.text)):
        taken = 1
    title, lines = _title_at(blocks, index + taken, _bare(reading.title))
    if lines and (len(title) > 56 or (re.search(r"[，；]", title) and len(title) > 40)):
        title, lines = "", 0
    if not lines and not taken:
        return 0
    again = bool(lines) and not taken and _bare(title) == _bare(reading.title)
    if again and not reading.addressees and len(reading.sections) == 1:
        # The page printed the title before, in its frame; what stood between the two belongs to the frame.
        reading.sections[0].lines.clear()
        return lines
    if lines and not taken and not reading.sections[-1].lines and len(reading.sections) == 1 and not reading.signed_on:
        # A second title right under the first belongs to the head (a web page repeats it, or a subtitle).
        return lines if _bare(title) in _bare(reading.title) or not reading.title else _open(reading, title, lines)
    return _open(reading, title or None, taken + lines)


def _open(reading: _Reading, title: str | None, taken: int) -> int:
    reading.sections.append(Section(title))
    return taken


def _fact(reading: _Reading, *names: str) -> str | None:
    return next((value for name in names for key, value in reading.facts if key == name and value), None)


_TITLE_ISSUER = re.compile(r"^(.{3,60}?)(关于|印发《|转发《|印发〈|20\d{2}年)")


#: 2025年某某市某某局政务公开工作安排
_TITLE_OWN = re.compile(r"^20\d{2}年度?([一-鿿]{3,30}?[局委办厅科处室院])(?=政务公开|政府信息|信息公开)")


def _issuer(reading: _Reading, title: str) -> str | None:
    """Who signs; else whom the title names first, the letterhead, or the page's index table."""
    signed = "、".join(dict.fromkeys(reading.signed))
    match = _TITLE_ISSUER.match(title)
    own = _TITLE_OWN.match(title)
    named = match.group(1) if match else own.group(1) if own else ""
    if named and not is_body(re.sub(r"^中共.*(?=.{2,})", "", named) or named):
        named = ""
    if match and match.group(2).startswith("20") and named[-1:] in "省市县区旗州盟镇乡":
        named = ""
    posted = _fact(reading, "发布机构")
    return (
        signed
        or named
        or reading.letterhead
        or _fact(reading, "发文机关")
        or (posted if posted and is_body(posted) else None)
    )


def _made_on(reading: _Reading) -> date | None:
    """The day signed; else a day on a line of its own, the page's index table, or the day printed."""
    for name in ("成文日期", "生成日期", "发文日期"):
        found = find_date(_fact(reading, name) or "")
        if found:
            return reading.signed_on or reading.loose_date or found[0]
    return reading.signed_on or reading.loose_date or reading.printed_on


def _head(reading: _Reading) -> Head:
    title = reading.title or _title_from_facts(reading) or title_of_letter(reading.sections)
    issuer, made_on = _issuer(reading, title), _made_on(reading)
    number = reading.number
    if number is None:
        stated_numbers = document_numbers(_fact(reading, "文号") or "")
        number = stated_numbers[0] if stated_numbers else None
    years = [
        int(y) for y in re.findall(r"(20\d{2})年", fold("".join([title, *(s.title or "" for s in reading.sections)])))
    ]
    return Head(
        title=title,
        issuer=issuer,
        document_number=number,
        made_on=made_on,
        addressees=reading.addressees,
        year=years[0] if years else (made_on.year if made_on else None),
        disclosure=reading.disclosure or _fact(reading, "公开方式"),
        sections=tuple(s for s in reading.sections if not (s.title and _FORM_ANNEX.search(s.title))),
        facts=tuple(reading.facts),
    )
