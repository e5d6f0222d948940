"""Live pages: every form that a stranger can send is counted, without the room having to think of it."""

from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from mingtang.portal import live
from mingtang.trace.limits import Scope
from mingtang.trace.pages import LivePage

pytestmark = pytest.mark.django_db


def answer(_request: HttpRequest) -> HttpResponse:
    """What the room says to everything."""
    return HttpResponse("taken")


def test_who_sends_too_many_forms_is_asked_to_wait_and_may_go_on_reading() -> None:
    page = LivePage("form", "form/", answer, takes_forms=True, sending=Scope("form", 2, timedelta(minutes=5)))
    view, ask = live.view_of_live(page), RequestFactory()
    assert [view(ask.post("/form/", {"text": "x"})).status_code for _ in range(3)] == [200, 200, 429]
    refused = view(ask.post("/form/", {"text": "x"}))
    assert 1 <= int(refused["Retry-After"]) <= 300
    assert refused["Cache-Control"] == "no-store"
    assert "这一次没有提交" in refused.content.decode() and "分钟后再试" in refused.content.decode()
    assert view(ask.get("/form/")).status_code == 200
    assert view(ask.post("/form/", {"text": "x"}, REMOTE_ADDR="192.0.2.9")).status_code == 200


def test_a_form_of_which_nothing_is_said_is_counted_too() -> None:
    page = LivePage("plain", "plain/", answer, takes_forms=True)
    view, ask = live.view_of_live(page), RequestFactory()
    codes = [view(ask.post("/plain/", {})).status_code for _ in range(21)]
    assert codes == [200] * 20 + [429]


def test_a_page_that_takes_no_forms_refuses_them() -> None:
    view = live.view_of_live(LivePage("read", "read/", answer))
    assert view(RequestFactory().post("/read/", {})).status_code == 405
