"""Unknown names in a draft: where they stand, whom they may mean, and one click that says so."""

import pytest
from django.test import Client
from django.urls import reverse

from mingtang.ledger import actions
from mingtang.ledger.models import Ledger, Task
from mingtang.ledger.tests.conftest import MOMENT, County


@pytest.fixture
def strange(draft: Ledger, county: County) -> Task:
    """A task of the draft that names a body by an abbreviation, and somebody who is no body."""
    task = draft.tasks.get(text__contains="招生")
    Task.objects.filter(pk=task.pk).update(bodies=["卫健委", "新闻媒体"], lead=["卫健委"])
    return Task.objects.get(pk=task.pk)


@pytest.fixture
def page(client: Client, county: County, strange: Task) -> str:
    client.force_login(county.clerk)
    return client.get(reverse("ledger:draft", args=[strange.ledger_id])).content.decode()


def test_each_unknown_name_leads_to_the_tasks_in_which_it_stands(page: str, strange: Task) -> None:
    assert f"{reverse('ledger:item', args=[strange.ledger_id, 1])}#task-{strange.pk}" in page
    assert "认不出的单位（2）" in page


def test_the_closest_body_is_offered_as_a_button_and_nobody_where_nobody_is_like_it(page: str) -> None:
    assert page.count('name="by" value=') == 1
    assert 'name="by" value="云岭旗卫生健康委员会"' in page


def test_the_button_puts_the_body_in_every_place_of_the_name(client: Client, county: County, strange: Task) -> None:
    client.force_login(county.clerk)
    given = {"do": "name", "name": "卫健委", "by": "云岭旗卫生健康委员会"}
    client.post(reverse("ledger:draft", args=[strange.ledger_id]), given)
    strange.refresh_from_db()
    assert (strange.bodies, strange.lead) == (["云岭旗卫生健康委员会", "新闻媒体"], ["云岭旗卫生健康委员会"])


def test_a_name_that_holds_a_separator_is_taken_whole(client: Client, county: County, strange: Task) -> None:
    name = "云岭旗政务公开、数据管理办"
    county.body("sjb", name, county.office.kind, county.office.level)
    client.force_login(county.clerk)
    client.post(reverse("ledger:draft", args=[strange.ledger_id]), {"do": "name", "name": "新闻媒体", "by": name})
    strange.refresh_from_db()
    assert name in strange.bodies


def test_a_ledger_without_strangers_asks_nothing(client: Client, county: County, draft: Ledger) -> None:
    client.force_login(county.clerk)
    page = client.get(reverse("ledger:draft", args=[draft.pk])).content.decode()
    assert "认不出的单位" not in page
    actions.issue(draft, actor=county.clerk, moment=MOMENT)
