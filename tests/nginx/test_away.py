"""With application or database stopped the portal answers all but search and forms, and these say so kindly."""

import json
import re
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.nginx.conftest import Answer, ask
from tests.servers.chromium import OpenPage
from tests.servers.mingtang import Instance
from tests.servers.nginx import Nginx

NOT_FOUND_BY_READERS = {"413.html", "429.html", "503.html"}


@pytest.fixture
def stopped(demo: Instance) -> Iterator[Instance]:
    """The application and its worker are gone; they come back after the test."""
    demo.kill()
    yield demo
    demo.start()


@pytest.fixture
def without_database(demo: Instance) -> Iterator[Instance]:
    """The application runs and its database does not answer; it does again after the test."""
    demo.kill()
    demo.start()  # its threads have asked the database nothing yet
    take_database_away(demo)
    yield demo
    give_database_back(demo)


def take_database_away(demo: Instance) -> None:
    if url := demo.environment.get("DATABASE_URL"):
        name = url.rpartition("/")[2]
        with psycopg.connect(url.rpartition("/")[0] + "/postgres", autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        return
    file = demo.home / "mingtang.sqlite3"
    file.rename(file.with_suffix(".away"))
    file.mkdir()


def give_database_back(demo: Instance) -> None:
    if url := demo.environment.get("DATABASE_URL"):
        with psycopg.connect(url.rpartition("/")[0] + "/postgres", autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{url.rpartition("/")[2]}" ALLOW_CONNECTIONS true')
        return
    file = demo.home / "mingtang.sqlite3"
    if file.is_dir():
        file.rmdir()
        file.with_suffix(".away").rename(file)


def paths(site: Path) -> list[str]:
    """The address of every file of the release that readers reach."""
    found = (each.relative_to(site).as_posix() for each in sorted(site.rglob("*")) if each.is_file())
    plain = (each for each in found if not each.startswith(".") and not each.endswith((".gz", ".br")))
    kept = (each for each in plain if each not in NOT_FOUND_BY_READERS and each != "release.json")
    return ["/" + urllib.parse.quote(each.removesuffix("index.html")) for each in kept]


def check_that_the_portal_stays(demo: Instance, nginx: Nginx) -> None:
    site = (demo.home / "site/current").resolve()
    addresses = paths(site)
    assert len(addresses) > 50
    for path in addresses:
        answer = ask(nginx.url, path)
        gone = (site / ".gone" / (path[1:] + "index.html" if path.endswith("/") else path[1:])).exists()
        assert answer.status == (410 if gone else 200), path
        assert answer.body, path


def check_that_search_says_so(nginx: Nginx) -> None:
    search = ask(nginx.url, "/search/?q=%E9%80%9A%E7%9F%A5")
    assert (search.status, search.headers["cache-control"]) == (503, "no-store")
    assert "按标题和文号查找" in search.text and int(search.headers["retry-after"]) > 0


def check_that_it_says_so_kindly(answer: Answer) -> None:
    assert answer.status == 503
    assert "暂时不能办理" in answer.text and "公开的信息照常可以查阅" in answer.text
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_with_the_application_stopped_every_page_still_answers(stopped: Instance, nginx: Nginx) -> None:
    check_that_the_portal_stays(stopped, nginx)
    check_that_search_says_so(nginx)
    for path in ("/desk/", "/desk/login/", "/documents/1/x.pdf", "/search/suggest?q=x"):
        check_that_it_says_so_kindly(ask(nginx.url, path))
    check_that_it_says_so_kindly(ask(nginx.url, "/desk/login/", "POST", body=b"username=a&password=b"))


def test_with_the_database_stopped_every_page_still_answers(without_database: Instance, nginx: Nginx) -> None:
    check_that_search_says_so(nginx)
    door = ask(nginx.url, "/desk/login/")
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', door.text)
    assert token is not None
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "username": "a", "password": "b"}).encode()
    sent = {"Cookie": door.headers["set-cookie"].partition(";")[0], "Content_Type": "application/x-www-form-urlencoded"}
    check_that_it_says_so_kindly(ask(nginx.url, "/desk/login/", "POST", body=form, **sent))
    check_that_the_portal_stays(without_database, nginx)
    give_database_back(without_database)
    give_up = time.monotonic() + 30
    while ask(nginx.url, "/search/?q=%E9%80%9A%E7%9F%A5").status != 200:
        assert time.monotonic() < give_up, "the application did not find its database again"
        time.sleep(0.5)


def test_with_the_application_stopped_a_reader_finds_titles_in_the_browser(
    stopped: Instance, nginx: Nginx, open_page: OpenPage
) -> None:
    [file, *_] = sorted((stopped.home / "site/current/search/static").glob("*.json"))
    title = json.loads(file.read_text(encoding="utf-8"))[0][0]
    page = open_page(width=390)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(nginx.url + "/")
    page.get_by_role("combobox", name="检索公开信息").fill(title)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_role("searchbox").input_value() == title
    page.locator("#fallback-hits a").first.wait_for()
    assert title in page.locator("#fallback-hits").inner_text()
    page.locator("#fallback-hits a").first.click()
    page.wait_for_url("**/records/**")
    assert [line for line in said if "503" not in line] == []
