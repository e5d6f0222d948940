"""Searching in a real browser: suggestions from the keyboard, results, and the page that needs no application."""

import json
import time
import urllib.parse
import urllib.request

import pytest

from mingtang.portal.bake import manifest
from tests.servers.chromium import OpenPage
from tests.servers.demo import MakeInstance
from tests.servers.mingtang import Instance

#: The worker builds the index of a new instance in its first turns.
PATIENCE_SECONDS = 90


@pytest.fixture(scope="module")
def demo(instance: MakeInstance) -> Instance:
    """A served demo instance, baked, whose index has been built by its worker."""
    made = instance(served=False)
    done = made.run("bake", str(made.home / "site"))
    assert done.returncode == 0, done.stderr
    made.start()  # only now, so that its worker does not bake at the same time
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not suggested(made, "通知"):
        assert time.monotonic() < give_up, "the worker did not build the index"
        time.sleep(1)
    return made


def suggested(demo: Instance, typed: str) -> list[dict[str, str]]:
    address = f"{demo.url}/search/suggest?q={urllib.parse.quote(typed)}"
    with urllib.request.urlopen(address, timeout=10) as answer:
        return json.load(answer)["suggestions"]


def test_a_suggestion_is_chosen_from_the_keyboard(demo: Instance, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(demo.url + "/")
    field = page.get_by_role("combobox", name="检索公开信息")
    field.press_sequentially("通知", delay=30)
    page.get_by_role("option").first.wait_for()
    title = page.get_by_role("option").first.inner_text()
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == page.get_by_role("option").first.get_attribute("id")
    field.press("Enter")
    page.wait_for_url("**/records/**")
    assert page.locator("h1").inner_text().replace("\n", "") == title


def test_escape_closes_the_list_and_enter_searches(demo: Instance, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(demo.url + "/")
    field = page.get_by_role("combobox", name="检索公开信息")
    field.press_sequentially("通知", delay=30)
    page.get_by_role("option").first.wait_for()
    field.press("Escape")
    assert page.get_by_role("option").count() == 0
    field.press("Enter")
    page.wait_for_url("**/search/**")
    assert page.locator(".hits mark").first.inner_text() == "通知"


def test_titles_and_numbers_are_found_without_the_application(demo: Instance, open_page: OpenPage) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urllib.parse.urlsplit(request.url).path))
    page.goto(demo.url + "/search/static/?q=" + urllib.parse.quote("通知"))
    page.locator("#fallback-hits li").first.wait_for()
    assert "通知" in page.locator("#fallback-hits h2").first.inner_text()
    files = manifest.read(demo.home / "site/current")
    assert all(path.startswith("/assets/") or path.removeprefix("/") in files for path in asked if path.count("/") > 1
               and not path.endswith("/")), asked  # fmt: skip
    page.locator("#fallback-words").fill("没有这样的标题")
    page.locator("#fallback-words").press("Enter")
    page.get_by_text("没有找到").wait_for()
    assert page.locator("#fallback-hits li").count() == 0
