"""Style sheet and pictures of public pages, named by their content so that browsers may keep them for ever."""

import hashlib
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path, PurePosixPath

from django.contrib.staticfiles import finders

FOLDER = "assets"

_asked: ContextVar[set[str] | None] = ContextVar("asked", default=None)


@contextmanager
def noted() -> Iterator[set[str]]:
    """Collect the names of the assets that are asked for meanwhile."""
    names: set[str] = set()
    token = _asked.set(names)
    try:
        yield names
    finally:
        _asked.reset(token)


def asset(name: str) -> str:
    """Address of the static file `name` (as `portal/portal.css`), with a hash of its content in it."""
    asked = _asked.get()
    if asked is not None:
        asked.add(name)
    return "/" + path_of(name)


@cache
def path_of(name: str) -> str:
    """Path of an asset below the portal's root; raises `LookupError` when no application has the file."""
    plain = PurePosixPath(name)
    return f"{FOLDER}/{plain.with_suffix('')}.{hashlib.sha256(content(name)).hexdigest()[:12]}{plain.suffix}"


@cache
def content(name: str) -> bytes:
    """The bytes of a static file."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise LookupError(f"no static file is called {name}")
    return Path(found).read_bytes()


def name_in(path: str) -> str | None:
    """The static file that an asset's path (below the folder of assets) names, or None when its hash is not ours."""
    plain = PurePosixPath(path)
    if ".." in plain.parts:
        return None
    stem, _, _hash = plain.stem.rpartition(".")
    name = str(plain.with_name(stem + plain.suffix)) if stem else ""
    try:
        return name if path_of(name) == f"{FOLDER}/{path}" else None
    except LookupError:
        return None


def media_type(name: str) -> str:
    """The media type of a file by its name, with the character set of texts."""
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed
