"""A power cut or a second click at any statement leaves everything or nothing, and trying again completes it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.servers.mingtang import Instance
from tests.servers.templates import Templates, set_up

SCRIPT = "import django; django.setup(); from mingtang.ledger.tests import killing; killing.main()"
ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory, templates: Templates) -> dict[str, Any]:
    """What `killing.py` saw, on a database of its own of the kind this run uses."""
    home = tmp_path_factory.mktemp("killing") / "home"
    own = templates.copy("setup", set_up, home, os.environ.get("DATABASE_URL"), Instance)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "DATABASE_URL": own.environment.get("DATABASE_URL", f"sqlite:///{home / 'mingtang.sqlite3'}"),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True,
        text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_kill_at_any_statement_of_an_import_leaves_no_half_ledger(trials: dict[str, Any]) -> None:
    seen = trials["import"]
    assert seen["kills"] > 10
    assert all(counts == [0, 0, 0, 0] for counts in seen["after_kills"])
    assert seen["status"] == 0
    assert seen["at_last"][0] == 1
    assert seen["at_last"][3] == 1


def test_a_kill_at_any_statement_of_issuing_leaves_no_half_issue(trials: dict[str, Any]) -> None:
    seen = trials["issue"]
    assert seen["kills"] > 20
    assert all(counts == [0, 0, 0, 0] for counts in seen["after_kills"])
    assert seen["at_last"] == [1, 10, 1, 2]


def test_two_who_issue_at_once_issue_once(trials: dict[str, Any]) -> None:
    assert trials["two_issue"] == {"status": [0, 0], "events": 1}


def test_two_who_confirm_at_once_confirm_once(trials: dict[str, Any]) -> None:
    assert trials["two_confirm"] == {"status": [0, 0], "events": 1, "state": "confirmed"}
