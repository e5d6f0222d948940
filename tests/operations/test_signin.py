"""The door of the desk: who comes in, who is kept out and for how long, and how sessions end."""

import json
import logging
import re
from datetime import date, datetime, timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import get_hasher, identify_hasher
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from mingtang.bodies import actions as bodies
from mingtang.bodies.models import Body, Kind, Level, Person, Post, Role, User
from mingtang.config import settings as product
from mingtang.signin import actions, lockout, queries
from mingtang.signin.errors import NotAllowed
from mingtang.signin.models import Session
from mingtang.signin.sessions import SEEN, STARTED
from mingtang.trace import readers
from mingtang.trace.models import Event

PASSWORD = "竹影-横斜-水清-浅7"
LOGIN, HOME, SESSIONS = "/desk/login/", "/desk/", "/desk/account/sessions/"
EDITING = "/desk/editing-sessions/1/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Body:
    """The body in which everybody here holds a post."""
    return Body.objects.create(
        code="office", name="试验旗办公室", short_name="办公室", kind=Kind.OFFICE, level=Level.COUNTY
    )


def account(body: Body, username: str, role: Role, **fields: object) -> User:
    """An account with a post."""
    person = Person.objects.create(name=f"{username}某")
    Post.objects.create(person=person, body=body, role=role, starts_on=date(2020, 1, 1))
    user = User(username=username, person=person, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def clerk(office: Body) -> User:
    """An account that drafts."""
    return account(office, "xinxiyuan", Role.PUBLISHER)


@pytest.fixture
def admin(office: Body) -> User:
    """The administrator of accounts."""
    return account(office, "guanli", Role.ADMIN)


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    """Post the form."""
    address = more.pop("address", "10.1.2.3")
    return client.post(LOGIN, {"username": username, "password": password} | more, REMOTE_ADDR=address)


def is_in(client: Client) -> bool:
    """Whether the desk opens (its account page, which every role has)."""
    return client.get(SESSIONS).status_code == 200


def grow_old(session: Session, by: timedelta) -> None:
    """Let time pass for a session that is left alone."""
    store = Session.get_session_store_class()(session.session_key)
    for key in (STARTED, SEEN):
        store[key] = (datetime.fromisoformat(store[key]) - by).isoformat()
    store.save()
    Session.objects.filter(pk=session.pk).update(expire_date=session.expire_date - by)


# --- coming in -----------------------------------------------------------------------------------------------------


def test_the_right_password_opens_the_desk_and_leaves_a_trace_without_address(client: Client, clerk: User) -> None:
    assert sign_in(client, "xinxiyuan").headers["Location"] == HOME
    assert is_in(client)
    event = Event.objects.get(verb="signin.entered")
    assert (event.actor, event.data) == (f"user:{clerk.pk}", {})


def test_one_returns_to_where_one_was_but_never_to_another_site(client: Client, clerk: User) -> None:
    assert sign_in(client, "xinxiyuan", next=SESSIONS).headers["Location"] == SESSIONS
    for evil in ("https://evil.example/", "//evil.example/", "https:evil.example", "javascript:alert(1)"):
        assert sign_in(Client(), "xinxiyuan", next=evil).headers["Location"] == HOME


def test_a_wrong_password_an_unknown_name_and_a_closed_account_read_the_same(
    client: Client, clerk: User, office: Body
) -> None:
    account(office, "guanle", Role.PUBLISHER, is_active=False)
    pages = []
    for username, password in (("xinxiyuan", "wrong"), ("nobody", PASSWORD), ("guanle", PASSWORD)):
        page = sign_in(client, username, password).content.decode()
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="\w*"', "", page))
    assert pages[0] == pages[1] == pages[2]
    assert "用户名或口令不对" in pages[0]


@override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS)
def test_the_work_of_hashing_is_done_for_unknown_names_too(
    client: Client, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasher = get_hasher()
    encoded: list[str] = []
    original = type(hasher).encode
    monkeypatch.setattr(type(hasher), "encode", lambda *a, **k: encoded.append("once") or original(*a, **k))
    sign_in(client, "nobody", "wrong")
    assert encoded == ["once"]


@override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS)
def test_passwords_are_kept_as_argon2id(clerk: User) -> None:
    clerk.set_password(PASSWORD)
    assert identify_hasher(clerk.password).algorithm == "argon2"
    assert clerk.password.startswith("argon2$argon2id$")


def test_a_session_gets_a_new_key_at_sign_in(client: Client, clerk: User) -> None:
    planted = Session.get_session_store_class()()
    planted.create()
    before = client.cookies["session"] = planted.session_key
    sign_in(client, "xinxiyuan")
    assert client.cookies["session"].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_the_first_password_must_be_changed_before_anything_else(client: Client, office: Body) -> None:
    user = account(office, "xinren", Role.PUBLISHER, must_change_password=True)
    sign_in(client, "xinren")
    assert client.get(SESSIONS).headers["Location"] == "/desk/account/password/"
    assert "第一次登录" in client.get("/desk/account/password/").content.decode()
    new = "松间明月-照石上流9"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/desk/account/password/", form).headers["Location"] == HOME
    assert is_in(client)
    user.refresh_from_db()
    assert user.check_password(new)
    assert not user.must_change_password


# --- being kept out ------------------------------------------------------------------------------------------------


def test_after_five_failures_the_door_stays_shut_even_for_the_right_password(client: Client, clerk: User) -> None:
    for _ in range(4):
        assert sign_in(client, "xinxiyuan", "wrong").status_code == 200
    assert sign_in(client, "xinxiyuan", "wrong").status_code == 429
    answer = sign_in(client, "xinxiyuan")
    assert answer.status_code == 429
    assert not is_in(client)
    opens = timezone.localtime(AccessAttempt.objects.get().attempt_time + timedelta(minutes=30))
    assert f"请在 {opens:%H:%M} 之后（约 30 分钟）再试" in answer.content.decode()
    assert 1700 < int(answer.headers["Retry-After"]) <= 1800


def test_trying_on_does_not_move_the_time_that_was_promised_and_after_it_the_door_opens(
    client: Client, clerk: User
) -> None:
    for _ in range(5):
        sign_in(client, "xinxiyuan", "wrong")
    last = AccessAttempt.objects.get().attempt_time
    sign_in(client, "xinxiyuan", "wrong")
    assert AccessAttempt.objects.get().attempt_time == last
    AccessAttempt.objects.update(attempt_time=last - timedelta(minutes=30, seconds=1))
    assert sign_in(client, "xinxiyuan").headers["Location"] == HOME


def test_a_stranger_elsewhere_cannot_lock_a_clerk_out(client: Client, clerk: User) -> None:
    for _ in range(6):
        sign_in(Client(), "xinxiyuan", "wrong", address="192.0.2.9")
    assert sign_in(client, "xinxiyuan").headers["Location"] == HOME


def test_an_address_that_tries_many_names_is_shut_out_for_every_name(client: Client, clerk: User) -> None:
    for number in range(lockout.FAILURES_OF_AN_ADDRESS):
        sign_in(Client(), f"name-{number}", "wrong")
    assert sign_in(client, "xinxiyuan").status_code == 429
    assert sign_in(client, "xinxiyuan", address="10.9.9.9").headers["Location"] == HOME


def test_a_success_forgets_the_failures_before_it(client: Client, clerk: User) -> None:
    for _ in range(4):
        sign_in(client, "xinxiyuan", "wrong")
    sign_in(client, "xinxiyuan")
    for _ in range(4):
        assert sign_in(Client(), "xinxiyuan", "wrong").status_code == 200


def test_the_address_that_a_visitor_claims_in_a_header_is_not_believed(client: Client, clerk: User) -> None:
    for number in range(5):
        client.post(
            LOGIN, {"username": "xinxiyuan", "password": "wrong"},
            REMOTE_ADDR="10.1.2.3", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}",
        )  # fmt: skip
    assert sign_in(client, "xinxiyuan").status_code == 429


def test_a_lock_leaves_one_event_for_an_account_and_none_for_a_name_that_does_not_exist(
    client: Client, clerk: User
) -> None:
    for username in ("xinxiyuan", "nobody"):
        for _ in range(7):
            sign_in(client, username, "wrong")
    event = Event.objects.get(verb="signin.locked")
    assert event.thing == f"bodies.user:{clerk.pk}"
    assert "10.1.2.3" not in json.dumps(event.data)


def test_neither_log_nor_database_nor_stream_holds_a_password_that_was_tried(
    client: Client, clerk: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for _ in range(6):
        sign_in(client, "xinxiyuan", "geheim-错误口令")
    assert "geheim" not in caplog.text
    assert "10.1.2.3" not in caplog.text
    assert all("geheim" not in str(attempt.__dict__) for attempt in AccessAttempt.objects.all())


def test_a_name_that_is_no_longer_in_any_post_may_not_enter(client: Client, clerk: User) -> None:
    Post.objects.update(ends_on=date(2021, 1, 1))
    sign_in(client, "xinxiyuan")
    assert not is_in(client)


# --- sessions ------------------------------------------------------------------------------------------------------


def test_half_an_hour_without_work_ends_the_session_and_the_page_says_so_and_leads_back(
    client: Client, clerk: User
) -> None:
    sign_in(client, "xinxiyuan")
    grow_old(Session.objects.get(), timedelta(minutes=31))
    answer = client.get(SESSIONS, follow=True)
    page = answer.content.decode()
    assert "闲置超过 30 分钟" in page
    assert f'name="next" value="{SESSIONS}"' in page


def test_working_keeps_the_session_an_open_editor_alone_does_not(client: Client, clerk: User) -> None:
    sign_in(client, "xinxiyuan")
    grow_old(Session.objects.get(), timedelta(minutes=20))
    ends = Session.objects.get().expire_date
    client.post(EDITING)
    client.get(SESSIONS, headers={"X-Background": "1"})
    assert Session.objects.get().expire_date == ends
    client.get(SESSIONS)
    assert Session.objects.get().expire_date > ends + timedelta(minutes=19)


def test_a_busy_session_is_written_once_a_minute_not_with_each_request(client: Client, clerk: User) -> None:
    sign_in(client, "xinxiyuan")
    client.get(SESSIONS)
    before = Session.objects.get()
    client.get(SESSIONS)
    assert Session.objects.get().expire_date == before.expire_date


def test_after_twelve_hours_one_signs_in_again(client: Client, clerk: User) -> None:
    sign_in(client, "xinxiyuan")
    session = Session.objects.get()
    grow_old(session, timedelta(hours=12, minutes=1))
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=10))  # busy to the end
    assert client.get(SESSIONS).headers["Location"].startswith(LOGIN)
    assert not is_in(client)


def test_the_list_shows_device_and_network_but_no_key_and_no_address(client: Client, clerk: User) -> None:
    client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0"
    sign_in(client, "xinxiyuan")
    page = client.get(SESSIONS).content.decode()
    assert "Chrome · Windows" in page
    assert "10.1.2.0/24" in page
    assert "10.1.2.3" not in page
    assert Session.objects.get().session_key not in page


def test_a_session_ended_by_its_owner_elsewhere_is_refused_at_once(client: Client, clerk: User) -> None:
    sign_in(client, "xinxiyuan")
    other = Client()
    sign_in(other, "xinxiyuan")
    assert is_in(other)
    lost = Session.objects.get(session_key=other.cookies["session"].value)
    client.post(SESSIONS, {"session": lost.mark})
    assert not is_in(other)
    assert is_in(client)
    assert Event.objects.filter(verb="signin.ended", actor=f"user:{clerk.pk}").count() == 1


def test_all_others_end_with_one_click(client: Client, clerk: User) -> None:
    clients = [client, Client(), Client()]
    for each in clients:
        sign_in(each, "xinxiyuan")
    client.post(SESSIONS, {"others": "1"})
    assert [is_in(each) for each in clients] == [True, False, False]


def test_the_administrator_ends_sessions_of_others_and_nobody_else_does(
    client: Client, clerk: User, admin: User
) -> None:
    sign_in(client, "xinxiyuan")
    boss = Client()
    sign_in(boss, "guanli")
    theirs = f"{SESSIONS}?account={admin.pk}"
    assert client.get(theirs).status_code != 200
    client.post(SESSIONS, {"others": "1", "account": str(admin.pk)})
    assert is_in(boss)
    assert "xinxiyuan某" in boss.get(f"{SESSIONS}?account={clerk.pk}").content.decode()
    boss.post(SESSIONS, {"others": "1", "account": str(clerk.pk)})
    assert not is_in(client)
    with pytest.raises(NotAllowed):
        actions.end_others(admin, actor=clerk, moment=timezone.now(), on=timezone.localdate())


def test_a_new_password_ends_every_other_session(client: Client, clerk: User) -> None:
    other = Client()
    for each in (client, other):
        sign_in(each, "xinxiyuan")
    new = "松间明月-照石上流9"
    client.post("/desk/account/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert is_in(client)
    assert not is_in(other)
    assert len(queries.sessions_of(User.objects.get(pk=clerk.pk), timezone.now())) == 1
    assert Event.objects.filter(verb="signin.password_changed").exists()


def test_sessions_of_a_closed_account_end_at_once_and_do_not_come_back_with_it(
    client: Client, clerk: User, admin: User
) -> None:
    sign_in(client, "xinxiyuan")
    bodies.deactivate_account(clerk, actor=admin, moment=timezone.now())
    assert not is_in(client)
    readers.catch_up("signin.sessions")
    bodies.activate_account(clerk, actor=admin, moment=timezone.now())
    assert not is_in(client)


def test_a_password_given_by_the_administrator_ends_the_sessions_of_the_former(
    client: Client, clerk: User, admin: User
) -> None:
    sign_in(client, "xinxiyuan")
    bodies.reset_password(clerk, actor=admin, moment=timezone.now())
    assert not is_in(client)
    readers.catch_up("signin.sessions")
    assert not Session.objects.filter(user=clerk).exists()


def test_leaving_ends_the_session_and_only_a_form_can_do_it(client: Client, clerk: User) -> None:
    sign_in(client, "xinxiyuan")
    assert client.get("/desk/logout/").status_code == 405
    assert is_in(client)
    answer = client.post("/desk/logout/", follow=True)
    assert "闲置" not in answer.content.decode()
    assert not Session.objects.filter(user=clerk).exists()
    assert Event.objects.filter(verb="signin.left").count() == 1
