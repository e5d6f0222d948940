"""What an amending document orders, as values: replace, insert, delete, change words, renumber."""

from dataclasses import dataclass
from enum import Enum


class Change(Enum):
    """The kinds of amendment, with the word that a history shows."""

    REPLACE = "修改"
    INSERT = "增加"
    DELETE = "删去"
    WORDS = "改词"
    ADD_WORDS = "增词"
    DROP_WORDS = "删词"
    RENUMBER = "改序"
    TITLE = "改名"


@dataclass(frozen=True, slots=True)
class Operation:
    """One order of an amending document.

    `instrument` is the title of the document it amends ("" where the text does not say). `where` is the address as
    written, in the numbering before the amendment; "" means the whole text. `to` is the new address of what is
    inserted or renumbered. `text` is the new wording, `old` the words that go. `quote` is the order as written.
    """

    change: Change
    quote: str
    instrument: str = ""
    where: str = ""
    to: str = ""
    text: str = ""
    old: str = ""
    unit: str = ""  # what is inserted: 条, 款, 项
    after: bool = False  # inserted after `where`, not as `to`


@dataclass(frozen=True, slots=True)
class Amendments:
    """The orders of a document in their order; `renumbers`: the articles' numbers follow (条文顺序相应调整).

    `unread` are the sentences that order something and were not understood: a person must.
    """

    operations: tuple[Operation, ...]
    renumbers: bool = False
    unread: tuple[str, ...] = ()

    def on(self, instrument: str) -> "Amendments":
        """The orders that concern one document, by its title; those that name none count."""
        mine = tuple(one for one in self.operations if not one.instrument or one.instrument == instrument)
        return Amendments(mine, self.renumbers, self.unread)
