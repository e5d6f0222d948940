"""Files lie where C2SP tlog-tiles puts them, hold what it says, and give back root and proofs."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingtang.trace.log import merkle
from mingtang.trace.log.errors import BadTile
from mingtang.trace.log.tiles import ENTRIES, Address, Tiles, address, pack, spell, tiles_of, unpack
from mingtang.trace.log.writing import Folder, Growth
from tests.trace.log.known import Log, Nodes, leaf


def test_the_example_of_the_specification() -> None:
    assert spell(1234067) == "x001/x234/067"
    assert Address(ENTRIES, 1234067, 8).path == "tile/entries/x001/x234/067.p/8"
    assert Address(0, 0).path == "tile/0/000"


def test_a_tree_of_seventy_thousand_has_the_tiles_the_specification_counts() -> None:
    tiles = [place for place in tiles_of(70_000) if place.level != ENTRIES]
    partial = {(p.level, p.index): p.width for p in tiles if p.width < 256}
    assert sum(p.level == 0 and p.width == 256 for p in tiles) == 273
    assert sum(p.level == 1 and p.width == 256 for p in tiles) == 1
    assert partial == {(0, 273): 112, (1, 1): 17, (2, 0): 1}


def test_a_tree_of_256_has_one_full_tile_and_a_partial_one_of_width_one_above() -> None:
    assert [p.path for p in tiles_of(256)] == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]
    assert list(tiles_of(0)) == []


@given(st.integers(-1, 63), st.integers(0, 10**12), st.integers(1, 256))
def test_every_address_reads_back_as_it_is_written(level: int, index: int, width: int) -> None:
    place = Address(level, index, width)
    assert address(place.path) == place


@pytest.mark.parametrize(
    "path",
    ["tile/00/000", "tile/0/0", "tile/0/x000/001", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
     "tile/64/000", "tile/0/001/002", "tile/entries/x1/000", "tile/0/０００", "checkpoint"],
)  # fmt: skip
def test_other_spellings_name_no_tile(path: str) -> None:
    assert address(path) is None


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_bundles_give_back_their_entries(entries: list[bytes]) -> None:
    place = Address(ENTRIES, 0, len(entries))
    assert unpack(pack(entries), place) == entries
    with pytest.raises(BadTile):
        unpack(pack(entries)[:-1], place)


def test_an_entry_beyond_the_format_is_refused() -> None:
    pack([b"x" * 65535])
    with pytest.raises(ValueError, match="65536"):
        pack([b"x" * 65536])


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 513, 1000])
def test_roots_and_paths_from_files_are_those_of_the_plain_tree(tmp_path: Path, size: int) -> None:
    log = Log.at(tmp_path, size)
    plain, tree = Nodes(log.entries), Tiles(log.folder, size)
    for smaller in {1, size // 2, size - 1, size} - {0}:
        assert tree.root(smaller) == merkle.root(smaller, plain)
        assert merkle.consistency_path(smaller, size, tree.node) == merkle.consistency_path(smaller, size, plain)
    for index in {0, size // 3, size - 1}:
        assert merkle.inclusion_path(index, size, tree.node) == merkle.inclusion_path(index, size, plain)
        assert tree.entry(index) == log.entries[index]
    assert {f for f in log.files() if f.startswith("tile/")} == {p.path for p in tiles_of(size)}


def test_the_levels_of_a_tree_beyond_65536_leaves(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    growth = Growth(folder, 0)
    growth.extend(b"%d" % n for n in range(65_536 + 300))
    root = growth.finish()
    tree = Tiles(tmp_path, growth.size)
    assert tree.root() == root
    assert {p.name for p in (tmp_path / "tile").iterdir()} == {"entries", "0", "1", "2"}
    path = merkle.inclusion_path(65_600, growth.size, tree.node)
    merkle.verify_inclusion(merkle.leaf_hash(b"65600"), 65_600, growth.size, path, root)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=5))
def test_growing_in_steps_gives_the_files_of_growing_at_once(steps: list[int]) -> None:
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        total = sum(steps)
        stepwise, at_once = Path(first), Path(second)
        done = 0
        for step in steps:
            growth = Growth(Folder(stepwise), done)
            growth.extend(leaf(n) for n in range(done, done + step))
            root = growth.finish()
            done += step
        whole = Growth(Folder(at_once), 0)
        whole.extend(map(leaf, range(total)))
        assert whole.finish() == root
        for place in tiles_of(total):
            assert (stepwise / place.path).read_bytes() == (at_once / place.path).read_bytes()


def test_partial_tiles_of_signed_sizes_stay_until_the_full_one_is_there(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 5)
    log.grow(3)
    assert {"tile/0/000.p/5", "tile/0/000.p/8", "tile/entries/000.p/5"} <= set(log.files())
    log.grow(300)
    assert not any(f.startswith(("tile/0/000.p", "tile/entries/000.p")) for f in log.files())
    assert Tiles(log.folder, 5).root() == merkle.root(5, Nodes(log.entries)), "read from the full tile"


def test_full_tiles_are_never_written_again(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 256)
    before = (log.folder / "tile/0/000").stat()
    log.grow(600)
    after = (log.folder / "tile/0/000").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
