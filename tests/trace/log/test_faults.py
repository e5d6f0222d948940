"""Whatever happens to the machine, the log on disk is the last signed one or the next, and goes on from there."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mingtang.trace.log import merkle
from mingtang.trace.log.errors import Fork, KeyLost
from mingtang.trace.log.proofs import head
from mingtang.trace.log.verification import verify_log
from mingtang.trace.log.writing import Folder, Growth
from tests.trace.log.known import Log, Nodes, leaf

WRITER = """
import sys
from pathlib import Path
from tests.trace.log.known import Log, leaf
place, start, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
log = Log(place / "log", place / "keys", [leaf(n) for n in range(start + count)])
print("begin", flush=True)
log.publish()
"""


def test_a_writer_killed_at_any_moment_leaves_a_log_that_the_next_run_completes(tmp_path: Path) -> None:
    """Eight writers are killed (SIGKILL) ever later in the same run; each time the signed part holds."""
    log, target = Log.at(tmp_path, 100), 20_100
    root = Path(__file__).resolve().parents[3]
    killed = 0
    for turn in range(8):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), "100", "20000"],
            cwd=root, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": f"{root}/src:{root}"},
        )  # fmt: skip
        assert writer.stdout
        writer.stdout.readline()
        while writer.poll() is None and len(list((log.folder / "tile/0").iterdir())) < 3 + 9 * turn:
            time.sleep(0.0005)
        writer.send_signal(signal.SIGKILL)
        killed += writer.wait() == -signal.SIGKILL
        writer.stdout.close()
        size = head(log.folder)[1].size
        assert size in (100, target)
        assert Growth(Folder(log.folder), size).frontier.root() == head(log.folder)[1].root
    assert killed >= 4, "the writers must really have been stopped in the middle"
    log.entries = [leaf(n) for n in range(target)]
    assert log.publish().root == merkle.root(target, Nodes(log.entries))
    assert verify_log(log.folder, log.chain.current).faults == []
    assert not any(f.startswith(".") for f in log.files()), "drafts of killed runs are gone"


@pytest.mark.parametrize("stop", range(1, 16))
def test_a_stop_before_any_one_of_the_writes_is_made_good(
    tmp_path: Path, stop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends just before the n-th rename, whichever file that is (also: the disk is full there)."""
    log = Log.at(tmp_path, 250)
    signed = (log.folder / "checkpoint").read_bytes()
    original, count = Path.replace, 0

    def replace(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == stop:
            raise OSError(28, "No space left on device")
        return original(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    failed = False
    try:
        log.grow(300)
    except OSError:
        failed = True
        assert (log.folder / "checkpoint").read_bytes() == signed
        assert Growth(Folder(log.folder), 250).frontier.root() == head(log.folder)[1].root
    monkeypatch.undo()
    assert failed is (stop <= 8), "a run of 300 leaves writes four full and three partial tiles, then the checkpoint"
    assert log.publish().root == merkle.root(550, Nodes(log.entries))
    assert verify_log(log.folder, log.chain.current).faults == []


@pytest.mark.parametrize("path", ["tile/0/001", "tile/entries/001", "tile/1/000.p/2", "tile/0/002.p/38"])
@pytest.mark.parametrize("kept", [0, 17])
def test_a_half_written_tile_beyond_the_signed_head_is_written_anew(tmp_path: Path, path: str, kept: int) -> None:
    """A file system may keep a name and lose the bytes: what no checkpoint covers is never read, only overwritten."""
    whole = Log.at(tmp_path / "whole", 300)
    whole.grow(250)
    log = Log.at(tmp_path / "torn", 300)
    place = log.folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes((whole.folder / path).read_bytes()[:kept])
    assert log.grow(250).root == merkle.root(550, Nodes(log.entries))
    assert place.read_bytes() == (whole.folder / path).read_bytes()
    assert verify_log(log.folder, log.chain.current).faults == []


def test_nothing_new_signs_nothing_new(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 7)
    before = (log.folder / "checkpoint").stat().st_mtime_ns
    log.publish()
    assert (log.folder / "checkpoint").stat().st_mtime_ns == before


def test_a_database_older_than_the_log_stops_signing(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 7)
    log.entries = log.entries[:5]
    with pytest.raises(Fork, match=r"只有 5 条.*有 7 条.*备份"):
        log.publish()


@pytest.mark.parametrize("path", ["tile/0/001.p/44", "tile/1/000.p/1", "checkpoint"])
def test_a_corrupted_edge_stops_signing_until_it_is_repaired(tmp_path: Path, path: str) -> None:
    log = Log.at(tmp_path, 300)
    raw = bytearray((log.folder / path).read_bytes())
    raw[5] ^= 1
    (log.folder / path).write_bytes(raw)
    log.entries.append(leaf(300))
    with pytest.raises(Fork, match="修复"):
        log.publish()
    assert path in log.repair()
    log.publish()
    assert verify_log(log.folder, log.chain.current).faults == []


def test_repair_mends_every_kind_of_damage_and_says_what(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 250)
    log.grow(5)
    log.grow(300)
    log.grow(2)
    assert log.repair() == []
    for path in ("tile/0/000", "tile/entries/001", "tile/entries/002.p/43"):
        raw = bytearray((log.folder / path).read_bytes())
        raw[9] ^= 1
        (log.folder / path).write_bytes(raw)
    (log.folder / "tile/0/001").unlink()
    (log.folder / "tile/0/777").write_bytes(b"stray")
    (log.folder / "keys.json").write_bytes(b"{}")
    assert sorted(log.repair()) == [
        "keys.json", "tile/0/000", "tile/0/001", "tile/0/777", "tile/entries/001", "tile/entries/002.p/43"
    ]  # fmt: skip
    assert verify_log(log.folder, log.chain.current).faults == []


def test_repair_refuses_when_the_leaves_are_what_was_altered(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 20)
    log.entries[4] = leaf(4444)
    with pytest.raises(Fork, match="被改动的是数据库"):
        log.repair()
    assert verify_log(log.folder, log.chain.current).faults == []


def test_without_any_key_nothing_can_be_published(tmp_path: Path) -> None:
    log = Log(tmp_path / "log", tmp_path / "keys", [leaf(0)])
    with pytest.raises(KeyLost):
        log.publish()
    assert not log.folder.exists()


def test_a_clock_that_goes_back_keeps_the_order_and_is_remarked(tmp_path: Path) -> None:
    log = Log.at(tmp_path)
    log.entries = [leaf(0, when="2024-06-03T02:00:00Z"), leaf(1, when="2024-06-03T01:00:00Z")]
    log.publish()
    report = verify_log(log.folder, log.chain.current)
    assert report.faults == []
    assert any("第 1 号叶子" in remark and "时钟" in remark for remark in report.remarks)
