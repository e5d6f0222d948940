"""The acts of this room: each asks for permission, explains a refusal, and leaves its event."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingtang.bodies import actions, queries
from mingtang.bodies.errors import Closed, InUse, Invalid, NotPermitted
from mingtang.bodies.models import Body, Group, Kind, Level, Person, Role, User
from mingtang.bodies.permissions import may
from mingtang.bodies.tests.conftest import MOMENT, TODAY, County
from mingtang.trace.queries import history, verify


def verbs(thing: object) -> list[str]:
    return [event.verb for event in history(thing)]  # type: ignore[arg-type]


def new_body(county: County, actor: object, **fields: object) -> Body:
    given = {"name": "云岭旗水务局", "kind": Kind.DEPARTMENT, "level": Level.COUNTY, "parent": county.government}
    return actions.create_body(actor=actor, moment=MOMENT, **(given | fields))


def test_a_body_is_created_with_its_event(county: County, admin: User) -> None:
    body = new_body(county, admin)
    assert body.short_name == "云岭旗水务局"
    assert verbs(body) == ["bodies.created"]
    assert verify() == 1


def test_who_may_not_is_told_which_permission_is_missing(county: County) -> None:
    with pytest.raises(NotPermitted, match="维护机构信息"):
        new_body(county, county.user(Role.PUBLISHER, county.education))
    assert not Body.objects.filter(name="云岭旗水务局").exists()


def test_a_wrong_credit_code_is_refused_by_field(county: County, admin: User) -> None:
    with pytest.raises(Invalid, match="校验位") as refused:
        new_body(county, admin, credit_code="11150421MA0N000001")
    assert list(refused.value.problems) == ["credit_code"]


def test_a_credit_code_belongs_to_one_body(county: County, admin: User) -> None:
    new_body(county, admin, credit_code="91350100m000100y43")
    with pytest.raises(Invalid, match="已登记在另一机构"):
        new_body(county, admin, name="云岭旗林草局", credit_code="91350100M000100Y43")


def test_an_edit_names_the_changed_fields_and_an_empty_edit_leaves_nothing(county: County, admin: User) -> None:
    body = new_body(county, admin)
    actions.edit_body(body, actor=admin, moment=MOMENT, duties="供水。", name=body.name)
    actions.edit_body(body, actor=admin, moment=MOMENT, duties="供水。")
    created, edited = history(body)
    assert edited.data == {"fields": ["duties"]}
    assert edited.before == created.after


def test_a_body_is_never_its_own_superior(county: County, admin: User) -> None:
    with pytest.raises(Invalid, match="自己或其下级"):
        actions.edit_body(county.government, actor=admin, moment=MOMENT, parent=county.village)


def test_closing_a_body_ends_its_posts_and_keeps_it(county: County, admin: User) -> None:
    publisher = county.user(Role.PUBLISHER, county.health)
    actions.close_body(county.health, ends_on=TODAY, actor=admin, moment=MOMENT)
    assert publisher.person.posts.get().ends_on == TODAY
    assert county.health not in Body.objects.active(date(2024, 6, 4))
    with pytest.raises(Closed, match="2024-06-03"):
        actions.close_body(county.health, ends_on=TODAY, actor=admin, moment=MOMENT)


def test_an_alias_means_one_body(county: County, admin: User) -> None:
    actions.add_alias(county.education, "教体局", actor=admin, moment=MOMENT)
    actions.add_alias(county.education, "教体局", actor=admin, moment=MOMENT)
    assert queries.by_name("教体局") == county.education
    assert verbs(county.education) == ["bodies.alias_added"]
    with pytest.raises(InUse, match="云岭旗教育局"):
        actions.add_alias(county.health, "教体局", actor=admin, moment=MOMENT)


def test_a_group_expands_by_kind_and_list_and_remembers_the_day(county: County, admin: User) -> None:
    group = Group(code="qz", name="旗直各部门", kinds=[Kind.DEPARTMENT], level=Level.COUNTY)
    actions.save_group(group, actor=admin, moment=MOMENT, members=[county.office])
    first = actions.expand_group(group, on=TODAY, actor=admin, moment=MOMENT)
    assert {b.code for b in first.bodies.all()} == {"jyj", "wjw", "zwgk"}
    actions.close_body(county.health, ends_on=date(2024, 6, 2), actor=admin, moment=MOMENT)
    again = actions.expand_group(group, on=TODAY, actor=admin, moment=MOMENT)
    assert again == first
    assert again.bodies.count() == 3
    assert {b.code for b in queries.members(group, TODAY)} == {"jyj", "zwgk"}
    assert verbs(group) == ["bodies.group_created", "bodies.group_expanded"]


def test_a_group_of_an_unknown_kind_is_refused(county: County, admin: User) -> None:
    with pytest.raises(Invalid, match="没有“bureau”"):
        actions.save_group(Group(code="x", name="各局", kinds=["bureau"]), actor=admin, moment=MOMENT)


def test_a_post_gives_permission_from_its_day_and_its_end_takes_it(county: County, admin: User) -> None:
    person = actions.add_person(name="演示甲", actor=admin, moment=MOMENT)
    user, _ = actions.open_account(person, username="demo.a", actor=admin, moment=MOMENT)
    post = actions.hold_post(
        person, body=county.education, role=Role.PUBLISHER, starts_on=TODAY, actor=admin, moment=MOMENT
    )
    assert may(User.objects.get(pk=user.pk), "records.draft", county.education, on=TODAY)
    actions.end_post(post, ends_on=TODAY, actor=admin, moment=MOMENT)
    assert not may(User.objects.get(pk=user.pk), "records.draft", county.education, on=date(2024, 6, 4))


def test_the_same_post_twice_at_one_time_is_refused(county: County, admin: User) -> None:
    person = Person.objects.create(name="演示乙")
    post = {"body": county.education, "role": Role.PUBLISHER, "actor": admin, "moment": MOMENT}
    actions.hold_post(person, starts_on=TODAY, **post)
    with pytest.raises(Invalid, match="已任此岗"):
        actions.hold_post(person, starts_on=date(2024, 9, 1), **post)


def test_no_post_in_a_closed_body(county: County, admin: User) -> None:
    closed = actions.close_body(county.health, ends_on=date(2024, 1, 1), actor=admin, moment=MOMENT)
    with pytest.raises(Closed, match="已于"):
        actions.hold_post(
            Person.objects.create(name="演示丙"),
            body=closed, role=Role.PUBLISHER, starts_on=TODAY, actor=admin, moment=MOMENT,
        )  # fmt: skip


def test_an_account_gets_a_random_password_that_must_be_changed(county: County, admin: User) -> None:
    first, second = (
        actions.open_account(Person.objects.create(name=f"演示{n}"), username=f"demo{n}", actor=admin, moment=MOMENT)
        for n in (1, 2)
    )
    assert first[1] != second[1]
    assert first[0].check_password(first[1])
    assert first[0].must_change_password
    assert first[1] not in str(list(history(first[0]).values()))


def test_an_account_that_cannot_sign_in_has_no_password_until_it_is_reset(county: County, admin: User) -> None:
    person = Person.objects.create(name="演示己")
    user, password = actions.open_account(person, username="f", actor=admin, moment=MOMENT, can_sign_in=False)
    assert password == ""
    assert not user.has_usable_password()
    assert not user.check_password("")
    assert user.check_password(actions.reset_password(user, actor=admin, moment=MOMENT))


def test_only_the_administrator_opens_accounts(county: County) -> None:
    with pytest.raises(NotPermitted, match="管理账号"):
        actions.open_account(
            Person.objects.create(name="演示丁"),
            username="d", actor=county.user(Role.OFFICE, county.office), moment=MOMENT,
        )  # fmt: skip


def test_a_person_has_one_account(county: County, admin: User) -> None:
    with pytest.raises(Invalid, match="已有账号"):
        actions.open_account(admin.person, username="second", actor=admin, moment=MOMENT)


def test_an_account_is_switched_off_and_on(county: County, admin: User) -> None:
    user = county.user(Role.OFFICE, county.office)
    actions.deactivate_account(user, actor=admin, moment=MOMENT)
    assert not may(User.objects.get(pk=user.pk), "records.view", on=TODAY)
    actions.activate_account(user, actor=admin, moment=MOMENT)
    assert may(User.objects.get(pk=user.pk), "records.view", on=TODAY)


def test_the_last_administrator_stays(county: County, admin: User) -> None:
    with pytest.raises(Invalid, match="最后一个"):
        actions.deactivate_account(admin, actor=admin, moment=MOMENT)
    with pytest.raises(Invalid, match="最后一个"):
        actions.end_post(admin.person.posts.get(), ends_on=TODAY, actor=admin, moment=MOMENT)
    county.user(Role.ADMIN, county.government)
    actions.deactivate_account(admin, actor=admin, moment=MOMENT)


def test_two_administrators_who_take_each_other_away_come_one_by_one(county: County, admin: User) -> None:
    second = county.user(Role.ADMIN, county.government)
    with CaptureQueriesContext(connection) as asked:
        actions.end_post(second.person.posts.get(), ends_on=TODAY, actor=admin, moment=MOMENT)
    wanted = "FOR UPDATE" if connection.features.has_select_for_update else "SELECT"  # SQLite has one writer at a time
    locking = [query["sql"] for query in asked if "bodies_post" in query["sql"] and "'admin'" in query["sql"]]
    assert any(wanted in sql for sql in locking)


def test_a_reset_replaces_the_password(county: County, admin: User) -> None:
    user, old = actions.open_account(Person.objects.create(name="演示戊"), username="e", actor=admin, moment=MOMENT)
    new = actions.reset_password(user, actor=admin, moment=MOMENT)
    assert not user.check_password(old)
    assert user.check_password(new)
