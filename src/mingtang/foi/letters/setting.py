"""A letter's words as an official document in letter format, with its schedule and reply slip bound in."""

import datetime
import re
from zoneinfo import ZoneInfo

from django.conf import settings

from mingtang.foi.facts import LetterFacts
from mingtang.foi.letterpress import Content
from mingtang.press.document import Annex, Block, Cell, Document, Heading, Layout, Paragraph, Table
from mingtang.press.errors import PressError
from mingtang.press.fonts import find
from mingtang.press.table_grid import Align

PLACE = ZoneInfo("Asia/Shanghai")
_LEVELS = (
    re.compile(r"[一二三四五六七八九十]+、"),
    re.compile(r"（[一二三四五六七八九十]+）"),
    re.compile(r"\d+[.．]\s?"),
)
#: A line that begins with a number and ends without a full stop is a heading, up to this length.
_LONGEST_HEADING = 80
_SLIP = "意见回执"


def document(facts: LetterFacts, content: Content) -> Document:
    """The letter before it is set."""
    schedule = [[str(cell) for cell in row] for row in content.get("schedule") or ()]
    attachments = tuple(str(name) for name in content.get("attachments") or () if str(name).strip())
    annexes: list[Annex] = []
    if schedule:
        annexes.append(Annex(attachments[0] if attachments else "附表", (_table(schedule),)))
    if _SLIP in attachments:
        annexes.append(Annex(_SLIP, _slip(facts)))
    return Document(
        layout=Layout.LETTER,
        masthead=(facts.body.name,),
        number=facts.number or "（编号在签发时产生）",
        title=str(content.get("title", "")),
        addressee=str(content.get("addressee", "")),
        body=tuple(_paragraph(str(each)) for each in content.get("paragraphs") or () if str(each).strip()),
        attachments=attachments,
        signature=(facts.body.name,),
        dated=facts.made_on,
        note=_contact(facts),
        annexes=tuple(annexes),
    )


def moment(facts: LetterFacts) -> datetime.datetime:
    """The time that the files state: the day of the letter, so that the same letter is the same file."""
    return datetime.datetime.combine(facts.made_on, datetime.time(), tzinfo=PLACE)


def unset(facts: LetterFacts, content: Content) -> list[str]:
    """Why the letter could not be set, if it could not: no fonts, or characters that none holds."""
    from mingtang.press.document import texts
    from mingtang.press.plain_text import plain

    try:
        find(settings.FONT_FOLDERS).require(map(plain, texts(document(facts, content))))
    except PressError as error:
        return [f"{error}。"]
    return []


def _paragraph(words: str) -> Block:
    words = words.strip()
    if len(words) <= _LONGEST_HEADING and not words.endswith(("。", "；", "：", "！", "？")):
        for level, pattern in enumerate(_LEVELS, start=1):
            if pattern.match(words):
                return Heading(words, level)
    return Paragraph(words)


def _table(rows: list[list[str]]) -> Table:
    """Heads first; narrow columns are those with short cells."""
    columns = max(map(len, rows))
    padded = [[*row, *[""] * (columns - len(row))] for row in rows]
    widest = [max(len(row[at]) for row in padded) for at in range(columns)]
    widths = tuple(float(min(24, max(7, each))) for each in widest)
    body = tuple(
        tuple(Cell(cell, align=Align.CENTRE if widest[at] <= 8 else Align.LEFT) for at, cell in enumerate(row))
        for row in padded[1:]
    )
    return Table(body, widths, head=tuple(padded[0]))


def _slip(facts: LetterFacts) -> tuple[Block, ...]:
    """What a third party or body fills in and sends back."""
    name = facts.party.identity.name if facts.party else ""
    body = facts.party is not None and facts.party.kind != "third_party"
    return (
        Table(
            (
                (Cell("申请编号", strong=True, align=Align.CENTRE), facts.request.number),
                (Cell("答复人", strong=True, align=Align.CENTRE), name),
                (
                    Cell("是否同意公开", strong=True, align=Align.CENTRE),
                    "□ 同意公开　　□ 不同意公开　　□ 同意部分公开",
                ),
                (
                    Cell("不同意公开的\n具体内容和理由", strong=True, align=Align.CENTRE),
                    Cell("（可以另附页）" if not body else "（请写明法律依据，可以另附页）", lines=14),
                ),
                (
                    Cell("签名或者盖章", strong=True, align=Align.CENTRE),
                    Cell("\n年　　月　　日", lines=4, align=Align.RIGHT),
                ),
                (Cell("联系人和电话", strong=True, align=Align.CENTRE), ""),
            ),
            (1, 3),
        ),
        Paragraph(
            f"请寄送：{facts.body.address or '本机关'}，{facts.body.office or facts.body.name}。", indented=False
        ),
    )


def _contact(facts: LetterFacts) -> str:
    body = facts.body
    parts = (f"联系机构：{body.office}" if body.office else "", f"联系电话：{body.phone}" if body.phone else "")
    return "，".join(each for each in parts if each)
