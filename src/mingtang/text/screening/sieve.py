"""Many patterns in one pass: literals and long numbers say in which lines a pattern can match, and only there it runs.

An official text is mostly clean: of some hundred patterns a line wakes none or one. All literals are sought together by
one Aho–Corasick automaton, the long numbers by one expression; the patterns then look at the lines that were hit.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any

#: A run of seven and more digits, single blanks or dashes between them.
_LONG_NUMBER = re.compile(r"\d(?:[ \u00a0-]?\d){6}")


@dataclass(frozen=True, slots=True)
class Sought:
    """A pattern that matches within one line, and what stands in every line that it matches.

    `literals`: at least one of them stands in the line (one that begins with a line end stands at its beginning); ()
    together with `number`: the line holds a long number.
    """

    name: str
    pattern: re.Pattern[str]
    literals: tuple[str, ...] = ()
    number: bool = False

    def __post_init__(self) -> None:
        if not self.literals and not self.number:
            raise ValueError(f"{self.name} would look at every line")


class Sieve:
    """All of the patterns together; built once, used for any number of texts."""

    def __init__(self, sought: Sequence[Sought]) -> None:
        self.sought = tuple(sought)
        self._of_literal: list[tuple[int, ...]] = []
        owners: dict[str, list[int]] = defaultdict(list)
        for index, one in enumerate(self.sought):
            for literal in one.literals:
                owners[literal].append(index)
        self._literals = list(owners)
        self._of_literal = [tuple(owners[literal]) for literal in self._literals]
        self._of_numbers: tuple[int, ...] = tuple(at for at, one in enumerate(self.sought) if one.number)

    @cached_property
    def _automaton(self) -> Any:
        # Imported by name: the automaton comes without types.
        return import_module("ahocorasick_rs").AhoCorasick(self._literals)

    def matches(self, text: str) -> Iterator[tuple[Sought, re.Match[str]]]:
        """Every match of every pattern, pattern by pattern in their order, each from left to right."""
        starts = _line_starts(text)
        wanted: dict[int, set[int]] = defaultdict(set)
        # With a line end before it, a literal may begin with one to say that a line begins so.
        literal: int
        end: int
        for literal, _start, end in self._automaton.find_matches_as_indexes("\n" + text, overlapping=True):
            line = bisect_right(starts, end - 2) - 1
            for index in self._of_literal[literal]:
                wanted[index].add(line)
        for match in _LONG_NUMBER.finditer(text):
            line = bisect_right(starts, match.start()) - 1
            for number in self._of_numbers:
                wanted[number].add(line)
        for index in sorted(wanted):
            one = self.sought[index]
            for line in sorted(wanted[index]):
                end = starts[line + 1] - 1 if line + 1 < len(starts) else len(text)
                for match in one.pattern.finditer(text, starts[line], end):
                    yield one, match


def _line_starts(text: str) -> list[int]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def one_by_one(sought: Sequence[Sought], text: str) -> Iterator[tuple[Sought, re.Match[str]]]:
    """The same matches the plain way, each pattern over the whole text: the yardstick of tests and benchmarks."""
    for one in sought:
        for match in one.pattern.finditer(text):
            yield one, match
