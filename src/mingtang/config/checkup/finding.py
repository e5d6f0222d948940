"""One line of the check-up."""

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """How a thing stands; the value is its code in JSON, the label what people read."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"

    @property
    def label(self) -> str:
        """In Chinese, two characters wide."""
        return {"good": "正常", "note": "注意", "bad": "有误"}[self.value]


@dataclass(frozen=True)
class Finding:
    """`code` names the check, `what` says what was seen, `mend` what to do (empty when all is well)."""

    code: str
    state: State
    what: str
    mend: str = ""


def good(code: str, what: str) -> Finding:
    """Nothing to do."""
    return Finding(code, State.GOOD, what)


def note(code: str, what: str, mend: str) -> Finding:
    """To be known, perhaps to be mended."""
    return Finding(code, State.NOTE, what, mend)


def bad(code: str, what: str, mend: str) -> Finding:
    """To be mended."""
    return Finding(code, State.BAD, what, mend)
