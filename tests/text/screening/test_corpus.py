"""The corpus: what is planted is found, what looks alike passes; the sieve finds what plain patterns find."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mingtang.text.screening.privacy import SOUGHT as PRIVATE
from mingtang.text.screening.secrecy import SOUGHT as MARKS
from mingtang.text.screening.sieve import Sieve, one_by_one
from mingtang.text.screening.wording.confused import entries
from mingtang.text.screening.wording.days import SOUGHT as DAYS
from mingtang.text.screening.wording.numerals import SOUGHT as NUMERALS
from mingtang.text.screening.wording.punctuation import SOUGHT as PUNCTUATION
from tests.text.screening.corpus import SECRET_CODES, look_alikes, measured, planted

PATTERNS = (*PRIVATE, *MARKS, *DAYS, *NUMERALS, *PUNCTUATION)
SIEVE = Sieve(PATTERNS)
PIECES = st.sampled_from(
    [case.what for case in planted()][::7]
    + [case.what for case in look_alikes()][::9]
    + ["\n", "，", "。", " ", "(", "年", "1"]
)


def test_what_is_planted_is_found_and_what_looks_alike_passes() -> None:
    scores, odd = measured()
    assert sum(score.planted for score in scores.values()) >= 400
    assert sum(1 for _ in look_alikes()) >= 400
    secret = [score for code, score in scores.items() if code in SECRET_CODES]
    found, false = sum(score.found for score in secret), sum(score.false for score in secret)
    assert found / sum(score.planted for score in secret) >= 0.99, odd
    assert found / (found + false) >= 0.98, odd
    assert all(score.recall >= 0.9 and score.precision >= 0.9 for score in scores.values()), odd


@given(st.lists(PIECES, max_size=12).map("".join))
@settings(max_examples=60, deadline=None)
def test_the_sieve_finds_what_the_patterns_find_one_by_one(text: str) -> None:
    ours = {(one.name, *match.span()) for one, match in SIEVE.matches(text) if match.group()}
    plain = {(one.name, *match.span()) for one, match in one_by_one(PATTERNS, text) if match.group()}
    assert ours == plain


def test_every_entry_of_the_list_of_confused_words_has_its_rule_and_a_right_example() -> None:
    for entry in entries():
        assert entry.wrong != entry.right and entry.why and entry.example
        assert not any(other.wrong in entry.example or other.wrong in entry.right for other in entries()), entry
