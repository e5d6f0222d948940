"""The content policy holds on portal and desk: a real browser meets no violation, and the editor works under it."""

import pytest
from playwright.sync_api import Page

from tests.operations.installation import PASSWORD, Installation
from tests.servers.chromium import OpenPage

#: Each role opens everything its menu leads to.
ROLES = ("gongkaiban", "xinxiyuan", "guanli")


def listen(page: Page) -> list[str]:
    """What the browser says is forbidden or broken, from now on."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("console", lambda line: said.append(f"{page.url}: {line.text}") if line.type == "error" else None)
    return said


def sign_in(page: Page, installation: Installation, username: str) -> None:
    """Through the form."""
    page.goto(installation.url + "/desk/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/desk/")


@pytest.mark.parametrize("username", ROLES)
def test_no_page_of_the_desk_breaks_the_policy(installation: Installation, open_page: OpenPage, username: str) -> None:
    installation.start()
    page = open_page()
    said = listen(page)
    sign_in(page, installation, username)
    links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    addresses = {link.partition("#")[0] for link in links if "/desk/" in link}
    addresses |= {installation.url + "/desk/account/", installation.url + "/desk/account/sessions/"}
    assert len(addresses) >= 3
    for address in sorted(addresses):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    assert said == []


def test_the_editor_works_under_the_policy(installation: Installation, open_page: OpenPage) -> None:
    installation.start()
    page = open_page()
    said = listen(page)
    sign_in(page, installation, "xinxiyuan")
    page.goto(installation.url + "/desk/records/add/")
    editor = page.locator(".public-DraftEditor-content").first
    editor.click()
    page.keyboard.type("第一段")
    page.keyboard.press("Enter")
    page.keyboard.type("/")  # the menu of blocks
    page.wait_for_timeout(500)
    page.keyboard.press("Escape")
    assert "第一段" in editor.inner_text()
    page.locator("input[name=made_on]").click()
    page.locator(".xdsoft_datetimepicker:visible").first.wait_for()
    assert said == []
