"""Dates elsewhere open into the public view of counts: at the desk, on its home, on a notice's public page."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

from django.template import engines
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from mingtang.foi.tests.conftest import County
from mingtang.foi.tests.signed_in import at, fresh
from mingtang.trace import counts
from tests.law.day_by_day import nth_working_day


def test_the_days_between_two_dates_are_counted_out_with_holidays_named(db: None) -> None:
    address = counts.address(date(2024, 9, 27), date(2024, 10, 12))
    page = Client().get(address)
    for words in ("共7个工作日（15天）", "国庆节", "2024年10月12日", "照常计入"):
        assertContains(page, words)
    assert nth_working_day(date(2024, 9, 27), 7) == date(2024, 10, 12)
    assert counts.address(date(2024, 10, 12), date(2024, 9, 27)) == address
    assert counts.address(date(2024, 9, 27), date(2024, 9, 27)) == ""


def test_what_cannot_be_counted_says_why(db: None) -> None:
    ask = {"2024-06-03": "对调", "2031-01-01": "相隔超过", "不是日子": "请写成"}
    for end, words in ask.items():
        assertContains(Client().get("/foi/clock/", {"from": "2024-09-27", "to": end}), words)
    assertContains(Client().get("/foi/clock/?from="), "填上两个日子")


def test_a_date_of_a_request_opens_into_the_calculator_with_its_own_days(county: County) -> None:
    row = fresh(county)
    desk = at(county.handler)
    link = reverse("foi:calculator", args=[row.pk])
    assertContains(desk.get(reverse("foi:board")), f'href="{link}"')
    answer = desk.get(link)
    assert row.received_on
    assert parse_qs(urlsplit(answer.url).query) == {"received": [row.received_on.isoformat()]}
    assert row.number not in answer.url
    assert at(county.outsider).get(link).status_code == 404
    assertContains(desk.get(reverse("foi:request", args=[row.pk])), answer.url.replace("&", "&amp;"))


def test_a_due_date_at_the_desk_opens_into_its_days() -> None:
    tags = "{% due on today %}{% due on today '' %}{% counted today on %}"
    template = engines["desk"].from_string("{% load desk_parts %}" + tags)
    shown = template.render({"on": date(2024, 6, 14), "today": date(2024, 6, 3)})
    assert shown.count('href="/foi/clock/?from=2024-06-03&amp;to=2024-06-14"') == 2
    assert shown.count('<span class="mt-chip') == 1
