"""`mingtang import bodies`: what it says and how it ends; killed in the middle it leaves whole bodies behind."""

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from openpyxl import load_workbook

from tests.servers.mingtang import Instance
from tests.servers.postgres import create_database

HEAD = ["全称", "类别", "层级", "上级机构", "别名"]
GOVERNMENT = ["云岭旗人民政府（演示）", "人民政府", "旗", "", "旗政府"]


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """An instance without any body."""
    server = os.environ.get("DATABASE_URL")
    database = create_database(server, f"import_{os.getpid()}") if server else None
    made = Instance(tmp_path_factory.mktemp("import"), database)
    assert made.run("setup").returncode == 0
    return made


def table(path: Path, rows: list[list[str]]) -> str:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return str(path)


def counted(instance: Instance) -> str:
    script = """
        import django; django.setup()
        from mingtang.bodies.models import Alias, Body
        from mingtang.trace.models import Event
        from mingtang.trace.queries import verify
        verify()
        created = Event.objects.filter(verb="bodies.created").count()
        print(Body.objects.count(), created, Alias.objects.count())
    """
    return python(instance, script).stdout.strip()


def python(instance: Instance, script: str) -> subprocess.CompletedProcess[str]:
    environment = instance.environment | {"DJANGO_SETTINGS_MODULE": "mingtang.config.settings"}
    return subprocess.run(
        [sys.executable, "-c", dedent(script)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_rejected_rows_are_told_line_by_line_and_the_command_ends_with_one(instance: Instance, tmp_path: Path) -> None:
    rows = [GOVERNMENT, ["某处（演示）", "衙门", "", "", ""], ["某局（演示）", "政府部门", "", "没有的机构", ""]]
    path, out = table(tmp_path / "机构.csv", rows), tmp_path / "未导入.xlsx"
    tried = instance.run("import", "bodies", path, "--dry-run", "--format", "json")
    assert tried.returncode == 1
    assert json.loads(tried.stdout)["created"] == 1
    assert counted(instance) == "0 0 0"
    done = instance.run("import", "bodies", path, "--rejected", str(out))
    assert done.returncode == 1
    assert "3 行，新增 1，更新 0，未变 0，未导入 2" in done.stdout
    told = done.stderr.strip().splitlines()
    assert told[0].startswith("第 3 行 类别“衙门”：没有“衙门”这一类别；")
    assert told[1].startswith("第 4 行 上级机构“没有的机构”：没有名为“没有的机构”的机构；请先导入它")
    assert load_workbook(out).active.max_row == 3
    assert instance.run("import", "bodies", table(tmp_path / "好.csv", [GOVERNMENT])).returncode == 0


def test_a_file_that_cannot_be_read_ends_with_two_and_one_line(instance: Instance, tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04")
    done = instance.run("import", "bodies", str(path))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "坏.xlsx" in done.stderr


def test_without_an_instance_it_says_how_to_make_one(tmp_path: Path) -> None:
    empty = Instance(tmp_path / "nothing", None)
    done = empty.run("import", "bodies", table(tmp_path / "b.csv", [GOVERNMENT]))
    assert done.returncode == 2
    assert "mingtang setup" in done.stderr


def test_killed_in_the_middle_of_a_row_it_leaves_whole_bodies_and_a_rerun_ends_it(
    instance: Instance, tmp_path: Path
) -> None:
    rows = [GOVERNMENT, *([f"第{n}局（演示）", "政府部门", "", "旗政府", f"别名{n}"] for n in range(20))]
    path = table(tmp_path / "b.csv", rows)
    killed = python(
        instance,
        f"""
        import os, signal, django; django.setup()
        from pathlib import Path
        from django.utils import timezone
        from mingtang.bodies import actions
        from mingtang.bodies.intake import import_bodies
        real = actions.add_alias
        def dying(body, name, **acting):
            if name == "别名7":
                os.kill(os.getpid(), signal.SIGKILL)
            return real(body, name, **acting)
        actions.add_alias = dying
        import_bodies(Path({path!r}), actor="system:import", moment=timezone.now())
        """,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert counted(instance) == "8 8 8", "government and seven departments, each with its event and alias"
    done = instance.run("import", "bodies", path, "--format", "json")
    assert json.loads(done.stdout)["unchanged"] == 8
    assert counted(instance) == "21 21 21"
