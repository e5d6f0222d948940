"""A power cut at any statement or file leaves everything or nothing; of two who seal at once one does."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.servers.mingtang import Instance
from tests.servers.templates import Templates, set_up

SCRIPT = "import django; django.setup(); from mingtang.foi.tests import killing; killing.main()"
ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory, templates: Templates) -> dict[str, Any]:
    """What `killing.py` saw, in an instance of its own with a database of the kind this run uses."""
    home = tmp_path_factory.mktemp("killing") / "home"
    own = templates.copy("setup", set_up, home, os.environ.get("DATABASE_URL"), Instance)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "MINGTANG_HOME": str(home),
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "DATABASE_URL": own.environment.get("DATABASE_URL", f"sqlite:///{home / 'mingtang.sqlite3'}"),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True,
        text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _whole(seen: dict[str, Any], before: list[int]) -> None:
    assert seen["status"] == 0
    assert all(counts == before for counts in seen["after_kills"])


def test_a_request_comes_in_whole_or_not_at_all(trials: dict[str, Any]) -> None:
    seen, before = trials["receive"], trials["before"]
    _whole(seen, before)
    assert seen["kills"] > 15
    assert [after - was for after, was in zip(seen["at_last"], before, strict=True)] == [1, 1, 0, 0, 0, 1]


def test_a_letter_is_sealed_whole_or_not_at_all(trials: dict[str, Any]) -> None:
    seen, before = trials["seal"], trials["drafted"]
    _whole(seen, before)
    assert seen["kills"] > 30
    # two files, one sealed letter, the step of the reply; the events of both
    assert [after - was for after, was in zip(seen["at_last"], before, strict=True)] == [0, 2, 1, 1, 0, 2]


def test_a_letter_is_handed_over_whole_or_not_at_all(trials: dict[str, Any]) -> None:
    seen, before = trials["deliver"], trials["seal"]["at_last"]
    _whole(seen, before)
    assert [after - was for after, was in zip(seen["at_last"], before, strict=True)] == [0, 1, 0, 1, 1, 2]


def test_what_a_cut_left_on_the_disk_is_swept_and_what_belongs_stays(trials: dict[str, Any]) -> None:
    assert trials["left"] > 0 and trials["left_after"] == 0
    assert trials["sound"] and all(trials["sound"])


def test_no_number_is_lost_or_given_twice(trials: dict[str, Any]) -> None:
    assert trials["numbers"] == ["教育局公开告〔2024〕1号"]
    assert trials["two_receive"] == [0, 0] and trials["numbers_once"]


def test_of_two_who_seal_at_once_one_wins_and_the_other_is_told(trials: dict[str, Any]) -> None:
    assert sorted(trials["two_seal"]) == [0, 1]
    assert trials["two_seal_left"] == ["sealed", 2, "教育局公开告〔2024〕2号"]


def test_of_two_heads_who_press_seal_at_once_one_is_told_it_is_done(trials: dict[str, Any]) -> None:
    assert sorted(trials["two_at_desk"]) == [0, 1]
    state, kept, number = trials["two_at_desk_left"]  # by the clock of the page, so numbered in this year
    assert (state, kept) == ("sealed", 2)
    assert number.endswith("〕1号")
