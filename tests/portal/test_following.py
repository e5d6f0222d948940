"""The site follows what happens: one bake for many acts, none for what the public does not see."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from mingtang.portal import tasks
from mingtang.portal.bake import manifest
from mingtang.trace import actions, readers
from mingtang.trace.models import Event
from tests.portal import town

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 7, 1, 4, 0, tzinfo=UTC)


def happen(*verbs: str) -> None:
    with transaction.atomic():
        for verb in verbs:
            actions.record(verb, "records.record:1", actor="system:test", moment=NOON)


def waiting() -> int:
    return DBTaskResult.objects.filter(task_path="mingtang.portal.tasks.bake_site", status="READY").count()


def test_many_acts_make_one_bake() -> None:
    happen("records.published", "records.changed", "records.withdrawn")
    readers.catch_up("portal.bake")
    happen("records.published")
    readers.catch_up("portal.bake")
    assert waiting() == 1


def test_an_act_during_a_running_bake_makes_another() -> None:
    happen("records.published")
    readers.catch_up("portal.bake")
    DBTaskResult.objects.update(status="RUNNING", started_at=NOON)
    happen("records.changed")
    readers.catch_up("portal.bake")
    assert waiting() == 1


def test_what_the_public_does_not_see_makes_none() -> None:
    happen("records.drafted", "records.edited", "records.submitted", "bodies.password_reset")
    readers.catch_up("portal.bake")
    assert waiting() == 0


@pytest.mark.parametrize("verb", ["records.published", "records.withdrawn", "records.column_saved", "bodies.edited"])
def test_what_the_public_sees_makes_one(verb: str) -> None:
    happen(verb)
    readers.catch_up("portal.bake")
    assert waiting() == 1


def test_the_task_bakes_the_instances_site(tmp_path: Path, settings: Any) -> None:
    settings.SITE_ROOT = tmp_path / "site"
    town.build(2)
    release = tasks.bake_site.func()
    assert manifest.read_root(tmp_path / "site/current").release == release


def test_a_publication_makes_one_bake_though_the_log_signs_in_it(tmp_path: Path, settings: Any) -> None:
    settings.SITE_ROOT = tmp_path / "site"
    town.build(2)
    tasks.bake_site.func()
    readers.catch_up("portal.bake")
    assert waiting() == 0  # all that has happened is in the site
    happen("records.changed")
    readers.catch_up("portal.bake")
    assert waiting() == 1
    tasks.bake_site.func()
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=NOON)
    assert Event.objects.order_by("-seq")[0].verb == "log.signed"
    readers.catch_up("portal.bake")
    assert waiting() == 0
    happen("records.changed")
    readers.catch_up("portal.bake")
    assert waiting() == 1


def test_a_new_day_asks_for_a_bake_and_the_same_day_does_not(tmp_path: Path, settings: Any) -> None:
    from mingtang.portal.bake import bake

    settings.SITE_ROOT = tmp_path / "site"
    town.build(2)
    bake(tmp_path / "site", NOON)
    tasks.follow_the_day(NOON + timedelta(hours=11))
    assert waiting() == 0
    tasks.follow_the_day(NOON + timedelta(hours=13))  # after midnight in Asia/Shanghai
    assert waiting() == 1
    DBTaskResult.objects.all().delete()
    tasks.follow_the_day(NOON - timedelta(days=1))  # the clock was ahead when the site was baked
    assert waiting() == 1
