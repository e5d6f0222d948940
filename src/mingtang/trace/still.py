"""What is read once in a view of the database that stands still: a bake asks for the same numbers page after page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

T = TypeVar("T")

_kept: ContextVar[dict[Any, Any] | None] = ContextVar("still_kept", default=None)


@contextmanager
def standing() -> Iterator[None]:
    """Inside, the caller answers for it that nothing it reads changes: what is marked `once` is read a single time."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(read: Callable[[], T]) -> Callable[[], T]:
    """Read a single time in a view that stands still; anew at every call elsewhere."""

    @wraps(read)
    def asked() -> T:
        kept = _kept.get()
        if kept is None:
            return read()
        if read not in kept:
            kept[read] = read()
        return kept[read]

    return asked
