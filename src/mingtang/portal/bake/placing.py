"""Putting files into a release: written anew, or linked to the former release's file where the bytes are the same."""

import errno
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: What a file system says that cannot link, or not once more.
CANNOT_LINK = frozenset({errno.EMLINK, errno.EPERM, errno.EXDEV, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Placed:
    """A file of the release: its path below it, the SHA-256 (hex) of its bytes, their number, and whether the former
    release's file serves again."""

    path: str
    sha256: str
    size: int
    reused: bool


def place_bytes(release: Path, former: Path | None, path: str, body: bytes) -> Placed:
    """Write a page; raises `FileExistsError` when the release has a file of this path already."""
    target = release / path
    target.parent.mkdir(parents=True, exist_ok=True)
    reused = former is not None and _holds(former / path, body) and _link(former / path, target)
    if not reused:
        with target.open("xb") as file:
            file.write(body)
    return Placed(path, hashlib.sha256(body).hexdigest(), len(body), reused)


def place_stored(release: Path, former: Path | None, path: str, stored: Any) -> Placed | None:
    """Copy a stored file (Django's `FieldFile`) to a path that names its content; None when it is there already.

    Raises `OSError` when the store has no such file.
    """
    target = release / path
    if target.exists():
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    old = former / path if former else None
    if old is not None and old.is_file() and old.stat().st_size == stored.size and _link(old, target):
        return Placed(path, *_digest(target), reused=True)
    digest, size = hashlib.sha256(), 0
    with stored.storage.open(stored.name, "rb") as source, target.open("xb") as file:
        for piece in source.chunks(PIECE):
            file.write(piece)
            digest.update(piece)
            size += len(piece)
    return Placed(path, digest.hexdigest(), size, reused=False)


def _holds(file: Path, body: bytes) -> bool:
    try:
        return file.stat().st_size == len(body) and file.read_bytes() == body
    except OSError:
        return False


def _link(old: Path, new: Path) -> bool:
    try:
        os.link(old, new)
    except OSError as error:
        if error.errno in CANNOT_LINK:
            return False
        raise
    return True


def _digest(file: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as content:
        while piece := content.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size
