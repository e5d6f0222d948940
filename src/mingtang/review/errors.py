"""What can go wrong in review, each told in Chinese with its mend.

ReviewError
├── Blocked        automatic checks found something that stops the submission
├── GatesOpen      a signature without all five gates ticked
├── NotYours       the person may not sign this level, or not this text
├── NoRound        the record is not in review
├── NoReason       a return or a setting aside without saying why
└── NotAFinding    the text has no such finding (any more)
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _


class ReviewError(Exception):
    """Root of this room's errors; the message is what a person reads."""


class Blocked(ReviewError):
    """Findings that must be mended before the text is submitted or signed."""

    def __init__(self, mends: Sequence[str]) -> None:
        self.mends = tuple(mends)
        super().__init__(_("自动检查发现须先改正的问题：%s") % "；".join(mends))


class GatesOpen(ReviewError):
    """All five gates are signed together or not at all."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(_("五关须全部核对后才能签字，还差：%s。有问题请退回修改。") % "、".join(missing))


class NotYours(ReviewError):
    """This person may not sign here."""


class NoRound(ReviewError):
    """The record is not in review."""

    def __init__(self) -> None:
        super().__init__(_("该信息不在审核中，可能已被撤回、退回或已发布，请刷新页面。"))


class NoReason(ReviewError):
    """A return says what to change, a setting aside says why."""

    def __init__(self) -> None:
        super().__init__(_("请写明要改什么、或为什么搁置，不少于 4 个字。"))


class NotAFinding(ReviewError):
    """The newest text has no such finding."""

    def __init__(self) -> None:
        super().__init__(_("这条提示已经不在了，可能文字已经改过，请刷新页面。"))
