"""The bytes of a served file and its precompressed companions: their digests, and how they are made."""

import gzip
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import brotli

#: Texts shorter than this fit into the first packets anyway.
SMALL = 1024
#: Files of these kinds are offered compressed; attached files go out as their offices wrote them.
TEXTS = frozenset({".html", ".css", ".js", ".svg", ".json", ".xml", ".atom", ".txt", ".map", ".webmanifest", ".csv"})
#: Pages are compressed by the thousand, at a small part of what rendering them costs; assets once, as far as it goes.
QUICK, THOROUGH = (5, 6), (11, 9)
GZ, BR = ".gz", ".br"
#: Compressed forms that save less than this part of the bytes are not kept.
WORTH = 0.9


@dataclass(frozen=True)
class Copy:
    """Digest (SHA-256, hex) and size (bytes) of one file."""

    sha256: str
    size: int

    @classmethod
    def of(cls, body: bytes) -> "Copy":
        """Those of some bytes."""
        return cls(hashlib.sha256(body).hexdigest(), len(body))


@dataclass(frozen=True)
class Content:
    """A served file with its compressed companions, where it has any (both or none)."""

    plain: Copy
    gz: Copy | None = None
    br: Copy | None = None

    def files(self, path: str, *, gone: bool) -> Iterator[tuple[str, Copy]]:
        """Every file that a release holds for this content at `path`; what is gone also lies below `.gone/`."""
        for name in (path, f".gone/{path}") if gone else (path,):
            yield name, self.plain
            if self.gz:
                yield name + GZ, self.gz
            if self.br:
                yield name + BR, self.br


@dataclass(frozen=True)
class Packed:
    """The bytes of a content, plain and compressed, by the ending of the file's name."""

    content: Content
    bodies: Mapping[str, bytes]


def pack(path: str, body: bytes, *, thorough: bool = False) -> Packed:
    """Compress what is worth it; the same bytes always give the same companions."""
    plain = Copy.of(body)
    if len(body) < SMALL or not is_text(path):
        return Packed(Content(plain), {"": body})
    quality, level = THOROUGH if thorough else QUICK
    br, gz = brotli.compress(body, quality=quality), zip_(body, level)
    if max(len(br), len(gz)) > WORTH * len(body):
        return Packed(Content(plain), {"": body})
    return Packed(Content(plain, Copy.of(gz), Copy.of(br)), {"": body, GZ: gz, BR: br})


def zip_(body: bytes, level: int) -> bytes:
    """Gzip without a name or a time in it."""
    return gzip.compress(body, level, mtime=0)


def is_text(path: str) -> bool:
    """Whether a file of this path is offered compressed."""
    return PurePosixPath(path).suffix in TEXTS and not path.startswith("files/")
