"""What can go wrong with the ledger; every message is Chinese and tells the mend.

LedgerError
├── BadUpload      a file that cannot be taken: kind, size, empty
├── Invalid        a field is missing or wrong (`field` names it)
├── Stale          somebody else changed the row since the form was opened
├── WrongState     the act does not fit what has already happened
├── NotReady       a draft cannot be issued yet (`problems` lists each thing to mend)
└── NotProved      completion without the evidence it needs (`missing` lists it)
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _


class LedgerError(Exception):
    """Root of this room's errors; `str(error)` is the line for the screen."""


class BadUpload(LedgerError):
    """The file cannot be taken."""


class Invalid(LedgerError):
    """`field` is missing or wrong."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


class Stale(LedgerError):
    """Somebody else was faster."""

    def __init__(self) -> None:
        super().__init__(_("这一条刚被别人改过。您填写的内容仍在下面，请对照现在的内容后再保存。"))


class WrongState(LedgerError):
    """The act does not fit the state."""


class NotReady(LedgerError):
    """A draft that cannot be issued: `problems` is what must be mended first."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(_("还不能下发：") + "；".join(self.problems))


class NotProved(LedgerError):
    """Completion lacks evidence: `missing` says which."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(_("还不能办结，缺少已确认的佐证：") + "；".join(self.missing))
