"""Growing a log on disk: each file is written whole or not at all, and the checkpoint comes last.

What lies beyond the last checkpoint is nobody's yet: after a stop it is written again, byte for byte the same. What the
checkpoint covers is never touched, but for partial tiles whose full tile has since been published.
"""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from mingtang.trace.log import merkle
from mingtang.trace.log.tiles import CHECKPOINT, ENTRIES, HEIGHT, MAX_LEVEL, WIDTH, Address, Tiles, framed, hashes

#: Files grow here before they are renamed into place; left-overs of a stopped run are removed by the next.
DRAFTS = ".writing"


class Folder:
    """Files below one folder, written by draft, `fsync` and rename; `settle` makes the renames themselves last."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._drafts = root / DRAFTS
        self._count = 0
        self._touched: set[Path] = set()
        shutil.rmtree(self._drafts, ignore_errors=True)

    def write(self, path: str, content: bytes) -> bool:
        """Put `content` at `path`, unless the file holds just that already; returns whether it was written."""
        place = self.root / path
        if place.is_file() and place.read_bytes() == content:
            self._touched.add(place.parent)  # it may be a stopped run's, whose rename is not on the disk yet
            return False
        self._make(place.parent)
        self._make(self._drafts)
        self._count += 1
        draft = self._drafts / f"{os.getpid()}-{self._count}"
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
        self._touched.add(place.parent)
        return True

    def settle(self) -> None:
        """Wait until every rename so far is on the disk."""
        for folder in sorted(self._touched):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        self._touched.clear()

    def close(self) -> None:
        """Settle and remove the folder of drafts."""
        self.settle()
        shutil.rmtree(self._drafts, ignore_errors=True)

    def _make(self, folder: Path) -> None:
        if not folder.is_dir():
            self._make(folder.parent)
            folder.mkdir(exist_ok=True)
            self._touched.add(folder.parent)


class Growth:
    """Entries appended to the log of `size` leaves below `folder`, tile by tile; holds one tile per level in memory."""

    def __init__(self, folder: Folder, size: int) -> None:
        self.folder = folder
        self.size = size
        self.frontier = merkle.Frontier.of(size, Tiles(folder.root, size).node)
        self._filled: list[Address] = []
        self._bundle, self._rows = self._open_edge(size)

    def _open_edge(self, size: int) -> tuple[bytearray, list[bytearray]]:
        tree = Tiles(self.folder.root, size)
        rows = [bytearray() for _ in range(MAX_LEVEL + 1)]
        bundle = bytearray()
        for level in (ENTRIES, *range(MAX_LEVEL + 1)):
            count = size >> HEIGHT * max(level, 0)
            if count % WIDTH:
                content = tree.read(tree.address(level, count // WIDTH))
                (bundle if level == ENTRIES else rows[level])[:] = content
        return bundle, rows

    def extend(self, entries: Iterable[bytes]) -> None:
        """Append entries in order; full tiles are written as they fill, the partial ones by `finish`."""
        for entry in entries:
            leaf = merkle.leaf_hash(entry)
            self._bundle += framed(entry)
            self.frontier.append(leaf)
            self.size += 1
            if self.size % WIDTH == 0:
                self._put(Address(ENTRIES, self.size // WIDTH - 1), self._bundle)
                self._bundle.clear()
            self._raise(0, leaf)

    def _raise(self, level: int, value: bytes) -> None:
        """Add a hash to the tile row of `level`; a tile that fills is written and hashed into the row above."""
        row = self._rows[level]
        row += value
        if len(row) == WIDTH * merkle.HASH_BYTES:
            self._put(Address(level, (self.size >> HEIGHT * level) // WIDTH - 1), row)
            above = merkle.perfect_root(hashes(bytes(row)))
            row.clear()
            self._raise(level + 1, above)

    def _put(self, place: Address, content: bytearray) -> None:
        self.folder.write(place.path, bytes(content))
        if place.width == WIDTH:
            self._filled.append(place)

    def finish(self) -> bytes:
        """Write the partial tiles, wait until all is on the disk, and return the root."""
        if self._bundle:
            self._put(Address(ENTRIES, self.size // WIDTH, self.size % WIDTH), self._bundle)
        for level, row in enumerate(self._rows):
            if row:
                place = Address(level, (self.size >> HEIGHT * level) // WIDTH, len(row) // merkle.HASH_BYTES)
                self._put(place, row)
        self.folder.settle()
        return self.frontier.root()

    def publish(self, checkpoint: str) -> None:
        """Put the signed checkpoint in place, then drop the partial tiles that full ones replace."""
        self.folder.write(CHECKPOINT, checkpoint.encode())
        self.folder.settle()
        for place in self._filled:
            shutil.rmtree(self.folder.root / f"{place.stem}.p", ignore_errors=True)
        self._filled.clear()
