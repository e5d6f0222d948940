"""The parts of a normative document as values: 编 章 节 条 款 项 目 or 一、（一）1.（1）, each with its address."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from mingtang.text.numerals import to_chinese


class Kind(Enum):
    """What a part is; the value is the short name in its address (as Akoma Ntoso abbreviates element names)."""

    BOOK = "part"  # 编
    CHAPTER = "chp"
    SECTION = "sec"
    ARTICLE = "art"
    PARAGRAPH = "para"  # 款
    ITEM = "item"  # 项
    POINT = "point"  # 目
    SUBPOINT = "sub"  # below 目
    FIRST = "h1"  # 一、 of a document without articles
    SECOND = "h2"  # （一）
    THIRD = "h3"  # 1.
    FOURTH = "h4"  # （1）
    TABLE = "table"

    @property
    def container(self) -> bool:
        """Whether it only gathers articles: 编, 章, 节."""
        return self in (Kind.BOOK, Kind.CHAPTER, Kind.SECTION)


Number = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document.

    `number` is (3,) for 第三条 and (3, 1) for 第三条之一; a 款 is counted, a table too. `label` is what is printed
    (第三条, （一）), `heading` the title beside it (第一章 总则), `text` its own running text; an article has its text
    in its 款. `id` is the address: `art_3__para_2__item_1`; articles are numbered through the document, so theirs does
    not name the chapter.
    """

    kind: Kind
    number: Number
    id: str
    label: str = ""
    heading: str = ""
    text: str = ""
    children: tuple["Part", ...] = ()

    def walk(self) -> Iterator["Part"]:
        """This part and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def lines(self) -> Iterator[str]:
        """The printed lines of this part and all below it; the first 款 of an article stands beside its number."""
        head = f"{self.label}{'　' if self.label and self.kind.container else ''}{self.heading}{self.text}"
        beside = self.kind in _LABELLED and not self.heading and not self.text
        for child in self.children:
            inner = child.lines()
            if beside and child.kind is Kind.PARAGRAPH and head:
                space = "　" if self.kind is Kind.ARTICLE else ""
                yield f"{head}{space}{next(inner)}"
                head = ""
            elif head:
                yield head
                head = ""
            beside = False
            yield from inner
        if head:
            yield head

    @property
    def printed(self) -> str:
        """The text of this part as printed, a line a paragraph."""
        return "\n".join(self.lines())


_LABELLED = frozenset((Kind.ARTICLE, Kind.FIRST, Kind.SECOND, Kind.THIRD, Kind.FOURTH))


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment: its label (附件1), its title, the lines before its first part, and its parts (`att_1__art_2`)."""

    id: str
    label: str
    title: str
    opening: tuple[str, ...]
    body: tuple[Part, ...]

    def lines(self) -> Iterator[str]:
        yield from (line for line in (self.label, self.title) if line)
        yield from self.opening
        for part in self.body:
            yield from part.lines()


@dataclass(frozen=True, slots=True)
class Structure:
    """A document: what stands before the first part, the parts, the signature and what follows it, the attachments."""

    preamble: tuple[str, ...]
    body: tuple[Part, ...]
    closing: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[str, ...] = ()

    def walk(self) -> Iterator[Part]:
        """All parts in reading order, those of the attachments last."""
        for part in (*self.body, *(part for attachment in self.attachments for part in attachment.body)):
            yield from part.walk()

    def part(self, id_: str) -> Part | None:
        """The part at an address, or None."""
        return next((part for part in self.walk() if part.id == id_), None)

    @property
    def articled(self) -> bool:
        """Whether it is written in articles."""
        return any(part.kind is Kind.ARTICLE for part in self.walk())

    def articles(self) -> tuple[Part, ...]:
        """The articles of the body in order, whatever chapter they stand in; else its first-level parts."""
        found = tuple(p for top in self.body for p in top.walk() if p.kind is Kind.ARTICLE)
        return found or tuple(p for p in self.body if p.kind is not Kind.PARAGRAPH)

    def lines(self) -> Iterator[str]:
        """The whole text, a line a paragraph."""
        yield from self.preamble
        for part in self.body:
            yield from part.lines()
        yield from self.closing
        for attachment in self.attachments:
            yield from attachment.lines()

    @property
    def printed(self) -> str:
        return "\n".join(self.lines())


def number_id(number: Number) -> str:
    """(3,) → 3, (3, 1) → 3-1."""
    return "-".join(map(str, number))


def relabelled(part: Part, number: Number, id_: str) -> Part:
    """An article with another number: its label and the addresses of all below it follow."""
    return replace(_moved(part, part.id, id_), number=number, label=article_label(number))


def _moved(part: Part, old: str, new: str) -> Part:
    return replace(
        part, id=new + part.id.removeprefix(old), children=tuple(_moved(child, old, new) for child in part.children)
    )


def article_label(number: Number) -> str:
    """第三条, 第三条之一."""
    base, *more = number
    return f"第{chinese(base)}条" + "".join(f"之{chinese(each)}" for each in more)


def chinese(value: int) -> str:
    """A number of 1–9999 as articles write it."""
    if value < 1000:
        return to_chinese(value)
    thousands, rest = divmod(value, 1000)
    return f"{to_chinese(thousands)}千" + ("" if not rest else ("零" if rest < 100 else "") + to_chinese(rest))


def citation(structure: Structure, id_: str) -> str:
    """How an address is cited: art_3__para_2__item_1 → 第三条第二款第（一）项; 款 is not named where there is one only.

    Raises `KeyError` when the document has no such part.
    """
    chain = _chain((*structure.body, *(p for a in structure.attachments for p in a.body)), id_)
    if chain is None:
        raise KeyError(id_)
    words = [_attachment_words(structure, id_)]
    # A chapter is not named for an article: articles are numbered through the document.
    gathered = not any(part.kind is Kind.ARTICLE for part in chain)
    for at, part in enumerate(chain):
        if part.kind.container and not gathered:
            continue
        siblings = chain[at - 1].children if at else ()
        words.append(_words(part, siblings))
    return "".join(words)


def _attachment_words(structure: Structure, id_: str) -> str:
    of = next((a.id for a in structure.attachments if id_.startswith(a.id + "__")), "")
    return of.replace("att_", "附件")


def _words(part: Part, siblings: Iterable[Part]) -> str:
    number = "之".join(chinese(each) for each in part.number)
    match part.kind:
        case Kind.ARTICLE:
            return article_label(part.number)
        case Kind.PARAGRAPH:
            return f"第{number}款" if sum(one.kind is Kind.PARAGRAPH for one in siblings) > 1 else ""
        case Kind.ITEM:
            return f"第（{number}）项"
        case Kind.POINT | Kind.THIRD:
            return f"第{part.number[0]}目"
        case Kind.TABLE:
            return "附表"
        case Kind.FIRST:
            return f"第{number}条"
        case Kind.SECOND:
            return f"第（{number}）项"
        case _:
            return part.label.rstrip("　 .、．")


def _chain(parts: Iterable[Part], id_: str) -> list[Part] | None:
    for part in parts:
        if part.id == id_:
            return [part]
        below = _chain(part.children, id_)
        if below is not None:
            return [part, *below]
    return None
