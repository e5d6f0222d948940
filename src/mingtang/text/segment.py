"""Chinese words: cutting text into them behind one door, with the words of our field and those that a site adds."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import rjieba

from mingtang.text import pinyin
from mingtang.text.folding import RUN

_WORDS = Path(__file__).with_name("words.txt")


def field_words() -> tuple[str, ...]:
    """The words of government openness, one a line in `words.txt`; lines that begin with # are headings."""
    lines = _WORDS.read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


class Segmenter:
    """Cuts folded text into words. `words` are those of the site (bodies, places) beside the field's own.

    Words that no lexicon has are never guessed: they come as single characters, the same in every sentence.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._jieba = rjieba.Jieba()
        self._added = tuple(word for word in (*field_words(), *words) if len(word) > 1)
        for word in self._added:
            self._jieba.add_word(word, None, None)
        self._spelled: dict[str, tuple[str, ...]] | None = None

    def words(self, folded: str) -> list[str]:
        """The words of a text in order, without punctuation."""
        return [word for word in self._jieba.cut(folded, hmm=False) if RUN.fullmatch(word)]

    def pieces(self, text: str) -> list[str]:
        """A text cut into words and what stands between them: joined again, the pieces are the text."""
        return list(self._jieba.cut(text, hmm=False))

    def words_within(self, folded: str) -> list[str]:
        """The words of a text, and those that lie within longer ones: 教育局 gives 教育 too."""
        return [word for word in self._jieba.cut_for_search(folded, hmm=False) if RUN.fullmatch(word)]

    def spelled(self, letters: str) -> tuple[str, ...]:
        """The words of site and field whose pinyin the letters are, in full or (from three on) by initials."""
        if self._spelled is None:
            spelled: dict[str, tuple[str, ...]] = {}
            for word in self._added:
                syllables = pinyin.syllables(word)
                for spelling in {"".join(syllables), "".join(one[0] for one in syllables)}:
                    if len(spelling) > 2:
                        spelled[spelling] = (*spelled.get(spelling, ()), word)
            self._spelled = spelled
        return self._spelled.get(letters, ())


@lru_cache(maxsize=4)
def segmenter(words: tuple[str, ...] = ()) -> Segmenter:
    """The segmenter for a site's words, made once (it takes a fifth of a second and some memory)."""
    return Segmenter(words)
