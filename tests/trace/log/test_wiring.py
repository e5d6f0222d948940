"""The log in an installation: its worker writes it, its server shows it, its command checks it, its backup keeps it."""

import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.servers.demo import MakeInstance
from tests.servers.mingtang import Instance


def test_what_is_published_can_be_checked_from_the_served_files(instance: MakeInstance, tmp_path: Path) -> None:
    place = instance(records=10)
    log = place.home / "log"
    _until_written(place)
    checked = place.run("verify", "--log", str(log))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "日志完整：0 个条目" not in checked.stdout
    with urllib.request.urlopen(f"{place.url}/log/checkpoint") as answer:
        assert answer.read() == (log / "checkpoint").read_bytes()
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{place.url}/log/../keys/log/key.1")

    _be_witnessed_and_change_the_key(place, tmp_path)
    tile = next(file for file in sorted(log.rglob("*")) if file.is_file() and "entries" in str(file))
    content = bytearray(tile.read_bytes())
    content[len(content) // 2] ^= 1
    tile.chmod(0o644)
    tile.write_bytes(content)
    altered = place.run("verify", "--log", str(log))
    assert altered.returncode == 1
    assert tile.relative_to(log).as_posix() in altered.stdout
    assert tile.relative_to(log).as_posix() in place.run("log", "repair").stdout
    assert place.run("verify", "--log", str(log)).returncode == 0


def _be_witnessed_and_change_the_key(place: Instance, folder: Path) -> None:
    """By command, as an office and the body above it do."""

    def run(*arguments: object) -> str:
        done = place.run("log", *map(str, arguments))
        assert done.returncode == 0, done.stderr
        return done.stdout

    key = run("key").strip()
    request, signed, state = folder / "request", folder / "cosigned", folder / "state"
    run("request", request)
    said = run("witness", request, signed, "--state", state, "--name", "city.example/witness", "--trust", key)
    run("attach", signed, "--witness", said.strip().rpartition("：")[2])
    assert (place.home / "log/witnessed").read_bytes() == signed.read_bytes()
    assert key in run("rotate")


def test_a_backup_with_keys_brings_the_log_key_back(instance: MakeInstance, tmp_path: Path) -> None:
    place = instance(records=10)
    _until_written(place)
    place.kill()
    secret = {file.name: file.read_bytes() for file in (place.home / "keys" / "log").iterdir() if file.is_file()}
    saved = place.run("backup", f"{tmp_path}/saved.tar.gz", "--keys")
    assert saved.returncode == 0, saved.stderr
    for file in (place.home / "keys" / "log").iterdir():
        file.unlink()
    restored = place.run("restore", f"{tmp_path}/saved.tar.gz", "--force")
    assert restored.returncode == 0, restored.stderr
    assert {file.name: file.read_bytes() for file in (place.home / "keys" / "log").iterdir()} == secret


def _until_written(place: Instance) -> None:
    give_up = time.monotonic() + 120
    while not (place.home / "log" / "checkpoint").exists():
        assert time.monotonic() < give_up, "日志没有写出"
        time.sleep(0.5)
