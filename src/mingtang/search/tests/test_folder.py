"""The local index survives what happens to files: kills in the middle, damage, locks left behind."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from mingtang.search import finding, plan
from mingtang.search.engines.folders import Folder
from mingtang.search.engines.local import LocalIndex
from mingtang.search.entry import Entry
from mingtang.search.errors import IndexBusy, IndexMissing
from mingtang.search.index import Filters, Place
from mingtang.text.segment import segmenter

WRITER = """
import sys
from pathlib import Path
from mingtang.search.engines.local import LocalIndex
from mingtang.search.index import Place
from mingtang.search.tests.test_folder import entry

def slowly(writing):
    writing.put(entry(key) for key in range(2, 4000))
    print("half", flush=True)
    sys.stdin.read()

index = LocalIndex(Path(sys.argv[1]))
if sys.argv[2] == "rebuild":
    index.rebuild((), slowly, lambda writing: Place(9, "nine"))
else:
    index.change(lambda writing: [slowly(writing), Place(9, "nine")][1])
"""


def entry(key: int, title: str = "路灯维修公告") -> Entry:
    """A small entry."""
    return Entry(
        key=key, title=title, number="", index_number="", body="b", names=("城管局",), topic="A", genre="notice",
        validity="valid", published_on=date(2024, 1, 1), year=2024, keywords=(), text="正文" * 50,
    )  # fmt: skip


def found(index: LocalIndex, typed: str = "路灯") -> list[int]:
    made = plan.read(typed, segmenter(()), {})
    return list(finding.find(index, made, Filters(), today=date(2024, 7, 1)).keys)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of an index with one entry."""
    LocalIndex(tmp_path / "index").rebuild((), lambda w: w.put([entry(1)]), lambda _w: Place(1, "one"))
    return tmp_path / "index"


def killed_half_way(root: Path, act: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(root), act], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "half\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    process.stdout.close()
    assert process.stdin is not None
    process.stdin.close()


@pytest.mark.parametrize("act", ["rebuild", "change"])
def test_a_writer_killed_half_way_leaves_the_index_as_it_was(root: Path, act: str) -> None:
    killed_half_way(root, act)
    index = LocalIndex(root)
    assert found(index) == [1]
    assert index.state().place == Place(1, "one")


@pytest.mark.parametrize("act", ["rebuild", "change"])
def test_the_lock_of_a_killed_writer_keeps_nobody_out(root: Path, act: str) -> None:
    killed_half_way(root, act)
    index = LocalIndex(root)
    index.change(lambda writing: [writing.put([entry(2)]), Place(2, "two")][1])  # type: ignore[func-returns-value]
    assert sorted(found(index)) == [1, 2]
    index.rebuild((), lambda writing: writing.put([entry(3)]), lambda _writing: Place(3, "three"))
    assert found(index) == [3]
    assert sum(path.is_dir() and not path.is_symlink() for path in root.iterdir()) == 1, "remains are swept away"


def test_lock_files_without_a_holder_keep_nobody_out(root: Path) -> None:
    generation = Folder(root).served()
    for name in (root / "write.lock", root / "build.lock", generation / ".tantivy-writer.lock"):
        name.write_text("12345")
    index = LocalIndex(root)
    index.change(lambda writing: [writing.put([entry(2)]), Place(2, "two")][1])  # type: ignore[func-returns-value]
    assert sorted(found(index)) == [1, 2]


def test_a_writer_that_waits_too_long_says_so(root: Path) -> None:
    with Folder(root).alone("write"), pytest.raises(IndexBusy), Folder(root).alone("write", patience=0.05):
        pass


@pytest.mark.parametrize("file", ["meta.json", "state.json"])
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_damage_is_told_and_mended_by_a_rebuild(root: Path, file: str, damage: str) -> None:
    path = Folder(root).served() / file
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:10])
    else:
        path.unlink()
    index = LocalIndex(root)
    with pytest.raises(IndexMissing):
        found(index)
        index.state()
    index.rebuild((), lambda writing: writing.put([entry(5)]), lambda _writing: Place(5, "five"))
    assert found(index) == [5]


def test_a_lost_segment_is_told(root: Path) -> None:
    for path in Folder(root).served().glob("*.idx"):
        path.unlink()
    with pytest.raises(IndexMissing):
        found(LocalIndex(root))


def test_an_open_reader_sees_changes_and_new_generations_of_other_processes(root: Path) -> None:
    reader, writer = LocalIndex(root), LocalIndex(root)
    assert found(reader) == [1]
    writer.change(lambda writing: [writing.remove([1]), writing.put([entry(2)]), Place(2, "two")][2])  # type: ignore[func-returns-value]
    assert found(reader) == [2]
    writer.rebuild((), lambda writing: writing.put([entry(3)]), lambda _writing: Place(3, "three"))
    assert found(reader) == [3]
