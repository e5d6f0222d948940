"""One bake at a time in a folder: a lock that the operating system drops with the process that holds it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mingtang.portal.bake.errors import BakeRunning


@contextmanager
def alone(out: Path, *, wait: bool) -> Iterator[None]:
    """Hold the folder; another holder is waited for, or, without `wait`, raises `BakeRunning` at once.

    The lock's file stays when the lock is gone: removing it would let two processes lock two files of one name.
    """
    descriptor = os.open(out / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BakeRunning(f"{out} 正在生成，请等它结束后再试。") from error
        yield
    finally:
        os.close(descriptor)
