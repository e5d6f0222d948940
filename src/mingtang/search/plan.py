"""Reading what somebody typed into the search field: document numbers, quoted phrases, words, pinyin."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mingtang.law.documents import find_document_numbers
from mingtang.text import folding, pinyin
from mingtang.text.segment import Segmenter

QUOTED = re.compile(r"[\"“”«»「『]([^\"“”«»「」『』]{1,80})[\"“”«»」』]")
LETTERS = re.compile(r"[a-z]+")
#: Letters with spaces or apostrophes between syllables: jiao yu ju, xi'an.
SPACED = re.compile(r"(?<![^\W_])[a-z]{1,6}(?:[ '’][a-z]{1,6})+(?![^\W_])")
#: A document number without its brackets: prefix, year, sequence.
BARE = re.compile(r"([\u4e00-\u9fff]{2,12})[^\w]*((?:19|20)[0-9]{2})[^\w]*年?[^\w]*第?([0-9]{1,4})(?:号|$)")
#: Words that letters may stand for, at most.
MOST_SPELLED = 8
#: What part of the units must be there when not all are.
MOST = 0.4
#: Runs of this many characters may have a wrong one; of the shorter ones all characters but one must be in a title.
SLIPPING, SHORT = range(3, 41), 6


#: Rows of syllables.
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Unit:
    """One thing that a match must have: a word (or a run of characters that is no word), as folded text.

    `others` are words that mean the same, `parts` the words within a longer one, side by side. For letters that may
    be pinyin, `readings` are their rows of syllables. Texts are cut so that it is one word, or else `is_word` is false.
    """

    text: str
    others: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    readings: Rows = ()
    is_word: bool = True

    @property
    def is_made_of_parts(self) -> bool:
        """Whether the parts leave nothing out, so that together they say the same."""
        return len(self.parts) > 1 and "".join(self.parts) == self.text

    @property
    def is_letters(self) -> bool:
        """Whether it may be pinyin."""
        return LETTERS.fullmatch(self.text) is not None


@dataclass(frozen=True)
class Slip:
    """A run in which a character may be wrong: `least` of the pieces are there, or it sounds like `sounds`.

    `column` says where to look: pairs of characters in everything, or single characters of the title.
    """

    column: str
    pieces: tuple[str, ...]
    least: int
    sounds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What to look for.

    `title` is the folded whole, `numbers` are document and index numbers, `guesses` what may be one without its
    brackets; `phrases` must stand as they are, `units` must be there, `extra` (question words, particles) only add to
    the score. `runs` is everything but numbers and phrases as it was typed, `slips` how a wrong character is forgiven,
    `openings` the ways to read letters as pinyin whose last syllable is not finished.
    """

    typed: str
    title: str
    numbers: tuple[str, ...]
    guesses: tuple[str, ...]
    phrases: tuple[str, ...]
    units: tuple[Unit, ...]
    extra: tuple[str, ...]
    runs: tuple[str, ...]
    slips: tuple[Slip, ...]
    openings: Mapping[str, Rows]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.numbers or self.phrases or self.units)

    @property
    def opened(self) -> tuple[str, ...]:
        """The runs by which titles and numbers are suggested: a lone digit after others is a number half typed."""
        return tuple(run for run in self.runs if len(self.runs) == 1 or len(run) > 1 or not run.isdecimal())

    @property
    def marks(self) -> tuple[str, ...]:
        """What a snippet highlights, longest first."""
        words = {*self.phrases}
        for unit in self.units:
            words |= {unit.text, *unit.others, *unit.parts}
        return tuple(sorted(words, key=lambda word: (-len(word), word)))


def most_of(units: int) -> int:
    """How many of so many units must be there when not all are."""
    return max(1, round(units * MOST))


Synonyms = Mapping[str, tuple[str, ...]]


def read(typed: str, segmenter: Segmenter, synonyms: Synonyms) -> Plan:
    """Make a plan of what was typed; `synonyms` gives folded words that mean the same as a folded word."""
    rest = folded = folding.fold(typed)
    numbers: list[str] = []
    for found in reversed(list(find_document_numbers(folded))):
        numbers.insert(0, str(found.number))
        rest = rest[: found.start] + " " + rest[found.end :]
    rest, index_numbers = _index_numbers(rest)
    phrases = ["".join(folding.runs(phrase)) for phrase in QUOTED.findall(rest)]
    rest = QUOTED.sub(" ", rest)
    units: list[Unit] = []
    extra: list[str] = []
    for run in folding.runs(_unspaced(rest)):
        _read_run(run, segmenter, synonyms, units, extra)
    if not units and not numbers and not phrases:
        # Nothing but particles and single characters: then they are what is meant, as they stand.
        units, extra = [Unit(run, is_word=False) for run in folding.runs(rest)], []
    return Plan(
        typed=typed,
        title=folding.key(typed),
        numbers=(*numbers, *index_numbers),
        guesses=tuple(f"{prefix}〔{year}〕{int(sequence)}号" for prefix, year, sequence in BARE.findall(rest)),
        phrases=tuple(phrase for phrase in phrases if phrase),
        units=tuple(dict.fromkeys(units)),
        extra=tuple(dict.fromkeys(extra)),
        runs=tuple(folding.runs(rest)),
        openings={run: tuple(pinyin.openings(run)) for run in folding.runs(rest) if LETTERS.fullmatch(run)},
        slips=tuple(slip for run in folding.runs(rest) for slip in _slips(run, segmenter)),
    )


def _slips(run: str, segmenter: Segmenter) -> list[Slip]:
    if len(run) not in SLIPPING or not folding.HAN.search(run):
        return []
    pairs = tuple(folding.bigrams(run))
    sounds = tuple(pinyin.syllables_of(segmenter.words(run)))
    slips = [Slip("pairs", pairs, max(1, len(set(pairs)) - 2), sounds if len(sounds) == len(run) else ())]
    if len(run) <= SHORT:
        slips.append(Slip("title_pairs", tuple(run), len(set(run)) - 1))
    return slips


def _index_numbers(folded: str) -> tuple[str, list[str]]:
    form = re.compile(r"[0-9a-z]{18}/[0-9]{4}-[0-9]{5}")
    return form.sub(" ", folded), form.findall(folded)


def _unspaced(folded: str) -> str:
    """Join letters that are the syllables of one word."""

    def join(match: re.Match[str]) -> str:
        pieces = re.split(r"[ '’]", match[0])
        return "".join(pieces) if all(piece in pinyin.known() for piece in pieces) else match[0]

    return SPACED.sub(join, folded)


def _read_run(run: str, segmenter: Segmenter, synonyms: Synonyms, units: list[Unit], extra: list[str]) -> None:
    loose = ""
    for word in [*_merged(segmenter.words(run), synonyms), ""]:
        if len(word) == 1 and folding.HAN.fullmatch(word) and word not in particles():
            loose += word
            continue
        if loose:
            # Characters that no lexicon joins are a name or a slip: they must stand together, a lone one need not.
            if len(loose) > 1:
                units.append(Unit(loose, is_word=False))
            else:
                extra.append(loose)
            loose = ""
        if word in particles() or word in weak_words():
            extra.append(word)
        elif word:
            units.append(_unit(word, segmenter, synonyms))


def _merged(words: list[str], synonyms: Synonyms) -> list[str]:
    """Join neighbouring words that together are a word with synonyms."""
    merged: list[str] = []
    while words:
        lengths = range(min(len(words), 6), 1, -1)
        length = next((n for n in lengths if "".join(words[:n]) in synonyms), 1)
        merged.append("".join(words[:length]))
        words = words[length:]
    return merged


def _unit(word: str, segmenter: Segmenter, synonyms: Synonyms) -> Unit:
    if LETTERS.fullmatch(word) and len(word) > 1:
        return Unit(word, _spelled(word, segmenter, synonyms), readings=tuple(pinyin.readings(word)))
    cut = tuple(part for part in segmenter.words(word) if part not in particles())
    parts = cut if len(cut) > 1 else _covering(word, segmenter.words_within(word))
    return Unit(word, synonyms.get(word, ()), parts, is_word=len(cut) == 1)


def _spelled(letters: str, segmenter: Segmenter, synonyms: Synonyms) -> tuple[str, ...]:
    """Words of the site, the field and the synonyms that the letters spell, in full or by their initials."""
    found = segmenter.spelled(letters)
    for word in synonyms:
        syllables = pinyin.syllables_of(segmenter.words(word))
        if letters in ("".join(syllables), "".join(one[0] for one in syllables)):
            found = (*found, word, *synonyms[word])
    return tuple(dict.fromkeys(found))[:MOST_SPELLED]


def _covering(word: str, within: Sequence[str]) -> tuple[str, ...]:
    """The longest words within a longer one, side by side; characters between them that are no word are left out."""
    parts: list[str] = []
    at = 0
    while at < len(word):
        fitting = [part for part in within if 1 < len(part) < len(word) and word.startswith(part, at)]
        if fitting:
            parts.append(max(fitting, key=len))
        at += len(parts[-1]) if fitting else 1
    return tuple(parts)


@cache
def particles() -> frozenset[str]:
    """Words that carry no meaning of their own in a query: particles and question words."""
    return _listed("particles.txt")


@cache
def weak_words() -> frozenset[str]:
    """Words of business that any matter may have (申请, 材料, 流程): alone they count, beside others little."""
    return _listed("weak_words.txt")


def _listed(file: str) -> frozenset[str]:
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
