"""A docx against GB/T 9704-2012: paper, margins, type, spacing, title, signature, page number.

What the file says directly or by its styles is measured; what only the office program decides is left alone.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mingtang.press.geometry import GB9704
from mingtang.text.errors import UnreadableFile
from mingtang.text.formats.markup import MARKUP_ERRORS, xml_tree
from mingtang.text.screening import Finding, Severity

Element = Any
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAGE, GRID, LEVELS = ("document-format.page",), ("document-format.grid",), ("document-format.levels",)
_MM = 56.6929  # twips
_TOLERANCE = 1.5  # millimetres
_BODY, _TITLE = 16.0, 22.0  # points: 三号, 二号
_FANGSONG = re.compile(r"仿宋|fangsong|fang song", re.IGNORECASE)
_TITLE_FONT = re.compile(r"小标宋|标宋|宋体|song|simsun", re.IGNORECASE)
_LEVEL_FONTS: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...] = (
    (re.compile(r"^[一二三四五六七八九十]{1,3}、"), re.compile(r"黑体|hei", re.IGNORECASE), "一级标题用黑体"),
    (re.compile(r"^（[一二三四五六七八九十]{1,3}）"), re.compile(r"楷体|kai", re.IGNORECASE), "二级标题用楷体"),
)
_IMPRINT = re.compile(r"^(?:抄送|主送|分送)|印发$|印制$")
_DATE = re.compile(r"^\s*(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*$")
_CHINESE_DATE = re.compile(
    r"^\s*[二一][〇零○O０0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日\s*$"
)
_PADDED_DATE = re.compile(r"^\s*(?:19|20)\d\d年(?:0\d月\d{1,2}|\d{1,2}月0\d)日\s*$")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph as it is set: text, font and size of most of its characters, alignment, spacing, indent."""

    text: str
    font: str
    size: float
    align: str
    exact: float | None
    indent: float


def layout(data: bytes) -> list[Finding]:
    """What departs from the standard; raises `UnreadableFile` when the docx is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = xml_tree(archive.read("word/document.xml"))
            styles = _Styles(
                xml_tree(archive.read("word/styles.xml")) if "word/styles.xml" in archive.namelist() else None
            )
            footers = b"".join(
                archive.read(name) for name in archive.namelist() if re.match(r"word/footer\d*\.xml", name)
            )
    except (zipfile.BadZipFile, KeyError, OSError, *MARKUP_ERRORS):
        raise UnreadableFile("Word 文件已损坏，读不出来；请在 Word 或 WPS 中打开另存后再试。") from None
    paragraphs = [
        one for one in (_read(node, styles) for node in body.iter(f"{W}p") if not _in_table(node)) if one.text.strip()
    ]
    found = [*_page(body), *_type(paragraphs), *_title(paragraphs), *_levels(paragraphs), *_end(paragraphs)]
    if not re.search(rb"\bPAGE\b", footers):
        found.append(_told("没有页码：每面版心下边缘之下用四号半角数字编页码", "页码", PAGE, "note"))
    return found


def _in_table(node: Element) -> bool:
    """Tables are set smaller, and judged by nobody here."""
    return next(node.iterancestors(f"{W}tbl"), None) is not None


def _told(message: str, quote: str, rules: tuple[str, ...], severity: Severity = "warn") -> Finding:
    return Finding("layout", "wording", severity, 0, 0, quote, f"{message}（GB/T 9704）。", rules, None, "版式")


# -- reading -----------------------------------------------------------------------------------------------------------


class _Styles:
    """What a style says of font, size, alignment and spacing, through the styles it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._by_id: dict[str, Element] = {}
        self._default = ""
        self._defaults: Element | None = None
        if root is None:
            return
        self._defaults = root.find(f"{W}docDefaults")
        for style in root.iter(f"{W}style"):
            name = str(style.get(f"{W}styleId"))
            self._by_id[name] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") == "1":
                self._default = name

    def chain(self, name: str) -> Iterator[Element]:
        """The style and those it rests on, then the defaults of the document."""
        seen: set[str] = set()
        name = name or self._default
        while name in self._by_id and name not in seen:
            seen.add(name)
            yield self._by_id[name]
            parent = self._by_id[name].find(f"{W}basedOn")
            name = str(parent.get(f"{W}val")) if parent is not None else ""
        if self._defaults is not None:
            for kind in ("rPrDefault", "pPrDefault"):
                given = self._defaults.find(f"{W}{kind}")
                if given is not None:
                    yield given


def _value(node: Element | None, path: str, attribute: str) -> str:
    found = node.find("/".join(f"{W}{step}" for step in path.split("/"))) if node is not None else None
    return str(found.get(f"{W}{attribute}") or "") if found is not None else ""


def _read(node: Element, styles: _Styles) -> _Paragraph:
    own = node.find(f"{W}pPr")
    chain = [*styles.chain(_value(own, "pStyle", "val"))]

    def of_paragraph(path: str, attribute: str) -> str:
        return _value(own, path, attribute) or next(
            filter(None, (_value(one, f"pPr/{path}", attribute) for one in chain)), ""
        )

    fonts: Counter[str] = Counter()
    sizes: Counter[float] = Counter()
    text = ""
    for run in node.iter(f"{W}r"):
        words = "".join(str(piece.text or "") for piece in run.iter(f"{W}t"))
        given = run.find(f"{W}rPr")
        font = _value(given, "rFonts", "eastAsia") or next(
            filter(None, (_value(one, "rPr/rFonts", "eastAsia") for one in chain)), ""
        )
        size = _value(given, "sz", "val") or next(filter(None, (_value(one, "rPr/sz", "val") for one in chain)), "")
        fonts[font] += len(words)
        sizes[_number(size) / 2] += len(words)
        text += words
    rule = of_paragraph("spacing", "lineRule")
    line = _number(of_paragraph("spacing", "line"))
    return _Paragraph(
        text,
        fonts.most_common(1)[0][0] if fonts else "",
        sizes.most_common(1)[0][0] if sizes else 0.0,
        of_paragraph("jc", "val"),
        line / 20 if rule == "exact" and line else None,
        _number(of_paragraph("ind", "firstLineChars")) / 100 or _number(of_paragraph("ind", "firstLine")) / 20 / _BODY,
    )


def _number(text: str) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


# -- judging -----------------------------------------------------------------------------------------------------------


def _page(body: Element) -> Iterator[Finding]:
    section = next(iter(body.iter(f"{W}sectPr")), None)
    if section is None:
        return
    width, height = (_number(_value(section, "pgSz", side)) / _MM for side in ("w", "h"))
    if width and (abs(width - GB9704.page_width) > _TOLERANCE or abs(height - GB9704.page_height) > _TOLERANCE):
        yield _told(f"纸张是 {width:.0f}×{height:.0f} 毫米，应为 A4（210×297 毫米）", "纸张", PAGE)
        return
    for label, side, right in (
        ("上边距（天头）", "top", GB9704.top),
        ("下边距", "bottom", GB9704.bottom),
        ("左边距（订口）", "left", GB9704.left),
        ("右边距", "right", GB9704.right),
    ):
        told = _number(_value(section, "pgMar", side)) / _MM
        if abs(told - right) > _TOLERANCE:
            yield _told(f"{label}是 {told:.1f} 毫米，应为 {right:.0f} 毫米", label, PAGE)


def _body_of(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    """The running text: paragraphs of some length that are neither centred, nor set to the right, nor the imprint."""
    return [
        one
        for one in paragraphs
        if len(one.text) >= 20 and one.align not in ("center", "right", "end") and not _IMPRINT.search(one.text.strip())
    ]


def _type(paragraphs: list[_Paragraph]) -> Iterator[Finding]:
    body = _body_of(paragraphs)
    if not body:
        return
    length = sum(len(one.text) for one in body)

    def part(wrong: list[_Paragraph]) -> float:
        return sum(len(one.text) for one in wrong) / length

    sizes = [one for one in body if one.size and abs(one.size - _BODY) > 0.25]
    if part(sizes) > 0.3:
        yield _told(f"正文字号是 {sizes[0].size:g} 磅，应为三号（16 磅）", "正文字号", PAGE)
    fonts = [one for one in body if one.font and not _FANGSONG.search(one.font)]
    if part(fonts) > 0.3:
        yield _told(f"正文字体是“{fonts[0].font}”，应为仿宋", "正文字体", PAGE)
    spaced = [one for one in body if one.exact is None or not 27.5 <= one.exact <= 30.5]
    if part(spaced) > 0.5:
        told = f"固定值 {spaced[0].exact:g} 磅" if spaced[0].exact else "不是固定值"
        yield _told(f"正文行距{told}，应为固定值 28 至 30 磅（每面22行）", "正文行距", GRID, "note")
    flush = [one for one in body if one.indent < 1.5 and not one.text.startswith(("　　", "    "))]
    if part(flush) > 0.5:
        yield _told("正文段首没有空两字", "段首", PAGE, "note")


def _is_mark(one: _Paragraph) -> bool:
    """Whether a line is the issuer's mark or the number beneath it, which stand above the title."""
    return one.size > 30 or re.search(r"文件$|号$|签发人", one.text.strip()) is not None


def _title(paragraphs: list[_Paragraph]) -> Iterator[Finding]:
    title = next(
        (one for one in paragraphs[:8] if one.align == "center" and len(one.text) >= 6 and not _is_mark(one)), None
    )
    if title is None:
        yield _told("没有居中的标题", "标题", PAGE, "note")
        return
    if title.size and abs(title.size - _TITLE) > 0.5:
        yield _told(f"标题字号是 {title.size:g} 磅，应为二号（22 磅）", "标题字号", PAGE)
    if title.font and not _TITLE_FONT.search(title.font):
        yield _told(f"标题字体是“{title.font}”，应为小标宋", "标题字体", PAGE)
    if re.search(r"[，。；：]", title.text):
        yield _told("标题中除法规、规章名称加书名号外，一般不用标点", "标题标点", PAGE, "note")


def _levels(paragraphs: list[_Paragraph]) -> Iterator[Finding]:
    for pattern, font, message in _LEVEL_FONTS:
        wrong = [
            one
            for one in paragraphs
            if pattern.match(one.text)
            and len(one.text) < 40
            and "。" not in one.text
            and one.font
            and not font.search(one.font)
        ]
        if wrong:
            yield _told(
                f"“{wrong[0].text[:12]}”等 {len(wrong)} 处：{message}，现为“{wrong[0].font}”", "层次标题", LEVELS
            )


def _end(paragraphs: list[_Paragraph]) -> Iterator[Finding]:
    """The date of the signature: in Arabic numerals, not padded, set to the right."""
    for one in paragraphs[-8:]:
        if _CHINESE_DATE.match(one.text):
            yield _told("成文日期用阿拉伯数字写全年、月、日", "成文日期", PAGE)
        elif _PADDED_DATE.match(one.text):
            yield _told("成文日期的月、日不编虚位（1 不写作 01）", "成文日期", PAGE)
        if (
            (_DATE.match(one.text) or _CHINESE_DATE.match(one.text))
            and one.align in ("", "left", "start", "both")
            and not one.text.startswith(("　", "  "))
        ):
            yield _told("成文日期没有右空四字编排", "成文日期", PAGE, "note")
