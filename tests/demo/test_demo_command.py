"""`mingtang demo` builds, tops up and completes an instance; run again it changes nothing."""

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from tests.servers.mingtang import Instance
from tests.servers.templates import Templates, set_up

RECORDS = 8
#: What stands in an instance, in numbers that do not depend on how often it was interrupted.
FACTS = """
    import json
    from django.apps import apps
    from mingtang.trace.models import Event
    from mingtang.trace.queries import verify
    names = ["bodies.Body", "bodies.Alias", "bodies.Group", "bodies.Person", "bodies.Post", "bodies.User",
             "bodies.Area", "records.Column", "ledger.Ledger", "ledger.Task", "ledger.Assignment",
             "ledger.Objection", "review.SignOff"]
    facts = {name: apps.get_model(name).objects.count() for name in names}
    Record, Assignment = apps.get_model("records.Record"), apps.get_model("ledger.Assignment")
    facts["records"] = sorted(Record.objects.values_list("title", "state"))
    facts["duties"] = sorted(Assignment.objects.values_list("body__code", "task__text", "state"))
    facts["built"] = Event.objects.filter(verb="demo.built").count()
    verify()
    print(json.dumps(facts))
"""


def python(instance: Instance, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script within the instance."""
    begin = "import django; django.setup()\n"
    environment = instance.environment | {"DJANGO_SETTINGS_MODULE": "mingtang.config.settings"}
    return subprocess.run(
        [sys.executable, "-c", begin + dedent(script)], env=environment, capture_output=True, text=True, check=False,
        timeout=300,
    )  # fmt: skip


def facts(instance: Instance) -> dict[str, object]:
    done = python(instance, FACTS)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def demo(instance: Instance, records: int = RECORDS, seed: int = 1) -> dict[str, object]:
    done = instance.run("demo", "--records", str(records), "--seed", str(seed), "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


MakeEmpty = Callable[[str], Instance]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, templates: Templates) -> MakeEmpty:
    """`empty(name)`: a fresh instance that was set up and holds nothing."""

    def make(name: str) -> Instance:
        home = tmp_path_factory.mktemp(name) / "home"
        return templates.copy("setup", set_up, home, os.environ.get("DATABASE_URL"), Instance)

    return make


Built = tuple[Instance, dict[str, object]]


@pytest.fixture(scope="module")
def built(empty: MakeEmpty) -> Built:
    """A demo built in one go, and what stood in it then."""
    instance = empty("whole")
    assert demo(instance)["added"] == RECORDS
    return instance, facts(instance)


@pytest.fixture
def whole(built: Built) -> Instance:
    """That demo."""
    return built[0]


@pytest.fixture
def undisturbed(built: Built) -> dict[str, object]:
    """What stands after a run that nothing interrupted."""
    return built[1]


def test_a_demo_holds_a_place_records_in_every_state_and_an_issued_ledger(undisturbed: dict[str, object]) -> None:
    found = undisturbed
    states = {state for _title, state in found["records"]}
    assert states == {"published", "draft", "submitted", "returned", "withdrawn"}
    assert {state for *_duty, state in found["duties"]} >= {"accepted", "assigned", "objected"}
    assert found["ledger.Ledger"] == 1
    assert found["built"] == 1


def test_the_accounts_lie_in_a_file_for_the_owner_only_and_their_passwords_hold(whole: Instance) -> None:
    file = whole.home / "demo-accounts.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    accounts = json.loads(file.read_text(encoding="utf-8"))
    assert set(accounts) >= {"office", "publisher", "reviewer", "approver", "auditor", "admin"}
    assert len({account["password"] for account in accounts.values()}) == len(accounts)
    assert all("演示" in account["name"] for account in accounts.values())
    script = f"""
        import json, pathlib
        from mingtang.bodies.models import User
        accounts = json.loads(pathlib.Path({str(file)!r}).read_text())
        for account in accounts.values():
            user = User.objects.get(username=account["username"])
            assert user.check_password(account["password"]) and not user.must_change_password, account["username"]
        assert not any(u.has_usable_password() for u in User.objects.exclude(
            username__in=[a["username"] for a in accounts.values()]))
    """
    done = python(whole, script)
    assert done.returncode == 0, done.stderr


def test_run_again_it_changes_nothing_and_more_records_top_it_up(whole: Instance) -> None:
    before, accounts = facts(whole), whole.accounts
    assert demo(whole)["added"] == 0
    assert facts(whole) == before
    assert demo(whole, RECORDS + 5, seed=9)["added"] == 5
    after = facts(whole)
    assert len(after["records"]) == len(before["records"]) + 5
    assert after["duties"] == before["duties"]
    assert whole.accounts == accounts
    assert demo(whole, 3)["added"] == 0


#: Where the machine stops: a function, and after which of its calls.
STOPS = {
    "in the middle of the bodies": ("mingtang.bodies.actions.add_alias", 20),
    "between an account and its line in the file": ("mingtang.demo.accounts._open", 3),
    "in the middle of a record": ("mingtang.records.actions.approve", 5),
    "in the middle of the answers": ("mingtang.ledger.actions.accept", 12),
    "in the middle of review": ("mingtang.review.actions.sign", 2),
    "before the last event": ("mingtang.demo.notice.prove", 1),
}


@pytest.mark.parametrize("stop", STOPS)
def test_killed_at_any_moment_it_is_completed_by_the_next_run(
    empty: MakeEmpty, undisturbed: dict[str, object], stop: str
) -> None:
    instance = empty(f"killed{list(STOPS).index(stop)}")
    place, call = STOPS[stop]
    module, _, name = place.rpartition(".")
    killed = python(
        instance,
        f"""
        import importlib, os, signal
        from pathlib import Path
        from django.conf import settings
        from django.utils import timezone
        from mingtang.demo import building
        module = importlib.import_module({module!r})
        real, calls = getattr(module, {name!r}), 0
        def dying(*args, **kwargs):
            global calls
            result = real(*args, **kwargs)
            calls += 1
            if calls == {call}:
                os.kill(os.getpid(), signal.SIGKILL)
            return result
        setattr(module, {name!r}, dying)
        building.build(settings.HOME, records={RECORDS}, seed=1, now=timezone.now(), tell=lambda *_: None)
        """,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    demo(instance)
    assert facts(instance) == undisturbed
    assert set(instance.accounts) == set(ROLES)


ROLES = [
    "office", "publisher", "reviewer", "approver", "policy_officer", "request_handler", "message_handler", "auditor",
    "admin",
]  # fmt: skip


def test_a_demo_is_not_mixed_into_real_bodies(empty: MakeEmpty, tmp_path: Path) -> None:
    instance = empty("real")
    table = tmp_path / "机构.csv"
    table.write_text("全称,类别,层级\n某旗人民政府,人民政府,旗\n", encoding="utf-8")
    assert instance.run("import", "bodies", str(table)).returncode == 0
    refused = instance.run("demo")
    assert refused.returncode == 2
    assert "MINGTANG_HOME" in refused.stderr
