"""Two clerks at once, or a power cut at any statement, leave one report, everything or nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.servers.mingtang import Instance
from tests.servers.templates import Templates, set_up

SCRIPT = "import django; django.setup(); from mingtang.reports.tests import killing; killing.main()"
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


def test_two_who_submit_at_once_submit_once(trials: dict[str, Any]) -> None:
    seen = trials["two_submit"]
    assert (sorted(seen["status"]), seen["state"], seen["events"]) == ([0, 1], "submitted", 1)


def test_two_who_release_at_once_make_one_version_and_one_record(trials: dict[str, Any]) -> None:
    seen = trials["two_release"]
    assert sorted(seen["status"]) == [0, 1]
    assert (seen["versions"], seen["records"], seen["events"]) == (1, 1, 1)


def test_a_kill_at_any_statement_of_reopening_leaves_the_report_public_or_open(trials: dict[str, Any]) -> None:
    seen = trials["reopen"]
    assert seen["kills"] > 5
    assert all(after == ["released", 0, 1, 0] for after in seen["after_kills"])
    assert seen["at_last"] == ["filling", 0, 1, 1]


def test_two_corrections_at_once_are_both_kept_in_their_order_and_the_public_number_stays(
    trials: dict[str, Any],
) -> None:
    seen = trials["two_correct"]
    assert seen["status"] == [0, 0]
    (first_old, first_new), (second_old, second_new) = (map(float, each) for each in seen["kept"])
    assert (first_old, second_old) == (3, first_new)
    assert float(seen["now"]) == second_new
    assert float(trials["public"]) == 3
