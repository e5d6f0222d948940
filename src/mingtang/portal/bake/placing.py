"""Putting files into a release that nobody is served yet: written anew, or linked to another release's file."""

import contextlib
import errno
import hashlib
import os
from pathlib import Path

from mingtang.portal.bake.content import BR, GZ, Content, Copy, Packed
from mingtang.portal.bake.store import PIECE, Store

#: What a file system says that cannot link, or not once more.
CANNOT_LINK = frozenset({errno.EMLINK, errno.EPERM, errno.EXDEV, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
#: Below this size a content passes through the memory, above it from file to file.
SMALL = 4 * 1024 * 1024


def write(release: Path, path: str, body: bytes) -> None:
    """Write a file. What is there is replaced, never written over: other releases may share its bytes."""
    target = release / path
    try:
        file = target.open("xb")
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        file = target.open("xb")
    except FileExistsError:
        target.unlink()
        file = target.open("xb")
    with file:
        file.write(body)


def write_content(release: Path, path: str, packed: Packed, *, gone: bool) -> None:
    """Write a content with its compressed companions; what is gone also below `.gone/`."""
    for ending, body in packed.bodies.items():
        write(release, path + ending, body)
        if gone:
            link(release / (path + ending), release, f".gone/{path}{ending}")


def from_store(store: Store, release: Path, path: str, content: Content, *, gone: bool) -> None:
    """Write a content out of the store; raises `BadObject` when the store cannot give it."""
    if content.plain.size > SMALL:
        store.check(content)
        _copy(store.place(content), release / path)
        return
    bodies = {"": store.file(content, "")}
    if content.br:
        bodies |= {GZ: store.file(content, GZ), BR: store.file(content, BR)}
    write_content(release, path, Packed(content, bodies), gone=gone)


def _copy(source: Path, target: Path) -> None:
    """Copy a large file; a file system that can share blocks between two files shares them."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    with source.open("rb") as old, target.open("xb") as new:
        with contextlib.suppress(OSError):
            while os.copy_file_range(old.fileno(), new.fileno(), 1024 * PIECE):
                pass
        done = os.fstat(new.fileno()).st_size
        old.seek(done)
        new.seek(done)
        while piece := old.read(PIECE):
            new.write(piece)


def linked(other: Path, release: Path, path: str, content: Content, *, gone: bool) -> bool:
    """Link a content to another release's files, if they are still what they should be; whether that was done."""
    files = list(content.files(path, gone=gone))
    if not all(is_whole(other / name, copy) for name, copy in files):
        return False
    return all(link(other / name, release, name) for name, _copy in files)


def link_blindly(other: Path, release: Path, path: str, content: Content, *, gone: bool) -> bool:
    """Link a content to another release's files without reading them; whether that was done."""
    try:
        return all(link(other / name, release, name) for name, _copy in content.files(path, gone=gone))
    except FileNotFoundError:
        return False


def is_whole(file: Path, copy: Copy) -> bool:
    """Whether a file has the size and digest that it should have."""
    try:
        return file.stat().st_size == copy.size and digest(file) == copy
    except OSError:
        return False


def digest(file: Path) -> Copy:
    """Digest and size of a file; raises `OSError`."""
    found, size = hashlib.sha256(), 0
    with file.open("rb") as content:
        while piece := content.read(PIECE):
            found.update(piece)
            size += len(piece)
    return Copy(found.hexdigest(), size)


def link(old: Path, release: Path, path: str) -> bool:
    """Give a file a second name in the release; False where the file system cannot."""
    new = release / path
    try:
        try:
            os.link(old, new)
        except FileExistsError:
            new.unlink()
            os.link(old, new)
        except FileNotFoundError:
            new.parent.mkdir(parents=True, exist_ok=True)
            os.link(old, new)
    except OSError as error:
        if error.errno in CANNOT_LINK:
            return False
        raise
    return True


def remove(release: Path, path: str) -> None:
    """Remove a file with its companions, and the folders that are empty without it."""
    for name in (path, f".gone/{path}"):
        for ending in ("", GZ, BR):
            (release / (name + ending)).unlink(missing_ok=True)
        remove_empty(release, (release / name).parent)


def remove_empty(release: Path, folder: Path) -> None:
    """Remove a folder and those above it, as far up as they are empty."""
    with contextlib.suppress(OSError):
        while folder != release:
            folder.rmdir()
            folder = folder.parent
