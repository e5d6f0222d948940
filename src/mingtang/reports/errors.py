"""What can go wrong with annual reports; every message is Chinese and tells the mend.

ReportsError
├── Invalid       a field is missing or wrong (`field` names it)
├── Stale         somebody else changed the text since it was opened
├── WrongState    the act does not fit where the report stands
├── Blocked       the check found what must be mended first (`problems` lists it)
├── FileRefused   a file of numbers cannot be taken (`problems` lists line by line)
└── NoColumn      the portal has no column for annual reports
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _


class ReportsError(Exception):
    """Root of this room's errors; `str(error)` is the line for the screen."""


class Invalid(ReportsError):
    """`field` is missing or wrong."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


class Stale(ReportsError):
    """Somebody else was faster; what was written is still in the form."""

    def __init__(self) -> None:
        super().__init__(_("这一部分刚被别人改过。您写的内容仍在下面，请对照现在的正文后再保存。"))


class WrongState(ReportsError):
    """The act does not fit where the report stands."""

    def __init__(self, act: str, stage: str, mend: str) -> None:
        super().__init__(_("报告现在是“%(stage)s”，不能%(act)s。%(mend)s") % {"stage": stage, "act": act, "mend": mend})


class Blocked(ReportsError):
    """Errors that the check found: `problems` is what must be mended first."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(_("校核没有通过，请先改正：") + "；".join(self.problems))


class FileRefused(ReportsError):
    """The file as a whole is not taken; nothing was written."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(_("文件没有导入：") + "；".join(self.problems[:3]))


class NoColumn(ReportsError):
    """No column of the portal takes annual reports."""

    def __init__(self) -> None:
        super().__init__(_("门户没有名称含“年度报告”或“年报”的栏目：请政务公开办先建立栏目，再送审发布。"))
