"""The files of a log as C2SP tlog-tiles lays them out: where each lies, what it holds, and reading it back.

`tile/<L>/<N>[.p/<W>]` holds hashes, 256 to a full tile, each the root over a full tile of the level below;
`tile/entries/<N>[.p/<W>]` holds the entries of a level-0 tile, each behind its length (two bytes, big-endian).
`<N>` is written in groups of three digits, all but the last behind an `x`: 1234067 is `x001/x234/067`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mingtang.trace.log import merkle
from mingtang.trace.log.errors import BadTile

WIDTH = 256
HEIGHT = 8
MAX_LEVEL = 63
MAX_ENTRY = 0xFFFF
#: Stands in `Address.level` for a bundle of entries.
ENTRIES = -1
CHECKPOINT = "checkpoint"
WITNESSED = "witnessed"
KEYS = "keys.json"

_PATH = re.compile(r"tile/(entries|0|[1-9]\d?)/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?", re.ASCII)


@dataclass(frozen=True)
class Address:
    """Which tile (or bundle of entries, `level` = `ENTRIES`) and how many of its 256 places are filled."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def stem(self) -> str:
        """Path without the mark of a partial tile."""
        return f"tile/{'entries' if self.level == ENTRIES else self.level}/{spell(self.index)}"

    @property
    def path(self) -> str:
        """Path below the log's folder or address."""
        return self.stem if self.width == WIDTH else f"{self.stem}.p/{self.width}"

    @property
    def full(self) -> "Address":
        """The same tile when it is full."""
        return Address(self.level, self.index)


def spell(index: int) -> str:
    """A tile's number in groups of three digits."""
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03d}")
    return "/".join(reversed(groups))


def address(path: str) -> Address | None:
    """What the path names, or None when no tile is written so (including spellings with needless zeros)."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    level = ENTRIES if found[1] == "entries" else int(found[1])
    result = Address(level, int(re.sub(r"\D", "", found[2])), int(found[3] or WIDTH))
    if level > MAX_LEVEL or result.path != path:
        return None
    return result


def tiles_of(size: int) -> Iterator[Address]:
    """Every tile and bundle that a tree of `size` leaves has, the partial ones with their width."""
    for level in (ENTRIES, *range(MAX_LEVEL + 1)):
        hashes = size >> HEIGHT * max(level, 0)
        if not hashes:
            return
        yield from (Address(level, index) for index in range(hashes // WIDTH))
        if hashes % WIDTH:
            yield Address(level, hashes // WIDTH, hashes % WIDTH)


def pack(entries: Sequence[bytes]) -> bytes:
    """Entries as a bundle; raises `ValueError` for an entry beyond 65,535 bytes."""
    return b"".join(framed(entry) for entry in entries)


def framed(entry: bytes) -> bytes:
    """One entry behind its length."""
    if len(entry) > MAX_ENTRY:
        raise ValueError(f"日志条目长 {len(entry)} 字节，超过格式允许的 {MAX_ENTRY} 字节。")
    return len(entry).to_bytes(2, "big") + entry


def unpack(bundle: bytes, where: Address) -> list[bytes]:
    """The entries of a bundle; raises `BadTile` when it holds another number of them or ends in the middle of one."""
    entries: list[bytes] = []
    at = 0
    while at + 2 <= len(bundle):
        end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
        entries.append(bundle[at + 2 : end])
        at = end
    if at != len(bundle) or len(entries) != where.width:
        raise BadTile(where.path, f"条目包残缺或混入他物，应有 {where.width} 条。")
    return entries


def hashes(tile: bytes) -> list[bytes]:
    """The hashes in a tile's bytes."""
    return [tile[at : at + merkle.HASH_BYTES] for at in range(0, len(tile), merkle.HASH_BYTES)]


class Tiles:
    """A tree of `size` leaves read from the files below `folder`; every answer costs at most one tile per level."""

    def __init__(self, folder: Path, size: int, *, cache: int = 64) -> None:
        self.folder = folder
        self.size = size
        self._tile = lru_cache(cache)(self._read_tile)
        self._bundle = lru_cache(cache)(self._read_bundle)

    def address(self, level: int, index: int) -> Address:
        """Where tile `index` of `level` lies in a tree of this size; raises `BadTile` when there is none."""
        width = min((self.size >> HEIGHT * max(level, 0)) - index * WIDTH, WIDTH)
        place = Address(level, index, width)
        if width <= 0 or index < 0:
            raise BadTile(place.full.path, f"大小为 {self.size} 的日志没有这一块。")
        return place

    def read(self, place: Address) -> bytes:
        """The bytes of a tile or bundle; a partial one that is gone is cut from the full one (tlog-tiles allows it)."""
        for candidate in dict.fromkeys((place, place.full)):
            try:
                content = (self.folder / candidate.path).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                continue
            if place.level == ENTRIES:
                return pack(unpack(content, candidate)[: place.width])
            if len(content) != candidate.width * merkle.HASH_BYTES:
                raise BadTile(candidate.path, f"长 {len(content)} 字节，应为 {candidate.width * merkle.HASH_BYTES}。")
            return content[: place.width * merkle.HASH_BYTES]
        raise BadTile(place.path, "文件缺失。")

    def node(self, level: int, index: int) -> bytes:
        """Hash of the perfect subtree `index` at tree level `level` (see `merkle.Nodes`)."""
        tile, above = divmod(level, HEIGHT)
        number = (index << above) // WIDTH
        row = self._tile(tile, number)[above]
        place = index % (WIDTH >> above)
        if place >= len(row):
            raise BadTile(self.address(tile, number).path, "所需的哈希超出日志末尾。")
        return row[place]

    def entry(self, index: int) -> bytes:
        """Leaf `index` as it was entered."""
        place = self.address(ENTRIES, index // WIDTH)
        if index % WIDTH >= place.width:
            raise BadTile(place.path, f"没有第 {index} 号叶子。")
        return self._bundle(index // WIDTH)[index % WIDTH]

    def root(self, size: int | None = None) -> bytes:
        """Root of the whole tree, or of its first `size` leaves."""
        return merkle.root(self.size if size is None else size, self.node)

    def _read_bundle(self, index: int) -> list[bytes]:
        place = self.address(ENTRIES, index)
        return unpack(self.read(place), place)

    def _read_tile(self, level: int, index: int) -> list[list[bytes]]:
        """The tile's hashes and, above them, those of the perfect subtrees within it."""
        rows = [hashes(self.read(self.address(level, index)))]
        while len(rows) < HEIGHT:
            below = rows[-1]
            rows.append([merkle.node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])
        return rows
