"""A backup brings everything back, is refused when anything of it is damaged, and never harms what is there."""

import gzip
import io
import json
import os
import shutil
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingtang.config import moving
from tests.operations.conftest import Make
from tests.operations.installation import PASSWORD, Installation, open_accounts, python
from tests.servers.mingtang import Instance
from tests.servers.postgres import create_database
from tests.servers.postgres import installation as postgres_installation
from tests.servers.templates import Templates

WORK = f"""
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.utils import timezone
from mingtang.trace.actions import record
default_storage.save("documents/附件.pdf", ContentFile(b"%PDF- an attachment"))
for number in range(20):
    with transaction.atomic():
        record("test.happened", f"test:{{number}}", actor="system:test", moment=timezone.now())
Client().post("/desk/login/", {{"username": "guanli", "password": {PASSWORD!r}}}, HTTP_HOST="localhost")
"""
LOOK = """
from mingtang.bodies.models import User
from mingtang.signin.models import Session
from mingtang.trace.models import Event
from mingtang.trace.queries import verify
signed = Event.objects.filter(verb="log.signed").count()  # a worker that was running signs the log in its own time
print(verify() - signed, sorted(User.objects.values_list("username", flat=True)), Session.objects.count())
"""
WHOLE = "21 ['gongkaiban', 'guanli', 'xinxiyuan'] 0"


@pytest.fixture
def installation(make_installation: Make, tmp_path: Path) -> Iterator[Installation]:
    """On SQLite, whatever the run uses: what PostgreSQL does differently is told at the end."""
    one = make_installation(tmp_path / "home", None)
    yield one
    one.kill()


def work(instance: Instance) -> None:
    """Fill an instance that was set up with accounts and some work."""
    open_accounts(instance)
    python(instance, WORK)


@pytest.fixture
def worked(templates: Templates, tmp_path: Path) -> Installation:
    """On SQLite, with some work done: what `saved` is a backup of."""
    return templates.copy("worked", work, tmp_path / "worked", None, Installation)


@pytest.fixture(scope="module")
def archive(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of an installation in which some work was done."""
    folder = tmp_path_factory.mktemp("archive")
    done = templates.copy("worked", work, folder / "home", None, Installation).run("backup", str(folder / "saved"))
    assert done.returncode == 0, done.stderr
    return folder / "saved"


@pytest.fixture
def saved(archive: Path, tmp_path: Path) -> Path:
    """That backup, for the test alone."""
    return Path(shutil.copy2(archive, tmp_path / "saved.tar.gz"))


@pytest.fixture
def empty(tmp_path: Path) -> Installation:
    """Where nothing was installed yet."""
    return Installation(tmp_path / "empty")


def rewrite(source: Path, target: Path, change) -> Path:
    """A copy of the archive in which `change(name, content)` gives each file's content, or None to leave it out."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for entry in old:
            content = change(entry.name, old.extractfile(entry).read())
            if content is not None:
                entry.size = len(content)
                new.addfile(entry, io.BytesIO(content))
    return target


def test_everything_comes_back_in_an_empty_instance_and_the_chain_holds(saved: Path, empty: Installation) -> None:
    done = empty.run("restore", str(saved))
    assert done.returncode == 0, done.stderr
    assert empty.python(LOOK).strip() == WHOLE
    assert (empty.home / "media/documents/附件.pdf").read_bytes() == b"%PDF- an attachment"
    assert [place.name for place in empty.home.iterdir() if place.name.startswith((".", "replaced"))] == []


def test_a_backup_of_a_running_installation_is_whole(
    installation: Installation, empty: Installation, tmp_path: Path
) -> None:
    installation.start()
    installation.python(WORK)
    assert installation.run("backup", str(tmp_path / "b")).returncode == 0
    installation.kill()
    assert empty.run("restore", str(tmp_path / "b")).returncode == 0
    assert empty.python(LOOK).strip() == WHOLE


def test_a_backup_is_for_its_owner_only_and_holds_neither_keys_nor_sessions(
    installation: Installation, saved: Path
) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    key = (installation.home / "secret.key").read_bytes()
    with tarfile.open(saved) as archive:
        contents = {entry.name: archive.extractfile(entry).read() for entry in archive}
    assert not any(key in content for content in contents.values())
    assert not any(name.startswith("keys/") for name in contents)
    assert {"database/mingtang.sqlite3", "media/documents/附件.pdf", "manifest.json"} <= contents.keys()


def test_keys_are_saved_on_request_with_a_warning_and_come_back_closed(
    installation: Installation, empty: Installation, tmp_path: Path
) -> None:
    done = installation.run("backup", "--keys", str(tmp_path / "b"))
    assert "含有密钥" in done.stderr
    assert empty.run("restore", str(tmp_path / "b")).returncode == 0
    key = empty.home / "secret.key"
    assert key.read_bytes() == (installation.home / "secret.key").read_bytes()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_backup_never_overwrites(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("something")
    done = installation.run("backup", str(tmp_path / "b"))
    assert done.returncode == 2
    assert "已存在" in done.stderr
    assert (tmp_path / "b").read_text() == "something"


def test_an_instance_that_holds_something_is_only_replaced_by_force_and_then_kept(
    worked: Installation, saved: Path
) -> None:
    installation = worked
    installation.python("from mingtang.bodies.models import Person; Person.objects.create(name='later')")
    refused = installation.run("restore", str(saved))
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    done = installation.run("restore", "--force", str(saved), "--format", "json")
    assert done.returncode == 0, done.stderr
    assert installation.python(LOOK).strip() == WHOLE
    former = Path(json.loads(done.stdout)["replaced"])
    assert (former / "mingtang.sqlite3").exists()
    assert (former / "media/documents/附件.pdf").exists()
    look = "from mingtang.bodies.models import Person; print(Person.objects.filter(name='later').count())"
    assert installation.python(look).strip() == "0"


def test_nothing_is_restored_under_a_running_server(installation: Installation, saved: Path) -> None:
    installation.start()
    done = installation.run("restore", "--force", str(saved))
    assert done.returncode == 2
    assert "请先停止" in done.stderr


@pytest.mark.parametrize("name", ["database/mingtang.sqlite3", "media/documents/附件.pdf"])
def test_a_changed_file_is_named_and_nothing_is_touched(
    saved: Path, installation: Installation, tmp_path: Path, name: str
) -> None:
    def change(at: str, content: bytes) -> bytes:
        return content[:-1] + b"?" if at == name else content

    before = (installation.home / "mingtang.sqlite3").read_bytes()
    done = installation.run("restore", "--force", str(rewrite(saved, tmp_path / "changed", change)))
    assert done.returncode == 2
    assert f"{name} 与清单不符" in done.stderr
    assert (installation.home / "mingtang.sqlite3").read_bytes() == before


@pytest.mark.parametrize("keep", [0.2, 0.9])
def test_a_file_that_was_cut_off_is_refused(saved: Path, empty: Installation, tmp_path: Path, keep: float) -> None:
    short = tmp_path / "short"
    short.write_bytes(saved.read_bytes()[: int(saved.stat().st_size * keep)])
    done = empty.run("restore", str(short))
    assert done.returncode == 2
    assert "损坏" in done.stderr or "不完整" in done.stderr
    assert not (empty.home / "mingtang.sqlite3").exists()


def test_flipped_bits_are_refused(saved: Path, empty: Installation, tmp_path: Path) -> None:
    content = bytearray(saved.read_bytes())
    content[len(content) // 2] ^= 0xFF
    (tmp_path / "flipped").write_bytes(content)
    assert empty.run("restore", str(tmp_path / "flipped")).returncode == 2


def test_other_archives_are_refused_and_write_nothing_outside(empty: Installation, tmp_path: Path) -> None:
    evil = tmp_path / "evil"
    with tarfile.open(evil, "w:gz") as archive:
        entry = tarfile.TarInfo("media/../../escaped")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"evil"))
    done = empty.run("restore", str(evil))
    assert done.returncode == 2
    assert "不属于备份的内容" in done.stderr
    assert not list(tmp_path.rglob("escaped"))
    (tmp_path / "text").write_bytes(gzip.compress(b"no archive"))
    assert empty.run("restore", str(tmp_path / "text")).returncode == 2
    assert empty.run("restore", str(tmp_path / "absent")).returncode == 2


def test_a_backup_of_a_newer_version_is_refused(saved: Path, empty: Installation, tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        about = json.loads(content)
        return json.dumps(
            about | {"version": "9.9", "migrations": [*about["migrations"], "records.9999_later"]}
        ).encode()

    done = empty.run("restore", str(rewrite(saved, tmp_path / "newer", change)))
    assert done.returncode == 2
    assert "请先升级明堂到 9.9" in done.stderr


def test_a_broken_chain_is_noticed_when_the_backup_is_made(installation: Installation, tmp_path: Path) -> None:
    installation.python(WORK)
    installation.python("""
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("DROP TRIGGER trace_event_no_update")
    cursor.execute("UPDATE trace_event SET verb = 'test.forged' WHERE seq = 7")
""")
    done = installation.run("backup", str(tmp_path / "b"))
    assert done.returncode == 2
    assert "第 7 号" in done.stderr
    assert not (tmp_path / "b").exists()


def test_a_power_cut_in_the_middle_of_the_swap_is_made_good_by_the_next_run(tmp_path: Path) -> None:
    old, new, aside = tmp_path / "data", tmp_path / "incoming" / "data", tmp_path / "former" / "data"
    for stop_after in range(4):
        for place in (old.parent / "former", old.parent / "incoming"):
            shutil.rmtree(place, ignore_errors=True)
        old.write_text("old")
        new.parent.mkdir()
        new.write_text("new")
        moves = [(old, aside), (new, old)]
        told = {"moves": [[str(a), str(b)] for a, b in moves], "leftovers": [str(new.parent)]}
        (tmp_path / moving.JOURNAL).write_text(json.dumps(told))
        for source, target in moves[:stop_after]:  # what was done when the power went
            target.parent.mkdir(exist_ok=True)
            source.rename(target)
        assert moving.pending(tmp_path)
        moving.finish(tmp_path)
        assert (old.read_text(), aside.read_text(), new.parent.exists()) == ("new", "old", False)
        assert not moving.pending(tmp_path)


def test_an_unfinished_restore_keeps_the_server_from_starting(installation: Installation) -> None:
    (installation.home / moving.JOURNAL).write_text('{"moves": [], "leftovers": []}')
    done = installation.run("serve", timeout=30)
    assert done.returncode == 2
    assert "再执行一次 mingtang restore" in done.stderr


# --- PostgreSQL ----------------------------------------------------------------------------------------------------


class OnPostgres(Installation):
    """An installation on a database of the run's PostgreSQL, with its tools on the path."""

    def __init__(self, home: Path, database_url: str | None) -> None:
        super().__init__(home, database_url)
        self.environment["PATH"] = f"{postgres_installation() / 'bin'}:{os.environ['PATH']}"


def test_postgresql_goes_round_too_even_twice_and_refuses_without_its_tools(
    postgres_url: str, templates: Templates, tmp_path: Path
) -> None:
    first = templates.copy("accounts", open_accounts, tmp_path / "first", postgres_url, OnPostgres)
    first.python(WORK)
    done = first.run("backup", str(tmp_path / "b"))
    assert done.returncode == 0, done.stderr
    second = OnPostgres(tmp_path / "second", create_database(postgres_url, f"backup_into_{os.getpid()}"))
    for options in ([], ["--force"]):
        done = second.run("restore", *options, str(tmp_path / "b"))
        assert done.returncode == 0, done.stderr
        assert second.python(LOOK).strip() == WHOLE
    assert second.run("restore", str(tmp_path / "b")).returncode == 2
    refused = "from mingtang.trace.models import Event; Event.objects.filter(seq=1).update(verb='x')"
    with pytest.raises(AssertionError, match="append-only"):
        second.python(refused)
    second.environment["PATH"] = "/nonexistent"
    done = second.run("backup", str(tmp_path / "c"))
    assert done.returncode == 2
    assert "没有找到 pg_dump" in done.stderr


def test_a_backup_of_another_kind_of_database_is_refused(saved: Path, postgres_url: str, tmp_path: Path) -> None:
    other = OnPostgres(tmp_path / "other", create_database(postgres_url, f"backup_kind_{os.getpid()}"))
    done = other.run("restore", str(saved))
    assert done.returncode == 2
    assert "备份来自 SQLite，本实例用 PostgreSQL" in done.stderr
