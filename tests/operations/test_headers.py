"""Every answer carries the headers that keep it safe, error pages need nothing, and sizes are bounded."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from mingtang.config import errors, limits
from mingtang.signin import plain
from tests.operations.installation import Installation

LOGIN = "/desk/login/"

pytestmark = pytest.mark.django_db


def broken(_request: object) -> None:
    """A view that fails."""
    raise ValueError("secret-of-the-code")


def unreachable(_request: object) -> None:
    """A view whose database has gone away."""
    raise OperationalError("connection refused")


handler500 = errors.server_error
urlpatterns = [path("broken/", broken), path("unreachable/", unreachable)]


@pytest.mark.parametrize("address", ["/", LOGIN, "/desk/", "/no/such/page/", "/documents/1/x.pdf"])
def test_every_answer_is_guarded(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    loose = {name for name, sources in directives.items() if "unsafe" in sources}
    assert loose == ({"style-src-elem"} if address.startswith("/desk/") else set())
    assert "frame-ancestors" in policy
    assert not re.search(r"https?:|\*", policy), "nothing comes from elsewhere"


def test_errors_are_plain_chinese_pages_without_a_query(django_assert_num_queries) -> None:
    request = RequestFactory().get("/x/")
    with django_assert_num_queries(0):
        pages = [
            errors.bad_request(request), errors.forbidden(request), errors.form_expired(request),
            errors.not_found(request), errors.server_error(request),
        ]  # fmt: skip
    assert [page.status_code for page in pages] == [400, 403, 403, 404, 500]
    for page in pages:
        text = page.content.decode()
        assert '<html lang="zh-Hans">' in text
        assert re.search(r"<h1>[一-鿿]+</h1>", text)
        assert page.headers["Content-Security-Policy"] == plain.POLICY


@override_settings(ROOT_URLCONF=__name__)
def test_a_failure_shows_nothing_of_the_code() -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/broken/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 500
    assert "系统故障" in answer.content.decode()
    assert "secret-of-the-code" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_a_database_that_does_not_answer_is_said_to_be_away() -> None:
    answer = Client(raise_request_exception=False).get("/unreachable/")
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0 and answer["Cache-Control"] == "no-store"
    assert "暂时不能办理" in answer.content.decode()


def test_a_form_without_its_mark_of_origin_is_refused_kindly() -> None:
    answer = Client(enforce_csrf_checks=True).post(LOGIN, {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "请返回上一页并刷新" in answer.content.decode()


def test_a_host_that_is_not_ours_is_not_answered(client: Client) -> None:
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "请求有误" in answer.content.decode()


def test_what_is_written_into_a_plain_page_is_escaped() -> None:
    text = plain.document("<script>", "<b>", ways=(('"><script>', "<i>"),))
    assert "<script>" not in text
    assert "<b>" not in text
    assert "<i>" not in text


def test_the_link_of_an_expired_form_cannot_be_made_to_lead_away() -> None:
    request = RequestFactory().get("/")
    request.path = "//evil.example/"
    page = errors.form_expired(request)
    assert 'href="//' not in page.content.decode()


# --- sizes ---------------------------------------------------------------------------------------------------------


def test_a_stranger_may_send_little(client: Client) -> None:
    big = "x" * limits.STRANGER_MAX_BYTES
    answer = client.post(LOGIN, {"username": big, "password": "b"})
    assert answer.status_code == 413
    assert "一次最多提交 256 KB" in answer.content.decode()


def test_a_stranger_with_an_invented_cookie_is_still_a_stranger(client: Client) -> None:
    client.cookies["session"] = "invented0000000000000000000000000"
    file = SimpleUploadedFile("big.pdf", b"x" * limits.STRANGER_MAX_BYTES)
    assert client.post(LOGIN, {"file": file}).status_code == 413


def test_a_form_of_endless_fields_is_refused(client: Client) -> None:
    fields = "&".join(f"f{n}=" for n in range(6000))
    answer = client.post(LOGIN, fields, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400


@pytest.mark.parametrize("size", ["-1", "1e9", "many"])
def test_a_size_that_is_no_number_is_refused(client: Client, size: str) -> None:
    answer = client.generic("POST", LOGIN, b"", CONTENT_LENGTH=size)
    assert answer.status_code == 400


def test_the_server_itself_stops_what_is_larger_than_it_takes(installation: Installation) -> None:
    import socket

    installation.environment["MINGTANG_UPLOAD_MB"] = "1"
    installation.start()
    with socket.create_connection(("127.0.0.1", installation.port), timeout=20) as stranger:
        stranger.sendall(b"POST /desk/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9999999999\r\n\r\nx")
        assert b" 413 " in stranger.recv(4096).split(b"\r\n")[0]
    with socket.create_connection(("127.0.0.1", installation.port), timeout=20) as stranger:
        stranger.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + b"x" * 40_000 + b"\r\n\r\n")
        assert b" 431 " in stranger.recv(4096).split(b"\r\n")[0]


# --- HTTPS ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def secured(installation: Installation) -> Installation:
    """The installation behind HTTPS."""
    installation.environment |= {
        "MINGTANG_URL": "https://zwgk.example", "MINGTANG_HOSTS": "zwgk.example", "MINGTANG_LOG_LEVEL": "ERROR",
    }  # fmt: skip
    return installation


def test_with_https_the_framework_finds_nothing_to_warn_of(secured: Installation) -> None:
    said = secured.python(
        "from django.core.management import call_command; call_command('check', deploy=True, fail_level='WARNING')"
    )
    assert "no issues" in said


def test_with_https_cookies_are_bound_to_the_host_and_the_browser_told_to_stay(secured: Installation) -> None:
    said = secured.python("""
from django.test import Client
client = Client(HTTP_HOST="zwgk.example")
print(client.get("/desk/login/").headers["Location"])
answer = client.get("/desk/login/", secure=True)
print(answer.headers["Strict-Transport-Security"])
print(answer.cookies["__Host-csrf"].OutputString())
from tests.operations.installation import PASSWORD
answer = client.post("/desk/login/", {"username": "guanli", "password": PASSWORD}, secure=True)
print(answer.cookies["__Host-session"].OutputString())
""").splitlines()
    assert said[0] == "https://zwgk.example/desk/login/"
    assert said[1] == "max-age=31536000"
    for cookie in said[2:]:
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie


def test_only_the_trusted_proxy_is_believed_about_the_scheme(secured: Installation) -> None:
    import http.client

    secured.environment["MINGTANG_PROXY"] = "192.0.2.1"  # not where this request comes from
    secured.start()
    link = http.client.HTTPConnection("127.0.0.1", secured.port)
    link.request("GET", LOGIN, headers={"Host": "zwgk.example", "X-Forwarded-Proto": "https"})
    assert link.getresponse().status == 301
    secured.kill()
    secured.environment["MINGTANG_PROXY"] = "127.0.0.1"
    secured.start()
    link = http.client.HTTPConnection("127.0.0.1", secured.port)
    link.request("GET", LOGIN, headers={"Host": "zwgk.example", "X-Forwarded-Proto": "https"})
    assert link.getresponse().status == 200
