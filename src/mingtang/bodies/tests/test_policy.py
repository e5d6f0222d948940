"""Rows by body hold in Wagtail's lists, choosers and direct addresses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mingtang.bodies.models import Body, Kind, Level, Person, Post, Role, User
from mingtang.bodies.policy import MayPolicy

pytestmark = pytest.mark.django_db


@pytest.fixture
def bodies() -> dict[str, Body]:
    county = Body.objects.create(
        code="qzf", name="旗政府", short_name="旗政府", kind=Kind.GOVERNMENT, level=Level.COUNTY
    )
    rows = {"county": county}
    for code in ("jyj", "wjw"):
        rows[code] = Body.objects.create(
            code=code, name=f"{code}局", short_name=code, kind=Kind.DEPARTMENT, level=Level.COUNTY, parent=county
        )
    return rows


def user_with(role: Role, body: Body) -> User:
    person = Person.objects.create(name=f"{role}{body.code}")
    Post.objects.create(person=person, body=body, role=role, starts_on=timezone.localdate() - timedelta(days=1))
    return User.objects.create_user(f"{role}-{body.code}", person=person)


POSTS = MayPolicy(Post, view="records.view", change="records.edit", publish="records.publish")


def test_a_list_holds_the_rows_of_the_bodies_for_which_one_may(bodies: dict[str, Body]) -> None:
    publisher = user_with(Role.PUBLISHER, bodies["jyj"])
    user_with(Role.PUBLISHER, bodies["wjw"])
    assert {p.body.code for p in POSTS.instances_user_has_permission_for(publisher, "view")} == {"jyj"}


def test_a_branch_reaches_the_bodies_below(bodies: dict[str, Body]) -> None:
    head = user_with(Role.APPROVER, bodies["county"])
    user_with(Role.PUBLISHER, bodies["wjw"])
    assert {p.body.code for p in POSTS.instances_user_has_permission_for(head, "view")} == {"qzf", "wjw"}


def test_a_row_of_another_body_is_refused(bodies: dict[str, Body]) -> None:
    publisher = user_with(Role.PUBLISHER, bodies["jyj"])
    other = user_with(Role.PUBLISHER, bodies["wjw"]).person.posts.get()
    own = publisher.person.posts.get()
    assert POSTS.user_has_permission_for_instance(publisher, "change", own)
    assert not POSTS.user_has_permission_for_instance(publisher, "change", other)


def test_an_action_without_a_verb_is_never_permitted(bodies: dict[str, Body]) -> None:
    office = user_with(Role.OFFICE, bodies["county"])
    assert POSTS.user_has_permission(office, "publish")
    assert not POSTS.user_has_permission(office, "delete")
    assert not POSTS.instances_user_has_permission_for(office, "delete").exists()


def test_who_may_is_found_by_the_posts_held_today(bodies: dict[str, Body]) -> None:
    publisher, office = user_with(Role.PUBLISHER, bodies["jyj"]), user_with(Role.OFFICE, bodies["county"])
    away = user_with(Role.PUBLISHER, bodies["wjw"])
    away.person.posts.update(ends_on=timezone.localdate() - timedelta(days=1))
    row = publisher.person.posts.get()
    assert set(POSTS.users_with_permission("change")) == {publisher, office}
    assert set(POSTS.users_with_permission_for_instance("change", row)) == {publisher, office}


def test_rows_without_a_body_ask_only_for_the_verb(bodies: dict[str, Body]) -> None:
    people = MayPolicy(Person, body=None, view="bodies.accounts")
    assert people.instances_user_has_permission_for(user_with(Role.ADMIN, bodies["county"]), "view").exists()
    assert not people.instances_user_has_permission_for(user_with(Role.OFFICE, bodies["county"]), "view").exists()
