"""Somebody at a browser: signs in, goes to pages, and has each page examined and, if wanted, pictured."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.servers.mingtang import Instance

#: Where the tour's pictures go; nowhere unless asked, so that a test run changes no file.
PICTURES = os.environ.get("MINGTANG_PICTURES")
SERIOUS = ("serious", "critical")


class Walker:
    """One person at one page; `width` names the pictures."""

    def __init__(self, page: Page, instance: Instance, width: int) -> None:
        self.page, self.instance, self.width = page, instance, width
        page.set_default_timeout(30_000)

    def sign_in(self, role: str) -> None:
        """Through the desk's door with the demo account of a role."""
        account = self.instance.accounts[role]
        self.page.goto(f"{self.instance.url}/desk/login/")
        self.page.fill("input[name=username]", account["username"])
        self.page.fill("input[name=password]", account["password"])
        self.page.click("button[type=submit]")
        self.page.wait_for_url("**/desk/")

    def go(self, path: str) -> None:
        """To an address of the instance, which must answer well."""
        answer = self.page.goto(self.instance.url + path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"

    def press(self, name: str, *, role: str = "button") -> None:
        """The first visible button or link of that name, and the page after it."""
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]

    def look(self, name: str) -> None:
        """Examine what is on screen: axe finds nothing serious, nothing sticks out sideways; picture it if asked."""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response["violations"]
        serious = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["impact"] in SERIOUS]
        assert not serious, f"{name} ({self.width}px): {serious}"
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, f"{name}: 页面比屏幕宽 {wide} 像素"
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{PICTURES}/{name}-{self.width}.png", full_page=self.width < 1000)
