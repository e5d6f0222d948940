"""A normative document as the press takes it: what it is called, who made it, its days, its parts, the acts on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from mingtang.press.document import chinese_date


class Part(Protocol):
    """An article, chapter, item … (`text.norms.structure.Part` is one). `id` is its address: art_3__para_2__item_1."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def children(self) -> Sequence["Part"]: ...


class Attached(Protocol):
    """An attachment: its label (附件1), its title, the lines before its first part, its parts."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def opening(self) -> Sequence[str]: ...
    @property
    def body(self) -> Sequence[Part]: ...


class Structured(Protocol):
    """The parts of a document (`text.norms.structure.Structure` is one)."""

    @property
    def body(self) -> Sequence[Part]: ...
    @property
    def attachments(self) -> Sequence[Attached]: ...


@dataclass(frozen=True, slots=True)
class Amendment:
    """An act that changed the text: its title, number and day, and the addresses of the clauses it touched."""

    title: str
    number: str
    on: date
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NormText:
    """One version of a document: that after `amendments`. `address` is where it stands for ever, if it is online."""

    title: str
    number: str
    issuers: tuple[str, ...]
    made_on: date
    structure: Structured
    published_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    amendments: tuple[Amendment, ...] = ()
    addressee: str = ""
    opening: tuple[str, ...] = ()
    address: str = ""

    @property
    def caption(self) -> str:
        """The line under the title that says whence the text comes (题注), without its brackets."""
        made = f"{chinese_date(self.made_on)}{'、'.join(self.issuers)}"
        pieces = [f"{made}{f'以{self.number}' if self.number else ''}公布"]
        if self.effective_on:
            pieces.append(f"自{chinese_date(self.effective_on)}起施行")
        for amendment in self.amendments:
            number = f"（{amendment.number}）" if amendment.number else ""
            pieces.append(f"根据{chinese_date(amendment.on)}《{amendment.title}》{number}修改")
        if self.expires_on:
            pieces.append(f"有效期至{chinese_date(self.expires_on)}")
        return "，".join(pieces)


def kind_of(part: Part) -> str:
    """What a part is, by its address: art, para, item, chp …"""
    return part.id.rpartition("__")[2].partition("_")[0]


def walk(parts: Sequence[Part]) -> Iterator[Part]:
    """All parts in reading order."""
    for part in parts:
        yield part
        yield from walk(part.children)
