"""Every role × every verb × (own body, body below, other body, none) against the table `permissions.csv`."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser

from mingtang.bodies.models import Body, Kind, Level, Person, Post, Role, User
from mingtang.bodies.permissions import bodies_for, declared, may

TABLE = Path(__file__).with_name("permissions.csv")
TODAY = date(2024, 6, 3)
#: What a cell promises for a thing of: own body, a body below, another body, no body at all.
MEANING = {
    "own": (True, False, False, True),
    "branch": (True, True, False, True),
    "all": (True, True, True, True),
    "-": (False, False, False, False),
}


def expected() -> dict[tuple[str, str], str]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {(row["verb"], role): row[role] for row in csv.DictReader(lines) for role in row if role != "verb"}


EXPECTED = expected()


@pytest.fixture
def bodies(db: None) -> dict[str, Body]:
    def body(code: str, kind: Kind, level: Level, parent: Body | None = None) -> Body:
        return Body.objects.create(code=code, name=code, short_name=code, kind=kind, level=level, parent=parent)

    own = body("own", Kind.SUMU, Level.TOWNSHIP)
    below = body("below", Kind.VILLAGE, Level.VILLAGE, own)
    body("deep", Kind.VILLAGE, Level.VILLAGE, below)
    return {"own": own, "below": below, "other": body("other", Kind.TOWN, Level.TOWNSHIP)}


def user_with(role: Role, body: Body, *, starts_on: date = TODAY, ends_on: date | None = None) -> User:
    person = Person.objects.create(name=f"演示 {role.label}")
    Post.objects.create(person=person, body=body, role=role, starts_on=starts_on, ends_on=ends_on)
    return User.objects.create_user(f"u-{role}", person=person)


def test_the_table_has_a_row_for_every_verb_and_no_other() -> None:
    in_table = {verb for verb, _ in EXPECTED}
    declared_now = {verb.name for verb in declared()}
    assert declared_now - in_table == set(), f"新动词须在 {TABLE.name} 写明谁可以做"
    assert in_table - declared_now == set(), f"{TABLE.name} 里的动词已不存在"


def test_the_table_has_a_column_for_every_role() -> None:
    assert {role for _, role in EXPECTED} == set(Role.values)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_what_the_table_says_and_nothing_else(role: Role, bodies: dict[str, Body]) -> None:
    user = user_with(role, bodies["own"])
    things = [bodies["own"], bodies["below"], bodies["other"], None]
    for verb in declared():
        answers = tuple(may(user, verb.name, thing, on=TODAY) for thing in things)
        assert answers == MEANING[EXPECTED[verb.name, role]], f"{role} {verb.name}"


@pytest.mark.parametrize("role", list(Role))
def test_the_bodies_of_a_list_are_those_for_which_one_may(role: Role, bodies: dict[str, Body]) -> None:
    user = user_with(role, bodies["own"])
    for verb in declared():
        listed = set(bodies_for(user, verb.name, on=TODAY))
        assert listed == {body for body in Body.objects.all() if may(user, verb.name, body, on=TODAY)}


def test_a_branch_reaches_down_to_the_last_level(bodies: dict[str, Body]) -> None:
    head = user_with(Role.APPROVER, bodies["own"])
    assert may(head, "records.view", Body.objects.get(code="deep"), on=TODAY)


@pytest.mark.parametrize(
    ("starts", "ends", "allowed"),
    [(0, None, True), (0, 0, True), (1, None, False), (-9, -1, False), (-9, 5, True)],
    ids=["first day", "first and last day", "from tomorrow", "ended yesterday", "in between"],
)
def test_a_post_counts_from_its_first_to_its_last_day(
    starts: int, ends: int | None, allowed: bool, bodies: dict[str, Body]
) -> None:
    user = user_with(
        Role.OFFICE,
        bodies["own"],
        starts_on=TODAY + timedelta(days=starts),
        ends_on=None if ends is None else TODAY + timedelta(days=ends),
    )
    assert may(user, "records.publish", bodies["other"], on=TODAY) is allowed


def test_two_posts_add_up(bodies: dict[str, Body]) -> None:
    user = user_with(Role.PUBLISHER, bodies["own"])
    Post.objects.create(person=user.person, body=bodies["other"], role=Role.REVIEWER, starts_on=TODAY)
    assert may(user, "records.draft", bodies["own"], on=TODAY)
    assert not may(user, "records.draft", bodies["other"], on=TODAY)
    assert may(user, "records.view", bodies["other"], on=TODAY)


def test_nobody_may_without_an_active_account_of_a_person_with_a_post(bodies: dict[str, Body]) -> None:
    inactive = user_with(Role.OFFICE, bodies["own"])
    inactive.is_active = False
    without_person = User.objects.create_user("nobody")
    superuser = User.objects.create_superuser("root")
    without_post = User.objects.create_user("idle", person=Person.objects.create(name="演示 无岗位"))
    for user in (inactive, without_person, superuser, without_post, AnonymousUser(), None):
        assert not any(may(user, verb.name, bodies["own"], on=TODAY) for verb in declared()), user
        assert not bodies_for(user, "bodies.view", on=TODAY).exists()


def test_a_thing_is_judged_by_its_body(bodies: dict[str, Body]) -> None:
    user = user_with(Role.PUBLISHER, bodies["own"])
    post = Post(body=bodies["other"])
    assert not may(user, "records.edit", post, on=TODAY)
    post.body = bodies["own"]
    assert may(user, "records.edit", post, on=TODAY)


def test_an_unknown_verb_is_a_programming_error(bodies: dict[str, Body]) -> None:
    with pytest.raises(KeyError):
        may(user_with(Role.OFFICE, bodies["own"]), "records.destroy", on=TODAY)


def test_a_question_costs_one_query_for_posts_and_one_a_level(
    bodies: dict[str, Body], django_assert_num_queries
) -> None:
    user = User.objects.get(pk=user_with(Role.APPROVER, bodies["own"]).pk)
    with django_assert_num_queries(1):
        may(user, "records.withdraw", bodies["other"], on=TODAY)
    with django_assert_num_queries(0):
        may(user, "records.withdraw", bodies["own"], on=TODAY)
    with django_assert_num_queries(3):  # three levels below: own → below → deep → none
        may(user, "records.view", bodies["other"], on=TODAY)


def test_a_list_costs_no_more_than_its_levels(bodies: dict[str, Body], django_assert_max_num_queries) -> None:
    user = User.objects.get(pk=user_with(Role.APPROVER, bodies["own"]).pk)
    with django_assert_max_num_queries(5):
        list(bodies_for(user, "records.view", on=TODAY))
