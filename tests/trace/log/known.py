"""Known answers of other implementations, and small logs for the tests to work on."""

import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from mingtang.trace.log import keys, merkle, publication
from mingtang.trace.log.leaves import Leaf, Record
from mingtang.trace.log.notes import Checkpoint

#: Certificate Transparency's reference data (transparency-dev/merkle, testonly/constants.go): entries and their roots.
ENTRIES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    bytes.fromhex(text)
    for text in (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]

ORIGIN = "portal.example/log"


def leaf(number: int, *, when: str = "2024-06-03T02:00:00Z") -> bytes:
    """A well-formed entry, different for each number."""
    digest = f"{number:064x}"
    record = Record(f"records.record:{number + 1}", f"jyj/2024-{number:05d}", f"records/jyj-2024-{number:05d}/")
    return Leaf("jyj", when, "published", record, shown=digest, metadata=digest).spelled()


class Nodes:
    """A whole tree in memory, every perfect subtree kept: slow and plain."""

    def __init__(self, entries: list[bytes]) -> None:
        self.rows = [[merkle.leaf_hash(entry) for entry in entries]]
        while len(row := self.rows[-1]) > 1:
            self.rows.append([merkle.node_hash(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)])

    def __call__(self, level: int, index: int) -> bytes:
        return self.rows[level][index]


@dataclass
class Log:
    """A log in a temporary folder, fed from a list."""

    folder: Path
    secrets: Path
    entries: list[bytes]

    @classmethod
    def at(cls, place: Path, size: int = 0) -> "Log":
        """A log with its first key and `size` leaves published."""
        log = cls(place / "log", place / "keys", [])
        keys.set_up(log.secrets, ORIGIN)
        if size:
            log.grow(size)
        return log

    def grow(self, count: int) -> Checkpoint:
        """Add leaves and publish."""
        self.entries += [leaf(number) for number in range(len(self.entries), len(self.entries) + count)]
        return self.publish()

    def publish(self) -> Checkpoint:
        """Publish what is in the list."""
        return publication.publish(self.folder, self.secrets, self.source, len(self.entries))

    def repair(self) -> list[str]:
        """Mend the files from the list."""
        return publication.repair(self.folder, self.secrets, self.source, len(self.entries))

    def source(self, begin: int) -> Iterator[bytes]:
        """The leaves from a number on."""
        return iter(self.entries[begin:])

    @property
    def chain(self) -> keys.Chain:
        """The log's keys."""
        return keys.chain(self.secrets)

    def files(self) -> list[str]:
        """Every file of the log."""
        return sorted(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.is_file())


def reason_words(entry: bytes) -> set[str]:
    """Every text that stands in an entry, keys and values."""
    found: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            found.update(value)
            for each in value.values():
                walk(each)
        elif isinstance(value, str):
            found.add(value)

    walk(json.loads(entry))
    return found


def load_script() -> ModuleType:
    """The standalone verifier, as a module."""
    place = Path(__file__).resolve().parents[3] / "scripts" / "verify_site.py"
    spec = importlib.util.spec_from_file_location("verify_site", place)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = load_script()
