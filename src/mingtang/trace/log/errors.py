"""What can go wrong with the transparency log.

LogError
├── BadProof      an inclusion or consistency proof does not lead to the root it was given for
├── BadNote       a note, key or checkpoint is not written as its format asks, or a signature does not hold
├── BadTile       a file of the log is missing, has the wrong length or disagrees with the checkpoint
├── BadLeaf       an entry is not a leaf of the closed schema in its one canonical spelling
├── BadChain      the chain of keys is not signed from link to link
├── Fork          signing would contradict what was signed before
└── KeyUnusable     the private key cannot be used
    ├── KeyLost       no file where the key should be
    ├── KeyExposed    others than the owner may read the file
    └── KeyDamaged    the file does not hold the key it is named after
"""

from pathlib import Path

from mingtang.trace.errors import TraceError


class LogError(TraceError):
    """Root of the log's errors."""


class BadProof(LogError):
    """The proof does not hold."""


class BadNote(LogError):
    """The note cannot be trusted or read."""


class BadTile(LogError):
    """A file of the log cannot be used; `path` is relative to the log's folder, `what` the trouble."""

    def __init__(self, path: str, what: str) -> None:
        self.path, self.what = path, what
        super().__init__(f"{path}：{what}")


class BadLeaf(LogError):
    """The entry is not a leaf."""


class BadChain(LogError):
    """A key in the chain was not introduced by the key before it."""


class Fork(LogError):
    """The log was asked to sign a tree that does not continue the one it signed before."""


class KeyUnusable(LogError):
    """The private key of the log cannot be used; nothing is signed until it can."""


class KeyLost(KeyUnusable):
    """The key file is gone."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}：透明日志的私钥不见了。请从备份恢复该文件（权限 0600）；确已丢失时，另立新钥并公告。"
            "在此之前公开行为照常入库，但不签发新的检查点。"
        )


class KeyExposed(KeyUnusable):
    """The key file may be read by others."""

    def __init__(self, path: Path, mode: int) -> None:
        super().__init__(
            f"{path}：私钥文件的权限是 {mode:04o}，他人可读。请执行 chmod 600 {path}；若已被他人读取，请轮换密钥。"
        )


class KeyDamaged(KeyUnusable):
    """The key file does not hold the key that its name promises."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}：私钥文件已损坏（{what}）。请从备份恢复该文件。")
