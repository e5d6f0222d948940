"""The store: a copy of every served content under its digest, from which a damaged site is mended.

Copies share no bytes on the disk with the served files: whoever alters a page in place does not alter its copy. Texts
are kept in their Brotli form (`<digest>.br`), everything else as it is.
"""

import contextlib
import hashlib
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import brotli

from mingtang.portal.bake.content import BR, QUICK, THOROUGH, Content, Copy, Packed, zip_
from mingtang.portal.bake.errors import BadObject

PIECE = 1024 * 1024
DRAFT = ".draft-"


class Store:
    """The folder of copies. Writing is idempotent: a name is only there when its bytes are whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, content: Content) -> Path:
        """Where the copy of a content lies."""
        return self._place(content.plain.sha256, BR if content.br else "")

    def _place(self, sha256: str, ending: str) -> Path:
        return self.folder / sha256[:2] / (sha256[2:] + ending)

    def put(self, packed: Packed) -> Path | None:
        """Keep a content; returns the new file, or None when the store has it."""
        place = self.place(packed.content)
        if place.exists():
            return None
        with self._draft() as (file, keep):
            file.write(packed.bodies[BR if packed.content.br else ""])
            keep(place)
        return place

    def renew(self, packed: Packed) -> Path | None:
        """Keep a content, also over a copy that may be damaged."""
        self.place(packed.content).unlink(missing_ok=True)
        return self.put(packed)

    def take(self, stored: Any) -> Content:
        """Copy a stored file (Django's `FieldFile`) into the store; `OSError` when its storage has no such file."""
        digest, size = hashlib.sha256(), 0
        with stored.storage.open(stored.name, "rb") as source, self._draft() as (file, keep):
            for piece in source.chunks(PIECE):
                file.write(piece)
                digest.update(piece)
                size += len(piece)
            content = Content(Copy(digest.hexdigest(), size))
            keep(self.place(content))
        return content

    @contextlib.contextmanager
    def _draft(self) -> Iterator[tuple[Any, Callable[[Path], None]]]:
        """A file under a name of its own, and the function that gives it its place once all is written."""
        self.folder.mkdir(exist_ok=True)
        draft = self.folder / f"{DRAFT}{secrets.token_hex(8)}"

        def keep(place: Path) -> None:
            file.flush()
            draft.chmod(0o444)
            place.parent.mkdir(exist_ok=True)
            draft.replace(place)

        try:
            with draft.open("xb") as file:
                yield file, keep
        finally:
            draft.unlink(missing_ok=True)

    def file(self, content: Content, ending: str) -> bytes:
        """The bytes of a small content's file, plain or compressed; raises `BadObject` when they cannot be had."""
        kept = self._read(content)
        body = self._unpacked(content, kept)
        if ending == "":
            return body
        wanted = content.br if ending == BR else content.gz
        made = [kept] if ending == BR else (zip_(body, level) for _quality, level in (QUICK, THOROUGH))
        for found in made:
            if wanted is not None and Copy.of(found) == wanted:
                return found
        raise BadObject(content.plain.sha256, "压缩形式与清单不符（压缩程序可能已升级）")

    def check(self, content: Content) -> None:
        """Raise `BadObject` unless the copy is whole."""
        if content.br:
            self.file(content, "")
            return
        digest = hashlib.sha256()
        try:
            with self.place(content).open("rb") as file:
                while piece := file.read(PIECE):
                    digest.update(piece)
        except OSError as error:
            raise BadObject(content.plain.sha256, _cause(error)) from error
        if digest.hexdigest() != content.plain.sha256:
            raise BadObject(content.plain.sha256, "内容已损坏")

    def _read(self, content: Content) -> bytes:
        try:
            return self.place(content).read_bytes()
        except OSError as error:
            raise BadObject(content.plain.sha256, _cause(error)) from error

    def _unpacked(self, content: Content, kept: bytes) -> bytes:
        try:
            body = brotli.decompress(kept) if content.br else kept
        except brotli.error as error:
            raise BadObject(content.plain.sha256, "内容已损坏") from error
        if Copy.of(body) != content.plain:
            raise BadObject(content.plain.sha256, "内容已损坏")
        return body

    def remove(self, sha256: str) -> None:
        """Drop the copy of a content that no release holds any more."""
        for ending in ("", BR):
            self._place(sha256, ending).unlink(missing_ok=True)

    def digests(self) -> Iterator[str]:
        """The digests of all copies; what a stopped bake left unfinished is removed before."""
        for draft in self.folder.glob(DRAFT + "*"):
            draft.unlink()
        for folder in self.folder.glob("??"):
            yield from (folder.name + file.name.removesuffix(BR) for file in folder.iterdir())


def _cause(error: OSError) -> str:
    return "没有副本" if isinstance(error, FileNotFoundError) else f"读取出错（{error.strerror}）"
