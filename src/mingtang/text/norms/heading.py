"""What a document is called and who made it, where the usual head does not say: orders (令), captions, amendments."""

import re
from dataclasses import dataclass
from datetime import date

from mingtang.text.bodies import is_body
from mingtang.text.chinese_dates import find_date, lone_date
from mingtang.text.cleaning import fold
from mingtang.text.head import Head
from mingtang.text.markers import marker_of
from mingtang.text.references import document_numbers, titles

#: (2021年5月10日某旗人民政府令第3号公布 自2021年7月1日起施行)
_CAPTION = re.compile(
    r"^\((?P<day>\d{4}年\d{1,2}月\d{1,2}日)(?P<by>[^()，,。\d]{4,40}?)(?:常务会议|全体会议)?(?P<order>令第?\s?\d{1,4}号)?"
    r"(?:以[^()]{2,30}号)?(?:文件)?(?:审议)?(?:公布|发布|印发|颁布|通过|批准)"
)
_ORDER = re.compile(r"^(?P<by>.{4,30}?)令$")
_ORDER_NUMBER = re.compile(r"^\(?第?\s?(\d{1,4}|[〇零一二三四五六七八九十百]{1,5})\s?号\)?$")
_GIVEN_OUT = re.compile(r"《([^《》]+(?:〈[^〈〉]+〉[^《》]*)?)》.{0,120}?(?:予以?公布|公布施行|予以?发布|发布施行)")
_AMENDS = re.compile(r"(?:修改|修订|修正|调整)(?:.{0,6}?)(?P<what>《.+》).{0,24}$")


@dataclass(frozen=True, slots=True)
class Heading:
    """Title, number, issuer and day of making; `caption` tells that a line under the title said them."""

    title: str
    number: str | None
    issuer: str | None
    made_on: date | None
    caption: bool = False


def heading_of(text: str, head: Head) -> Heading:
    """The heading of a document: that of the head, corrected for orders and completed from a caption."""
    lines = [line.strip() for line in text.splitlines()[:14] if line.strip()]
    heading = Heading(head.title or _first_line(lines), head.document_number, head.issuer, None)
    return _with_issuer(lines, _from_caption(lines, _from_order(lines, heading)))


#: the body that a title names first, without 关于: 某县人民政府工作规则
_NAMED_FIRST = re.compile(r"^(?P<by>[一-鿿]{2,16}?人民政府(?:办公室|办公厅)?)(?!部门)")
#: 发文机构 on a page may name who runs the site
_POSTS = re.compile(r"网站$|网$|融媒体中心$|信息中心$|编辑部$")


def _first_line(lines: list[str]) -> str:
    """A title by its place, where no word tells one: the first line, if it is short and no sentence."""
    first = re.sub(r"\s", "", lines[0]) if lines else ""
    if len(lines) > 1 and re.fullmatch(r"[（(].{2,12}[）)]", lines[1]) and lone_date(lines[1]) is None:
        first += lines[1]
    plain = 6 <= len(first) <= 60 and first[-1] not in "。：；，:;," and find_date(first) is None and not is_body(first)
    return first if plain and not document_numbers(first) and marker_of(first) is None else ""


def _with_issuer(lines: list[str], heading: Heading) -> Heading:
    """Where nobody signs: the body that the title begins with, or one on a line of its own above the text."""
    if heading.issuer and not _POSTS.search(heading.issuer):
        return heading
    first = _NAMED_FIRST.match(heading.title)
    alone = next((line for line in lines[:10] if 5 <= len(line) <= 24 and is_body(line) and "文件" not in line), None)
    issuer = first["by"] if first else alone or heading.issuer
    return Heading(heading.title, heading.number, issuer, heading.made_on, heading.caption)


def _from_order(lines: list[str], heading: Heading) -> Heading:
    """某旗人民政府令 / 第6号 / 《…》已经…，现予公布: the title is that of the rule, the number that of the order."""
    for at, line in enumerate(lines[:8]):
        bare = re.sub(r"\s", "", line)
        order = _ORDER.match(bare)
        if order is None or not is_body(order["by"]):
            continue
        number = heading.number
        for following in lines[at + 1 : at + 3]:
            match = _ORDER_NUMBER.match(fold(re.sub(r"\s", "", following)))
            if match:
                number = f"{bare}第{match.group(1)}号"
        given = _GIVEN_OUT.search("".join(lines[at + 1 :]))
        title = given.group(1) if given else heading.title
        return Heading(title, number, heading.issuer or order["by"], None)
    return heading


def _from_caption(lines: list[str], heading: Heading) -> Heading:
    for line in lines:
        match = _CAPTION.match(fold(line))
        if match is None:
            continue
        by = match["by"].removesuffix("以")
        found = find_date(match["day"])
        named = by if is_body(by) else None
        number = heading.number
        if number is None and match["order"]:
            number = re.sub(r"令第?\s?", "令第", f"{by}{match['order']}")
        if number is None:
            stated = document_numbers(line)
            number = stated[0] if stated else None
        # The day of the caption is that of the first publication: later ones stand behind it.
        return Heading(heading.title, number, heading.issuer or named, found[0] if found else None, True)
    return heading


def amended_by(title: str) -> tuple[str, ...]:
    """The documents that a title says are amended: 关于修改《…》的决定; () for any other title."""
    match = _AMENDS.search(title)
    return tuple(titles(match["what"])) if match and re.search(r"决定|通知|公告|补充规定", title) else ()


def without_quotations(text: str) -> str:
    """A text without what stands in “ ”, over lines too: the new wording of an amended clause is not its own."""
    pieces: list[str] = []
    depth = 0
    for char in text:
        if char == "“":
            depth += 1
        elif char == "”" and depth:
            depth -= 1
        elif depth == 0:
            pieces.append(char)
    return "".join(pieces) if depth == 0 else text
