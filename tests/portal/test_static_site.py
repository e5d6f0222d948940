"""The baked site as it is served: types, caching, what is not found, and nothing outside the release."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtang.portal.bake import bake
from tests.portal import town

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(tmp_path: Path, settings: object) -> Iterator[Path]:
    """A baked site that the settings point to."""
    settings.SITE_ROOT = tmp_path / "site"  # type: ignore[attr-defined]
    town.build(3)
    bake(tmp_path / "site", town.START)
    (tmp_path / "secret.txt").write_text("秘密")
    return tmp_path / "site"


def body(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def test_a_page_comes_from_the_release_without_a_query(site: Path, client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/about/")
    assert body(response) == (site / "current/about/index.html").read_bytes()
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert len(queries) == 0


def test_a_page_is_asked_for_again_and_an_asset_is_kept_for_ever(site: Path, client: Client) -> None:
    style = next((site / "current/assets/portal").glob("*.css"))
    assert client.get("/")["Cache-Control"] == "no-cache"
    response = client.get(f"/assets/portal/{style.name}")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response["Cache-Control"]


def test_what_a_browser_has_is_not_sent_again(site: Path, client: Client) -> None:
    first = client.get("/")
    assert client.get("/", headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get("/", headers={"if-modified-since": first["Last-Modified"]}).status_code == 304


def test_an_unchanged_page_keeps_its_mark_over_a_new_release(site: Path, client: Client) -> None:
    before = client.get("/about/")["ETag"]
    bake(site, town.START)
    assert client.get("/about/")["ETag"] == before


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/about/../../../secret.txt",
        "/%2e%2e/%2e%2e/secret.txt",
        "/about//index.html",
        "/.lock",
        "/%00",
        "/records/..\\..\\secret.txt",
        "/" + "a" * 3000,
    ],
)
def test_nothing_outside_the_release_is_served(site: Path, client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "秘密" not in response.content.decode()


def test_a_link_inside_the_release_is_not_followed(site: Path, client: Client) -> None:
    (site / "current/leak.txt").symlink_to(site.parent / "secret.txt")
    assert client.get("/leak.txt").status_code == 404


def test_what_does_not_exist_shows_the_page_that_says_so(site: Path, client: Client) -> None:
    response = client.get("/records/no-such/")
    assert response.status_code == 404
    assert "没有找到这个页面" in response.content.decode()


def test_a_forgotten_slash_leads_to_the_page(site: Path, client: Client) -> None:
    response = client.get("/about")
    assert (response.status_code, response["Location"]) == (301, "/about/")


def test_the_desk_is_not_the_static_sites_business(site: Path, client: Client) -> None:
    assert client.get("/desk/").status_code in (301, 302)


def test_a_page_takes_no_post(site: Path, client: Client) -> None:
    assert client.post("/about/").status_code == 405


def test_an_attached_file_keeps_its_name_and_bytes(site: Path, client: Client) -> None:
    response = client.get(
        "/files/" + "/".join(next((site / "current/files").glob("*/*")).relative_to(site / "current/files").parts)
    )
    assert body(response) == "流程".encode() * 700
    assert response["Content-Type"] == "text/plain"


def test_an_attached_file_of_an_active_kind_is_only_saved(site: Path, client: Client) -> None:
    folder = next((site / "current/files").glob("*"))
    (folder / "page.html").write_text("<script>1</script>")
    response = client.get(f"/files/{folder.name}/page.html")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == "attachment"


def test_the_policy_forbids_everything_from_elsewhere_and_everything_inline(site: Path, client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_before_the_first_bake_pages_are_made_live(client: Client, tmp_path: Path, settings: object) -> None:
    settings.SITE_ROOT = tmp_path / "empty"  # type: ignore[attr-defined]
    town.build(2)
    assert "关于做好第1批" in client.get("/records/yl-2022-00001/").content.decode()


def test_a_page_goes_out_compressed_to_who_takes_it(site: Path, client: Client) -> None:
    plain = (site / "current/about/index.html").read_bytes()
    for accepted, encoding, unpack in (
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip;q=1.0, br;q=0", "gzip", gzip.decompress),
        ("identity", None, bytes),
    ):
        response = client.get("/about/", headers={"accept-encoding": accepted})
        assert response.get("Content-Encoding") == encoding
        assert response["Vary"] == "Accept-Encoding"
        sent = body(response)
        assert int(response["Content-Length"]) == len(sent)
        assert unpack(sent) == plain


def test_what_was_withdrawn_is_answered_as_gone_and_says_why(site: Path, client: Client) -> None:
    for path in ("/records/yl-2022-09001/", "/records/yl-2022-09001/index.html"):
        response = client.get(path)
        assert response.status_code == 410
        assert town.REASON in response.content.decode()
    assert '"/records/yl-2022-09001/" 410;\n' in (site / "current/.site/gone.map").read_text()
    assert client.get("/.gone/records/yl-2022-09001/").status_code == 404
    assert client.get("/.site/manifest/root").status_code == 404
