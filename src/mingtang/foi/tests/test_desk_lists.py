"""Lists beside requests: calendars, remedies, proposals, and how many queries ten thousand requests take."""

import time
from datetime import date, timedelta

import icalendar
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from mingtang.bodies.models import Post, Role, User
from mingtang.foi import actions
from mingtang.foi.models import Applicant, CalendarFeed, Request
from mingtang.foi.tests.conftest import SOMEBODY, County
from mingtang.foi.tests.signed_in import at, do, fresh, today

# --- the calendar -----------------------------------------------------------------------------------------------------


def test_a_handler_subscribes_to_the_days_and_revokes(county: County) -> None:
    row = fresh(county)
    actions.assign(row, handler=county.handler, actor=county.handler, moment=timezone.now())
    client, page = at(county.handler), reverse("foi:feed")
    address = client.post(page, {"do": "open"}).context["address"]
    path = "/" + address.split("/", 3)[3]
    got = Client().get(path)
    assert got["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(got.content)
    (event,) = calendar.walk("VEVENT")
    row.refresh_from_db()
    assert event.start == row.next_due
    assert row.number in event["SUMMARY"] and row.subject not in got.content.decode()
    assert not [value for value in SOMEBODY.secrets() if value.encode() in got.content]
    assert all(len(line) <= 75 for line in got.content.split(b"\r\n"))
    again = client.post(page, {"do": "open"}).context["address"]
    assert again != address and Client().get(path).status_code == 404
    client.post(page, {"do": "close"})
    assert Client().get("/" + again.split("/", 3)[3]).status_code == 404
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 0


def test_a_guessed_calendar_is_not_found_and_soon_held_back(county: County) -> None:
    codes = [Client().get(f"/calendar/{number:032x}.ics").status_code for number in range(62)]
    assert codes[:60] == [404] * 60 and codes[-1] == 429


def test_who_no_longer_handles_has_no_calendar(county: County) -> None:
    address = at(county.handler).post(reverse("foi:feed"), {"do": "open"}).context["address"]
    county.handler.person.posts.filter(role=Role.REQUEST_HANDLER).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )
    assert Client().get("/" + address.split("/", 3)[3]).status_code == 404


def test_a_lost_secret_is_replaced_and_shown_once(county: County) -> None:
    received = county.received(moment=timezone.now() - timedelta(days=1))
    client = at(county.handler)
    answer = client.post(reverse("foi:request", args=[received.request.pk]), {"do": "new_secret"}, follow=True)
    (message,) = [str(one) for one in answer.context["messages"]]
    assert "新的查询码：" in message and received.secret not in message
    assertNotContains(client.get(reverse("foi:request", args=[received.request.pk])), "新的查询码")


# --- after the reply --------------------------------------------------------------------------------------------------


def test_a_remedy_is_registered_advanced_and_concluded(county: County) -> None:
    row = fresh(county)
    client = at(county.handler)
    do(
        client,
        row,
        "open_remedy",
        kind="reconsideration",
        filed_on=today(),
        authority="云岭旗人民政府",
        case_number="1号",
    )
    remedy = row.remedies.get()
    do(client, row, "advance_remedy", remedy.pk, stage="answered", note="已提交")
    assertContains(client.get(reverse("foi:remedies")), "已提交答复和证据")
    do(client, row, "conclude_remedy", remedy.pk, outcome="upheld", on=today())
    page = client.get(reverse("foi:remedies"))
    assert page.context["table"][0]["cells"] == [1, 0, 0, 0]


def test_similar_requests_become_a_draft_of_a_public_record(county: County) -> None:
    from mingtang.records.models import Column, Record

    rows = [fresh(county) for _ in range(2)]
    client = at(county.handler)
    numbers = "\n".join(row.number for row in rows)
    sent = {"numbers": numbers, "title": "校车服务采购合同", "text": "两名申请人申请，内容可以公开。"}
    assert client.post(reverse("foi:proposals"), sent).status_code == 302
    column = Column.objects.create(name="公告", slug="gg")
    page = client.get(reverse("foi:proposals"))
    assertContains(page, "2 件申请")
    proposal = page.context["page"][0]
    wanted = {"column": column.pk, "topic": "J02", "genre": "notice"}
    assert client.post(reverse("foi:open_record", args=[proposal.pk]), wanted).status_code == 302
    assert not Record.objects.exists()  # the handler holds no post that drafts records
    Post.objects.create(
        person=county.handler.person, body=county.education, role=Role.PUBLISHER, starts_on=date(2020, 1, 1)
    )
    both = at(User.objects.get(pk=county.handler.pk))
    opened = both.post(reverse("foi:open_record", args=[proposal.pk]), wanted)
    record = Record.objects.get(title="校车服务采购合同")
    assert opened.url == reverse("records:edit", args=[record.pk])
    again = {"numbers": numbers, "title": "另一项", "text": "内容"}
    client.post(reverse("foi:proposals"), again)
    second = client.get(reverse("foi:proposals")).context["page"][0]
    client.post(reverse("foi:decline", args=[second.pk]), {"reason": "已在年报中公开"})
    assertContains(client.get(reverse("foi:proposals")), "已在年报中公开")
    assertContains(client.get(reverse("foi:similar", args=[rows[0].pk])), rows[1].number)


# --- size -------------------------------------------------------------------------------------------------------------


def many(county: County, number: int) -> None:
    """Requests straight into the tables: what folding would have cached for them is made up."""
    start = Request.objects.count()
    applicants = Applicant.objects.bulk_create(Applicant(same=f"{n % 700}") for n in range(number))
    on = timezone.localdate()
    bodies = [county.education, county.health]
    Request.objects.bulk_create(
        Request(
            number=f"x-2026-{start + n:05d}", body=bodies[n % 2], unit=bodies[n % 2], applicant=applicant,
            applicant_kind="natural", channel="counter", arrived_on=on, received_on=on, subject=f"信息{n % 50}",
            wanted="信息", provision="paper", delivery="post", made_at=timezone.now(), state="running",
            due_on=on + timedelta(days=n % 40 - 5), next_due=on + timedelta(days=n % 40 - 5), next_what="答复申请人",
            handler=county.handler if n % 3 else None,
        )
        for n, applicant in enumerate(applicants)
    )  # fmt: skip


LISTS = (
    "foi:board", "foi:board?view=body", "foi:board?view=handler", "foi:board?view=kind", "foi:board?view=campaign",
    "foi:board?level=5&q=x-2026", "foi:remedies", "foi:proposals", "wagtailadmin_home",
)  # fmt: skip


def test_ten_thousand_requests_take_no_more_queries_than_thirty(county: County) -> None:
    many(county, 40)
    client = at(county.clerk)
    few = {name: _queries(client, name) for name in LISTS}
    many(county, 9_960)
    assert Request.objects.count() == 10_000
    started = time.process_time()
    assert {name: _queries(client, name) for name in LISTS} == few
    assert time.process_time() - started < 20
    assert max(few.values()) < 60


def _queries(client: Client, name: str) -> int:
    """How many queries a page takes once its caches are warm."""
    view, mark, query = name.partition("?")
    address = reverse(view) + mark + query
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
