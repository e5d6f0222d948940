"""What can go wrong with records, each told in Chinese with its mend.

RecordsError
├── WrongState       the act does not fit where the record stands in its life
├── Incomplete       a field that must be filled before the public sees it is empty or does not hold
├── NoChangeNote     a republication without saying what changed
├── NoReason         a withdrawal without its reason
├── NotDeletable     it was public once, or carries signatures
├── OutOfReach       a text carries a file or points to a record that its writer may not look at
└── FileRefused      an attachment is too large, of a kind not allowed, or holds macros
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _


class RecordsError(Exception):
    """Root of this room's errors; the message is what a person reads."""


class WrongState(RecordsError):
    """The act does not fit the record's state."""

    def __init__(self, act: str, state: str, mend: str) -> None:
        super().__init__(_("“%(state)s”的信息不能%(act)s：%(mend)s") % {"state": state, "act": act, "mend": mend})


class Incomplete(RecordsError):
    """Fields that do not hold: name of the field → what to do."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__("；".join(self.fields.values()))


class NoChangeNote(RecordsError):
    """The public must be told what a republication changed."""

    def __init__(self) -> None:
        super().__init__(_("再次发布须填写“更改说明”，写明改了什么，公众可见。"))


class NoReason(RecordsError):
    """The public must be told why something was withdrawn."""

    def __init__(self) -> None:
        super().__init__(_("撤下须填写原因，公众可见，不少于 4 个字。"))


class NotDeletable(RecordsError):
    """Nothing that was published or signed is deleted."""


class OutOfReach(RecordsError):
    """A file or record that the writer may not look at."""


class FileRefused(RecordsError):
    """A file that may not be attached."""
