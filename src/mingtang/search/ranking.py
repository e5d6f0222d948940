"""The order of what was found: how well the words match, then what an official text is worth today."""

from collections.abc import Sequence

from mingtang.search.index import Candidate

#: A find whose score reaches this is one whose whole title or number was typed: it stays first.
EXACT = 900.0
#: What is left of a score by validity, in the order of `index.VALIDITIES`: valid, none said, amended, lapsed, repealed.
VALIDITY = (1.0, 0.97, 0.9, 0.55, 0.5)
#: By authority: what binds, what announces, what explains, what reports, news.
AUTHORITY = (1.1, 1.05, 1.0, 0.95, 0.88)
#: What binds does not grow old while it is valid; of announcements and news a part fades, half of it in two years.
FADING = (0.0, 0.18, 0.15, 0.18, 0.25)
HALF_LIFE_DAYS = 730.0


def worth(candidate: Candidate, today: int) -> float:
    """The score of a candidate on a day (both days counted as `date.toordinal`)."""
    age = max(0, today - candidate.day)
    fade = FADING[candidate.authority] * (1.0 - 0.5 ** (age / HALF_LIFE_DAYS))
    weight = VALIDITY[candidate.validity] * AUTHORITY[candidate.authority] * (1.0 - fade)
    if candidate.score >= EXACT:
        return EXACT + candidate.score * weight
    return candidate.score * weight


def ordered(candidates: Sequence[Candidate], today: int) -> list[Candidate]:
    """Candidates, best first; equals newest first."""
    return sorted(candidates, key=lambda one: (-worth(one, today), -one.day, -one.key))
