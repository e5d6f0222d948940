"""What can go wrong with requests; every message is Chinese and tells the mend.

FoiError
├── Invalid        a field is missing or wrong (`field` names it)
├── Stale          somebody else changed the thing since the form was opened
├── WrongState     the act does not fit what has already happened
├── Impossible     the law's clock refuses the step; its reason is the message
├── NotSealable    a letter cannot be sealed yet (`problems` lists each thing to mend)
├── FileRefused    a file that cannot be kept: too large, empty
├── DraftRefused   an application that is being written cannot be kept: expired, or there is no room
├── Purged         personal data or a file that is no longer kept
├── NoLetterpress  the part that writes and sets letters is not installed
└── VaultError     what is encrypted cannot be opened
    ├── KeyMissing     the key file is not there, or is another
    ├── KeyExposed     the key file can be read by others
    └── Damaged        the content was altered, or belongs to another row
"""

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _


class FoiError(Exception):
    """Root of this room's errors; `str(error)` is the line for the screen."""


class Invalid(FoiError):
    """`field` is missing or wrong."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


class Stale(FoiError):
    """Somebody else was faster."""

    def __init__(self) -> None:
        super().__init__(_("刚被别人改过或办过。请刷新页面，对照现在的内容后再办。"))


class WrongState(FoiError):
    """The act does not fit the state."""


class Impossible(FoiError):
    """The history that the step would make cannot be in law."""


class NotSealable(FoiError):
    """A letter that may not go out: `problems` is what must be mended first."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(_("还不能签发：") + "；".join(self.problems))


class FileRefused(FoiError):
    """The file cannot be kept."""


class DraftRefused(FoiError):
    """No room for another draft or file now, or the draft is gone; the message says what to do."""


class Purged(FoiError):
    """It was kept as long as it had to be, and removed."""

    def __init__(self, what: str) -> None:
        super().__init__(_("%s已按保存期限清除，不再保存。") % what)


class NoLetterpress(FoiError):
    """Nothing is there that writes letters."""

    def __init__(self) -> None:
        super().__init__(_("文书模块没有安装，不能起草和签发文书：请系统管理员核对安装。"))


class VaultError(FoiError):
    """What is encrypted cannot be opened."""


class KeyMissing(VaultError):
    """The key is gone, or another key lies in its place."""

    def __init__(self, place: Path) -> None:
        super().__init__(_("缺少解密用的密钥（%s）：请系统管理员从密钥备份中恢复它。") % place)


class KeyExposed(VaultError):
    """Others on the machine could read the key."""

    def __init__(self, place: Path) -> None:
        super().__init__(_("密钥文件 %s 对其他账号开放：请系统管理员执行 chmod 600。") % place)


class Damaged(VaultError):
    """The content is not what was encrypted."""

    def __init__(self) -> None:
        super().__init__(_("加密保存的内容已损坏或被调换：请系统管理员从备份中恢复。"))
