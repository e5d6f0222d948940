"""`mingtang doctor` finds what is broken on purpose, names the mend, and is content with a sound installation."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone

from mingtang.config import settings as product
from mingtang.config.checkup import files, network
from mingtang.config.checkup.finding import State
from tests.operations.conftest import Make
from tests.operations.installation import Installation
from tests.operations.test_serve import until


@pytest.fixture
def installation(make_installation: Make, tmp_path: Path):
    """On SQLite, which has more to check."""
    one = make_installation(tmp_path / "home", None)
    yield one
    one.kill()


def findings(installation: Installation) -> dict[str, tuple[str, str]]:
    """code → (worst state, all that was said), from the real command."""
    done = installation.run("doctor", "--format", "json")
    answer = json.loads(done.stdout)
    order = ["good", "note", "bad"]
    said: dict[str, tuple[str, str]] = {}
    for each in answer["findings"]:
        state, text = said.get(each["code"], ("good", ""))
        worst = max(state, each["state"], key=order.index)
        said[each["code"]] = (worst, f"{text}{each['what']} {each['mend']}\n")
        assert each["state"] == "good" or each["mend"], "what is not good comes with its mend"
    assert done.returncode == (1 if any(state == "bad" for state, _ in said.values()) else 0)
    assert answer["sound"] == (done.returncode == 0)
    return said


def test_a_sound_installation_passes_and_text_has_state_matter_and_mend(
    installation: Installation, tmp_path: Path
) -> None:
    installation.start()
    assert until(lambda: (installation.home / "run/worker.beat").exists(), 60)
    assert installation.run("backup", str(tmp_path / "b")).returncode == 0
    done = installation.run("doctor")
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    assert all(line.split(" · ")[0] in ("正常", "注意") for line in lines)
    assert any("后台进程在运行" in line for line in lines)
    assert any(line.startswith("正常 · 留痕") for line in lines)


def test_open_keys_and_an_open_folder_are_found(installation: Installation) -> None:
    (installation.home / "secret.key").chmod(0o644)
    installation.home.chmod(0o755)
    said = findings(installation)
    assert said["keys"][0] == "bad"
    assert "chmod 600" in said["keys"][1]
    assert said["home"][0] == "bad"
    assert "chmod o-rwx" in said["home"][1]


def test_a_server_without_a_worker_is_found(installation: Installation) -> None:
    assert findings(installation)["worker"][0] == "note"  # nothing runs: said, not wrong
    (installation.home / "run").mkdir(exist_ok=True)
    from mingtang.config.liveness import FileLiveness

    server = FileLiveness(installation.home / "run")
    server.hold("serve-1")
    assert findings(installation)["worker"][0] == "bad"
    server.release()


def test_a_public_name_without_https_is_found_and_so_is_any_host(installation: Installation) -> None:
    installation.environment |= {"MINGTANG_URL": "http://zwgk.example", "MINGTANG_HOSTS": "zwgk.example"}
    said = findings(installation)
    assert said["https"][0] == "bad"
    assert said["proxy"][0] == "bad"
    installation.environment["MINGTANG_HOSTS"] = "*"
    assert findings(installation)["hosts"][0] == "bad"
    installation.environment["MINGTANG_HOSTS"] = "elsewhere.example"
    assert "不在 MINGTANG_HOSTS" in findings(installation)["hosts"][1]


def test_behind_https_these_are_content(installation: Installation) -> None:
    installation.environment |= {"MINGTANG_URL": "https://zwgk.example", "MINGTANG_HOSTS": "zwgk.example"}
    said = findings(installation)
    assert said["https"][0] == said["hosts"][0] == "good"
    installation.environment["MINGTANG_PROXY"] = "*"
    assert findings(installation)["proxy"][0] == "bad"


def test_accounts_of_the_demo_in_a_real_installation_are_found(installation: Installation) -> None:
    place = installation.home / "demo-accounts.json"
    place.write_text(json.dumps({"admin": {"username": "guanli", "password": "x", "name": "甲"}}))
    place.chmod(0o600)
    state, text = findings(installation)["demo"]
    assert state == "bad"
    assert "停用" in text
    installation.python("from mingtang.bodies.models import User; User.objects.update(is_active=False)")
    assert "demo" not in findings(installation)


def test_a_forged_event_is_found_with_its_number(installation: Installation) -> None:
    installation.python("""
from django.db import connection, transaction
from django.utils import timezone
from mingtang.trace.actions import record
for number in range(3):
    with transaction.atomic():
        record("test.happened", "test:1", actor="system:test", moment=timezone.now())
with connection.cursor() as cursor:
    cursor.execute("DROP TRIGGER trace_event_no_update")
    cursor.execute("UPDATE trace_event SET actor = 'user:1' WHERE seq = 2")
""")
    state, text = findings(installation)["chain"]
    assert state == "bad"
    assert "第 2 号" in text


def test_an_event_from_the_future_tells_of_a_clock_that_was_set_back(installation: Installation) -> None:
    installation.python("""
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from mingtang.trace.actions import record
with transaction.atomic():
    record("test.happened", "test:1", actor="system:test", moment=timezone.now() + timedelta(hours=1))
""")
    assert "在将来" in findings(installation)["clock"][1]


def test_a_database_behind_the_code_or_absent_is_found(installation: Installation) -> None:
    installation.python(
        "from django.db.migrations.recorder import MigrationRecorder as R; from django.db import connection; "
        "R(connection).migration_qs.filter(app='signin').delete()"
    )
    assert "落后" in findings(installation)["database"][1]
    (installation.home / "mingtang.sqlite3").unlink()
    assert "尚未建立" in findings(installation)["database"][1]


def test_old_backups_stale_sites_waiting_and_failed_tasks_are_found(installation: Installation) -> None:
    assert findings(installation)["backup"][0] == "bad"
    old = (timezone.now() - timedelta(days=8)).isoformat()
    (installation.home / "last-backup.json").write_text(json.dumps({"at": old, "file": "/gone"}))
    installation.python("""
from datetime import timedelta
from django.utils import timezone
from django_tasks_db.models import DBTaskResult as Result
now = timezone.now()
common = dict(task_path="room.task", args_kwargs={"args": [], "kwargs": {}}, backend_name="default", run_after=now)
waiting = Result.objects.create(**common)
Result.objects.filter(pk=waiting.pk).update(enqueued_at=now - timedelta(hours=1))
Result.objects.create(status="FAILED", finished_at=now, **common)
""")
    said = findings(installation)
    assert "8 天前" in said["backup"][1]
    assert said["tasks"][0] == "bad"
    assert "等待超过 10 分钟" in said["tasks"][1]
    assert "1 个任务失败" in said["tasks"][1]


def test_a_superuser_who_stands_above_the_permissions_is_found(installation: Installation) -> None:
    installation.python("from mingtang.bodies.models import User; User.objects.update(is_superuser=True)")
    assert findings(installation)["accounts"][0] == "bad"


def test_a_talkative_log_is_found(installation: Installation) -> None:
    installation.environment["MINGTANG_LOG_LEVEL"] = "DEBUG"
    assert findings(installation)["log"][0] == "bad"


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/srv/share/mingtang", "nfs4"), ("/srv", "ext4"), ("/srv/share two/x", "cifs"), ("/elsewhere", "ext4")],
)
def test_the_file_system_of_a_folder_is_that_of_its_nearest_mount(tmp_path: Path, folder: str, kind: str) -> None:
    table = tmp_path / "mounts"
    table.write_text(
        "/dev/sda1 / ext4 rw 0 0\nserver:/x /srv/share nfs4 rw 0 0\n//server/y /srv/share\\040two cifs rw 0 0\n"
    )
    assert files.kind_of(Path(folder), table) == kind


def test_packages_that_differ_from_the_lock_are_named(tmp_path: Path) -> None:
    lock = tmp_path / "base.lock"
    lock.write_text(
        "click==0.1 \\\n    --hash=sha256:0\nno-such-package==1 \\\n    --hash=sha256:0\n"
        "colorama==0.4 ; sys_platform == 'win32' \\\n    --hash=sha256:0\n"
    )
    found = {name: (wanted, installed) for name, wanted, installed in files.differences(lock)}
    assert found["click"][0] == "0.1"
    assert found["no-such-package"] == ("1", "")
    assert "colorama" not in found


@override_settings(HOME=product.HOME)
def test_little_room_on_the_disk_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    for free_mb, state in ((500, State.BAD), (5_000, State.NOTE), (50_000, State.GOOD)):
        usage = type("Usage", (), {"total": 100_000 * 1024**2, "used": 0, "free": free_mb * 1024**2})
        monkeypatch.setattr(files.shutil, "disk_usage", lambda _, usage=usage: usage)
        (finding,) = files.space(timezone.now())
        assert finding.state is state


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "x.localhost", "127.9.9.9"])
def test_this_machine_is_not_public(host: str) -> None:
    assert network.is_loopback(host)


@pytest.mark.parametrize(
    "host", ["zwgk.example", "10.0.0.5", "[2001:db8::1]", "localhost.example", "127.0.0.1.example"]
)
def test_everything_else_is(host: str) -> None:
    assert not network.is_loopback(host)


def test_a_site_that_was_not_baked_for_days_is_found(installation: Installation) -> None:
    assert installation.run("bake", str(installation.home / "site")).returncode == 0
    state, text = findings(installation)["site"]
    assert state == "good", text
    assert str(timezone.localdate()) in text


def test_faulty_files_of_added_years_are_found_and_named(tmp_path: Path) -> None:
    (tmp_path / "2099.toml").write_text('year = 2099\nsource = "通知"\n[holidays]\n"元旦" = ["2099-13-01"]\n', "utf-8")
    with override_settings(CALENDAR_FOLDER=tmp_path):
        (found,) = files.calendar(timezone.now())
    assert found.state is State.BAD
    assert "2099.toml" in found.what and "2099-13-01" in found.what
    with override_settings(CALENDAR_FOLDER=tmp_path / "nowhere"):
        (found,) = files.calendar(timezone.now())
    assert found.state is State.BAD and "没有文件夹" in found.what


def test_a_year_whose_holidays_are_not_known_is_told_in_time(tmp_path: Path) -> None:
    with override_settings(CALENDAR_FOLDER=None):
        (known,) = files.calendar(timezone.now().replace(year=2024, month=6))
        (coming,) = files.calendar(timezone.now().replace(year=2098, month=6))
    assert (known.state, coming.state) == (State.GOOD, State.NOTE)
    assert "没有2098年的放假安排" in coming.what
