"""What the index knows of a public record: an entry, and the words by which it is found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mingtang.law.documents import find_document_numbers
from mingtang.text import folding, pinyin
from mingtang.text.segment import Segmenter

#: Parts two runs, so that no phrase is found across punctuation.
GAP = "|"
#: Rises whenever words are made otherwise: an index of another form is built anew.
FORM = 5


@dataclass(frozen=True)
class Entry:
    """A public record as the index sees it. `text` is plain; `names` are those of the body that published it."""

    key: int
    title: str
    number: str
    index_number: str
    body: str
    names: tuple[str, ...]
    topic: str
    genre: str
    validity: str
    published_on: date
    year: int
    keywords: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Words:
    """The words of an entry, by the field in which an engine looks for them.

    `exact` are whole spellings (title, numbers); `title` and `all` words; `title_pairs` and `pairs` neighbouring
    characters in order; `sounds` syllables and `initials` pairs of initials in order, of title and body; `initials`
    also hold the pairs of the document number, for who types its beginning.
    """

    exact: list[str]
    title: list[str]
    all: list[str]
    title_pairs: list[str]
    pairs: list[str]
    sounds: list[str]
    initials: list[str]


def words_of(entry: Entry, segmenter: Segmenter) -> Words:
    """Cut an entry into the words of every field."""
    title, text = folding.fold(entry.title), folding.fold(entry.text)
    names = [folding.fold(name) for name in entry.names]
    about = [folding.fold(word) for word in entry.keywords]
    title_words = segmenter.words_within(title)
    named = [word for name in names for word in segmenter.words_within(name)]
    every = [*title_words, *named, *segmenter.words_within(" ".join(about)), *segmenter.words_within(text)]
    every += [number_word(str(found.number)) for found in find_document_numbers(f"{entry.title}\n{entry.text}")]
    every += segmenter.words_within(folding.fold(entry.number))
    title_pairs = _pairs([title, *names])
    said = [segmenter.words(part) for part in (title, *names)]
    syllables = [pinyin.syllables_of(part) for part in said]
    return Words(
        exact=[title_word(entry.title), *_numbers(entry)],
        title=title_words,
        all=every,
        title_pairs=[*title_pairs, GAP, *dict.fromkeys("".join(folding.runs(" ".join((title, *names)))))],
        pairs=[*title_pairs, GAP, *_pairs([text, *about])],
        sounds=_apart(syllables),
        initials=_apart(
            [*map(initial_pairs, syllables), *map(folding.bigrams, folding.runs(folding.fold(entry.number)))]
        ),
    )


def title_word(title: str) -> str:
    """The one word by which an entry is found whose whole title somebody typed."""
    return "=" + folding.key(title)


def number_word(number: str) -> str:
    """The one word of a document number or index number, in small letters and without blanks."""
    return "#" + folding.fold(number).replace(" ", "")


def initial_pairs(syllables: Iterable[str]) -> list[str]:
    """Pairs of neighbouring initials: jiao yu ju gives jy yj."""
    letters = "".join(syllable[0] for syllable in syllables)
    return folding.bigrams(letters) if len(letters) > 1 else []


def _numbers(entry: Entry) -> list[str]:
    found = next(find_document_numbers(entry.number), None)
    own = str(found.number) if found else entry.number
    return [number_word(number) for number in (own, entry.index_number) if number]


def _pairs(texts: Iterable[str]) -> list[str]:
    return _apart([folding.bigrams(run) for text in texts for run in folding.runs(text)])


def _apart(parts: Iterable[list[str]]) -> list[str]:
    joined: list[str] = []
    for part in parts:
        if joined and part:
            joined.append(GAP)
        joined += part
    return joined
