"""What nginx gives out with the generated configuration is what the application itself would answer."""

import gzip
from pathlib import Path

import pytest

from mingtang.portal import assets
from tests.nginx.conftest import Answer, ask
from tests.servers.mingtang import Instance
from tests.servers.nginx import Nginx

#: Headers that belong to a server or to one file, not to the site.
OWN = {"date", "server", "connection", "etag", "last-modified", "accept-ranges", "content-length", "vary",
       "content-encoding", "via", "transfer-encoding", "keep-alive"}  # fmt: skip


def site(demo: Instance) -> Path:
    return (demo.home / "site/current").resolve()


def a_record(demo: Instance) -> str:
    gone = a_withdrawn_record(demo)
    found = (f"/records/{each.parent.name}/" for each in sorted((site(demo) / "records").glob("*/index.html")))
    return next(path for path in found if path != gone)


def a_withdrawn_record(demo: Instance) -> str:
    return f"/records/{next((site(demo) / '.gone/records').glob('*/index.html')).parent.name}/"


def an_asset(demo: Instance) -> str:
    return f"/assets/portal/{next((site(demo) / 'assets/portal').glob('portal.*.css')).name}"


def said(answer: Answer) -> dict[str, str]:
    """The headers that speak of the site, policies with their parts in one order."""
    found = {name: value for name, value in answer.headers.items() if name not in OWN}
    if policy := found.get("content-security-policy"):
        found["content-security-policy"] = "; ".join(sorted(part.strip() for part in policy.split(";")))
    return found


#: Addresses of every kind; the names in capitals stand for one that the site has.
ALIKE = """
    / RECORD ASSET NEWER /assets/portal/none.0123456789ab.css GONE /about /404.html /no/such/page/ /records/ /.lock
    /robots.txt /sitemap.xml /index.json /search/ /search/?q=%E9%80%9A%E7%9F%A5 /search/suggest?q=x /search/static/
    /desk/ /desk/login/ /documents/999/x.pdf /log/checkpoint /log/keys.json /log/tile/0/000.p/99
"""


@pytest.mark.parametrize("path", ALIKE.split())
def test_status_headers_and_body_are_those_of_the_application(demo: Instance, nginx: Nginx, path: str) -> None:
    path = {
        "RECORD": a_record(demo), "ASSET": an_asset(demo), "GONE": a_withdrawn_record(demo),
        "NEWER": f"/{assets.path_of('desk/desk.css')}",  # an asset of the program that the site has not been made with
    }.get(path, path)  # fmt: skip
    ours, own = ask(nginx.url, path, Accept="text/html"), ask(demo.url, path, Host="127.0.0.1", Accept="text/html")
    assert ours.status == own.status
    if path.startswith("/desk/"):  # with a token and a nonce of its own each time
        assert set(said(ours)) == set(said(own))
        return
    if ours.status == 301:
        assert ours.headers["location"] == own.headers["location"]
        return
    assert said(ours) == said(own)
    assert ours.body == own.body


def test_pages_come_compressed_as_they_were_baked(demo: Instance, nginx: Nginx) -> None:
    plain = ask(nginx.url, a_record(demo))
    packed = ask(nginx.url, a_record(demo), Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip" and packed.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["content-type"] == plain.headers["content-type"] == "text/html; charset=utf-8"
    assert said(packed) == said(plain)
    small = ask(nginx.url, a_record(demo), Accept_Encoding="gzip, br")
    assert small.headers["content-encoding"] == "br" and len(small.body) <= len(packed.body)


def test_what_was_withdrawn_is_gone_and_says_so(demo: Instance, nginx: Nginx) -> None:
    path = a_withdrawn_record(demo)
    for headers in ({}, {"Accept_Encoding": "gzip"}, {"If_Modified_Since": "Fri, 01 Jan 2100 00:00:00 GMT"}):
        answer = ask(nginx.url, path, **headers)
        assert answer.status == 410, headers
        assert answer.headers["cache-control"] == "no-cache"
    assert "已撤下" in ask(nginx.url, path).text
    assert ask(nginx.url, path + "index.html").status == 410
    assert ask(nginx.url, path.rstrip("/")).status in (301, 410)


def test_what_a_reader_has_is_not_sent_again(demo: Instance, nginx: Nginx) -> None:
    first = ask(nginx.url, "/")
    again = ask(nginx.url, "/", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"
    part = ask(nginx.url, "/", Range="bytes=0-8")
    assert (part.status, part.body) == (206, first.body[:9])


def test_only_what_is_named_by_its_content_may_be_kept(demo: Instance, nginx: Nginx) -> None:
    kept = "public, max-age=31536000, immutable"
    assert ask(nginx.url, an_asset(demo)).headers["cache-control"] == kept
    style = next(each for each in (demo.home / "static/wagtailadmin/css").glob("core.*.css"))
    assert ask(nginx.url, f"/static/wagtailadmin/css/{style.name}").headers["cache-control"] == kept
    for path in ("/", "/assets/portal/portal.000000000000.css", "/search/static/"):
        assert ask(nginx.url, path).headers["cache-control"] == "no-cache", path


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_a_page_can_only_be_read(nginx: Nginx, method: str) -> None:
    answer = ask(nginx.url, "/about/", method, body=b"x=1" if method == "POST" else None)
    assert answer.status == 405
    assert "nginx/" not in answer.text


def test_the_head_of_a_page_has_no_body(demo: Instance, nginx: Nginx) -> None:
    answer = ask(nginx.url, a_record(demo), "HEAD")
    assert answer.status == 200 and answer.body == b""
    assert int(answer.headers["content-length"]) == (site(demo) / a_record(demo)[1:] / "index.html").stat().st_size


#: Ways that lead out of the release, into what is hidden in it, and to what only nginx itself may show.
ASTRAY = """
    /../secret.key /..%2fsecret.key /%2e%2e/%2e%2e/secret.key /about/../../../secret.key /%00 /about/%00
    /log/../secret.key /log/..%2fsecret.key /log..%2fsecret.key /log/%2e%2e/keys/log/1.key /log/.writing/
    /static/../secret.key /static/..%2f..%2fsecret.key /static../secret.key /static/.fingerprint
    /files/../../secret.key /assets/..%5c..%5csecret.key /mingtang.sqlite3 /book.sqlite3 /store/ /releases/
    /.gone/ /.gone/index.html /.site/release.json /.site/gone.map /.lock /.git/config /503.html /413.html /429.html
"""


@pytest.mark.parametrize("path", [*ASTRAY.split(), "/" + "a" * 3000])
def test_nothing_but_the_release_is_served(demo: Instance, nginx: Nginx, path: str) -> None:
    answer = ask(nginx.url, path)
    assert answer.status in (400, 404, 414)
    assert (demo.home / "secret.key").read_bytes() not in answer.body


def test_a_host_that_is_not_ours_is_not_answered(nginx: Nginx) -> None:
    for path in ("/", "/search/", "/desk/"):
        assert ask(nginx.url, path, Host="evil.example").status == 421, path


def test_the_log_of_visits_knows_neither_who_nor_what_was_typed(nginx: Nginx) -> None:
    ask(nginx.url, "/calendar/s3cret-of-somebody.ics")
    ask(nginx.url, "/search/?q=" + "%E7%A7%81%E4%BA%8B" + "&token=s3cret", Referer="https://elsewhere.example/?me=1")
    lines = (nginx.folder / "mingtang.access.log").read_text(encoding="utf-8").splitlines()
    assert '"GET /search/ HTTP/1.1" 200' in lines[-1]
    text = "\n".join([*lines, (nginx.folder / "mingtang.error.log").read_text(encoding="utf-8")])
    assert '"GET /calendar/* HTTP/1.1"' in lines[-2]
    assert text.count("127.0.0.0 [") == len(lines)
    for secret in ("127.0.0.1", "%E7%A7%81", "s3cret", "elsewhere"):
        assert secret not in text
