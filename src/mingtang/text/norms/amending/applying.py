"""Amendments applied to a document: the consolidated text, each clause's history, and what could not be applied."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from mingtang.text.norms.amending.draft import Draft
from mingtang.text.norms.amending.nodes import Unapplied
from mingtang.text.norms.amending.operations import Amendments, Change, Operation
from mingtang.text.norms.structure.parts import Structure


@dataclass(frozen=True, slots=True)
class Act:
    """The document that amends: its title, its number and from when it works."""

    title: str
    number: str
    on: date


@dataclass(frozen=True, slots=True)
class Event:
    """What an act did to a clause: where it stood then (第八条第二款), its words before and after ("" for none)."""

    act: Act
    change: Change
    where: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An order that was not applied, and why, in one Chinese line."""

    act: Act
    operation: Operation
    why: str

    def __str__(self) -> str:
        return f"《{self.act.title}》“{_short(self.operation.quote)}”没有并入：{self.why}"


@dataclass(frozen=True, slots=True)
class Consolidated:
    """A text with the amendments worked in.

    `history` gives for the address of each article (or first-level part) that an act touched what was done to it, in
    the order of the acts; `gone` are the deleted clauses. `notes` are for a person to look at: references that a
    change of numbers may have left behind.
    """

    structure: Structure
    history: Mapping[str, tuple[Event, ...]] = field(default_factory=dict[str, tuple[Event, ...]])
    gone: tuple[Event, ...] = ()
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every order was worked in."""
        return not self.failures


def consolidate(structure: Structure, acts: Iterable[tuple[Act, Amendments]]) -> Consolidated:
    """The text after a chain of amendments in the order of the acts.

    An order that cannot be applied exactly – a clause that is not there, words that do not occur – is told in
    `failures` and left out; nothing is guessed.
    """
    text = Consolidated(structure)
    for act, amendments in acts:
        text = amend(text, act, amendments)
    return text


def amend(text: Consolidated, act: Act, amendments: Amendments) -> Consolidated:
    """The text after one act; addresses in it are those before it."""
    draft = Draft(text.structure)
    events: list[tuple[str, Event]] = []
    failures: list[Failure] = [
        Failure(act, Operation(Change.REPLACE, sentence), "看不懂这一句，请人工核对。")
        for sentence in amendments.unread
    ]
    gone: list[Event] = []
    for operation in _in_order(amendments.operations):
        try:
            for done in draft.perform(operation, renumbers=amendments.renumbers):
                event = Event(act, operation.change, done.where, done.before, done.after)
                if done.origin:
                    events.append((done.origin, event))
                if operation.change is Change.DELETE and done.whole:
                    gone.append(event)
        except Unapplied as problem:
            failures.append(Failure(act, operation, str(problem)))
    finished = draft.finish(renumbers=amendments.renumbers)
    history: dict[str, tuple[Event, ...]] = {}
    for origin, id_ in finished.addresses.items():
        own = (*text.history.get(origin, ()), *(event for of, event in events if of == origin))
        if own:
            history[id_] = own
    return Consolidated(
        finished.structure, history, (*text.gone, *gone), (*text.failures, *failures, *_wrong(act, finished.wrong)),
        (*text.notes, *finished.notes),
    )  # fmt: skip


def _in_order(operations: Iterable[Operation]) -> list[Operation]:
    """Words and replacements first, then what goes, then what comes in (by its new place), then new numbers."""
    rank = {Change.DELETE: 1, Change.INSERT: 2, Change.RENUMBER: 3}
    return sorted(operations, key=lambda one: rank.get(one.change, 0))


def _wrong(act: Act, wrong: Iterable[tuple[Operation, str]]) -> list[Failure]:
    return [Failure(act, operation, why) for operation, why in wrong]


def _short(quote: str) -> str:
    line = quote.split("\n")[0]
    return line if len(line) <= 40 else line[:39] + "…"
