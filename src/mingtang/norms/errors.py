"""What can go wrong in the library of normative documents, each told in Chinese with its mend.

NormsError
├── Refused        a fact or an act contradicts what is known; names the field
├── NotStanding    the document cannot bear the act: it binds no more, or not yet
├── Circular       replacements, or references, would lead back to where they began
├── WrongStage     the clean-up is not open, or not ready to be decided
└── Doubtful       a document to be taken in that cannot be, with its place in the batch
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from mingtang.records.errors import RecordsError


class NormsError(RecordsError):
    """Root of this room's errors; the message is what a person reads. Acts on records may end in one (`going_out`)."""


class Refused(NormsError):
    """Values that do not hold: name of the field ("" for the whole) → what to do."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__("；".join(self.fields.values()))


class NotStanding(NormsError):
    """The document cannot bear the act."""


class Circular(NormsError):
    """A chain that leads back to its beginning."""


class WrongStage(NormsError):
    """The clean-up does not stand where the act needs it."""


class Doubtful(NormsError):
    """A document of a batch that cannot be taken in; `place` counts from 1."""

    def __init__(self, place: int, title: str, problem: str) -> None:
        self.place, self.title, self.problem = place, title, problem
        super().__init__(
            _("第%(place)d件《%(title)s》：%(problem)s") % {"place": place, "title": title, "problem": problem}
        )
