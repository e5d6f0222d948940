"""What can go wrong with bodies, people and accounts.

BodiesError
├── NotPermitted     the actor holds no post that allows the act
├── Invalid          a value cannot be kept; names the field
├── Closed           the body no longer exists on that day
├── InUse            the name already means another body or group
└── FileRefused      a file to import cannot be read as a table of bodies
"""


class BodiesError(Exception):
    """Root of this room's errors; the message is Chinese and says the mend."""


class NotPermitted(BodiesError):
    """The actor may not do this."""

    def __init__(self, label: str) -> None:
        super().__init__(f"您没有“{label}”的权限：请由有此权限的岗位办理，或请系统管理员核对您的岗位。")


class Invalid(BodiesError):
    """A value was refused: `problems` maps field names (or `__all__`) to messages."""

    def __init__(self, problems: dict[str, list[str]]) -> None:
        self.problems = problems
        super().__init__("；".join(message for messages in problems.values() for message in messages))


class Closed(BodiesError):
    """The body had ended before the day in question."""

    def __init__(self, name: str, ends_on: object) -> None:
        super().__init__(f"“{name}”已于 {ends_on} 撤销，不能再办理：请改用承接其职责的机构。")


class InUse(BodiesError):
    """A name that already belongs to somebody else."""

    def __init__(self, name: str, owner: str) -> None:
        super().__init__(f"名称“{name}”已用于“{owner}”：请换一个名称，或先从“{owner}”去掉它。")


class FileRefused(BodiesError):
    """The file as a whole cannot be imported; nothing was written."""
