"""The desk's screens of bodies, people, posts and accounts: own rows, own acts, nothing deleted."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mingtang.bodies.models import Alias, Body, Group, Kind, Level, Person, Post, Role, User
from mingtang.bodies.tests.conftest import County
from mingtang.trace.models import Event

BODY = {
    "code": "swj", "name": "云岭旗水务局", "short_name": "水务局", "kind": Kind.DEPARTMENT, "level": Level.COUNTY,
    "order": "50", "names": "旗水务局\n水利局",
}  # fmt: skip


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="mingtang.bodies.signin.PostBackend")
    return client


@pytest.fixture
def desk(admin: User) -> Client:
    """The administrator at the desk."""
    return client_of(admin)


def verbs() -> list[str]:
    return list(Event.objects.values_list("verb", flat=True))


@pytest.mark.parametrize("screens", ["bodies", "body_groups", "people", "posts", "accounts"])
def test_the_administrator_sees_each_list_and_form(desk: Client, screens: str) -> None:
    assert desk.get(reverse(f"{screens}:index")).status_code == 200
    assert desk.get(reverse(f"{screens}:add")).status_code == 200


def test_a_body_is_created_edited_and_closed_by_acts(desk: Client, county: County) -> None:
    made = desk.post(reverse("bodies:add"), BODY | {"parent": county.government.pk})
    assert made.status_code == 302, made.context["form"].errors
    body = Body.objects.get(code="swj")
    edit = reverse("bodies:edit", args=[body.pk])
    assert desk.get(edit).status_code == 200
    assert desk.post(edit, BODY | {"duties": "供水。", "names": "旗水务局"}).status_code == 302
    assert set(body.aliases.values_list("name", flat=True)) == {"旗水务局"}
    close = reverse("bodies:close", args=[body.pk])
    assert desk.get(close).status_code == 200
    assert desk.post(close, {"ends_on": "2030-01-01"}).status_code == 302
    body.refresh_from_db()
    assert (body.duties, str(body.ends_on)) == ("供水。", "2030-01-01")
    assert verbs() == [
        "bodies.created", "bodies.alias_added", "bodies.alias_added", "bodies.edited", "bodies.alias_removed",
        "bodies.closed",
    ]  # fmt: skip


def test_a_body_that_brings_no_code_gets_one(desk: Client) -> None:
    assert desk.post(reverse("bodies:add"), BODY | {"code": "", "short_name": ""}).status_code == 302
    assert Body.objects.get(name="云岭旗水务局").code.startswith("jg-")


def test_a_refusal_stands_at_its_field_and_nothing_is_written(desk: Client, county: County) -> None:
    Alias.objects.create(body=county.education, name="水利局")
    answer = desk.post(reverse("bodies:add"), BODY)
    assert answer.status_code == 200
    assert "已用于“云岭旗教育局”" in answer.content.decode()
    assert not Body.objects.filter(code="swj").exists()
    assert verbs() == []
    answer = desk.post(reverse("bodies:add"), BODY | {"credit_code": "123", "names": ""})
    assert "credit_code" in answer.context["form"].errors


def test_a_group_is_kept_with_its_kinds_aliases_and_members(desk: Client, county: County) -> None:
    given = {
        "code": "qz",
        "name": "旗直各部门",
        "aliases": "旗直部门\n各部门",
        "kinds": ["department"],
        "level": "county",
    }
    made = desk.post(reverse("body_groups:add"), given | {"members": [county.office.pk]})
    assert made.status_code == 302, made.context["form"].errors
    group = Group.objects.get(code="qz")
    assert (group.kinds, group.aliases, list(group.members.all())) == (
        ["department"], ["旗直部门", "各部门"], [county.office],
    )  # fmt: skip
    edit = reverse("body_groups:edit", args=[group.pk])
    assert "旗直部门" in desk.get(edit).content.decode()
    assert desk.post(edit, given | {"name": "旗直部门和单位", "aliases": ""}).status_code == 302
    group.refresh_from_db()
    assert (group.name, group.aliases, group.members.count()) == ("旗直部门和单位", [], 0)


def test_a_post_is_held_and_ended(desk: Client, county: County) -> None:
    person = Person.objects.create(name="演示甲")
    today = timezone.localdate()
    given = {"person": person.pk, "body": county.health.pk, "role": Role.PUBLISHER, "starts_on": str(today)}
    assert desk.post(reverse("posts:add"), given).status_code == 302
    post = person.posts.get()
    edit = reverse("posts:edit", args=[post.pk])
    assert desk.get(edit).status_code == 200
    changed = {"ends_on": str(today + timedelta(days=9)), "body": county.education.pk}
    assert desk.post(edit, changed).status_code == 302
    post.refresh_from_db()
    assert (post.body, post.ends_on) == (county.health, today + timedelta(days=9))
    assert verbs() == ["bodies.post_held", "bodies.post_ended"]


def test_an_account_is_opened_with_a_password_that_is_shown_once(desk: Client) -> None:
    person = Person.objects.create(name="演示乙")
    answer = desk.post(reverse("accounts:add"), {"person": person.pk, "username": "demo.b"})
    shown = re.search(r'<code id="password">([^<]+)</code>', answer.content.decode())
    user = User.objects.get(username="demo.b")
    assert shown is not None
    assert user.check_password(shown[1])
    assert user.must_change_password
    assert not user.is_superuser
    assert "no-store" in answer["Cache-Control"]
    assert shown[1] not in desk.get(reverse("accounts:edit", args=[user.pk])).content.decode()
    reset = reverse("accounts:reset", args=[user.pk])
    assert desk.get(reset).status_code == 200
    again = re.search(r'<code id="password">([^<]+)</code>', desk.post(reset).content.decode())
    user.refresh_from_db()
    assert again is not None
    assert user.check_password(again[1])
    assert not user.check_password(shown[1])


def test_an_account_is_switched_off_and_the_last_administrator_stays(desk: Client, admin: User, county: County) -> None:
    user = county.user(Role.OFFICE, county.office)
    assert desk.post(reverse("accounts:edit", args=[user.pk]), {}).status_code == 302
    user.refresh_from_db()
    assert not user.is_active
    answer = desk.post(reverse("accounts:edit", args=[admin.pk]), {})
    assert "最后一个" in answer.content.decode()
    admin.refresh_from_db()
    assert admin.is_active


def test_other_roles_read_the_directory_and_nothing_else(county: County, admin: User) -> None:
    desk = client_of(county.user(Role.PUBLISHER, county.education))
    listing = desk.get(reverse("bodies:index"))
    assert listing.status_code == 200
    assert reverse("bodies:inspect", args=[county.health.pk]) in listing.content.decode()
    assert reverse("bodies:edit", args=[county.health.pk]) not in listing.content.decode()
    assert desk.get(reverse("bodies:inspect", args=[county.health.pk])).status_code == 200
    closed = [
        reverse("bodies:add"), reverse("bodies:edit", args=[county.health.pk]),
        reverse("bodies:close", args=[county.health.pk]), reverse("body_groups:add"), reverse("people:index"),
        reverse("people:edit", args=[admin.person.pk]), reverse("posts:index"), reverse("posts:add"),
        reverse("accounts:index"), reverse("accounts:add"), reverse("accounts:edit", args=[admin.pk]),
        reverse("accounts:reset", args=[admin.pk]),
    ]  # fmt: skip
    for address in closed:
        assert desk.get(address).status_code in (302, 403), address
        assert desk.post(address, {"is_active": "", "username": "x"}).status_code in (302, 403), address
    admin.refresh_from_db()
    assert admin.is_active
    assert verbs() == []


@pytest.mark.parametrize("screens", ["bodies", "body_groups", "people", "posts", "accounts"])
def test_nothing_is_deleted_at_the_desk(desk: Client, county: County, admin: User, screens: str) -> None:
    group = Group.objects.create(code="g", name="组")
    rows = {"bodies": county.health, "body_groups": group, "people": admin.person,
            "posts": Post.objects.get(person=admin.person), "accounts": admin}  # fmt: skip
    row = rows[screens]
    assert desk.post(reverse(f"{screens}:delete", args=[row.pk])).status_code in (302, 403, 404)
    assert type(row).objects.filter(pk=row.pk).exists()


def test_lists_ask_a_fixed_number_of_queries(desk: Client, county: County, django_assert_max_num_queries) -> None:
    for number in range(30):
        county.user(Role.PUBLISHER, county.body(f"b{number}", f"第{number}局", Kind.DEPARTMENT, Level.COUNTY))
    for screens in ("bodies", "posts", "accounts"):
        with django_assert_max_num_queries(22):
            assert desk.get(reverse(f"{screens}:index")).status_code == 200
