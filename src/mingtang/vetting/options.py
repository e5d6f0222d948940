"""How a file is to be looked at: as which kind of publication, with which register, in which depth."""

from dataclasses import dataclass, field

from mingtang.law.profiles import Profile
from mingtang.text.carried import USUAL, Allowance
from mingtang.text.screening.register import EMPTY, Register


@dataclass(frozen=True, slots=True)
class Options:
    """`profile`: the kind of publication, None for any; `consultation`: it hears opinions, so that it may be a draft.

    `recognise`: read the text in pictures; `layout`: measure a docx against GB/T 9704.
    """

    profile: Profile | None = None
    consultation: bool = False
    register: Register = field(default=EMPTY)
    recognise: bool = True
    layout: bool = False
    allowance: Allowance = USUAL


PLAIN = Options()
