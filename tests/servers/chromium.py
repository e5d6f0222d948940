"""Debian's Chromium, driven by Playwright: a browser a module, a clean context a page."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

#: Quiet, without a sandbox (the run may be root's), and asking nothing of the network by itself.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

OpenPage = Callable[..., Page]


def executable() -> str:
    """Path of the installed Chromium; fails the test, never skips it, when there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.fail("缺少 Chromium：请安装 Debian 软件包 chromium 与 fonts-noto-cjk。", pytrace=False)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A running browser. It ends with the module: while Playwright's loop runs, Django's ORM in this thread refuses."""
    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """`open_page(width=390, height=844, **context_options)`: a page in a context of its own, closed with the test."""
    contexts: list[BrowserContext] = []

    def open_one(width: int = 1280, height: int = 900, **options: object) -> Page:
        options = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | options
        contexts.append(chromium.new_context(viewport={"width": width, "height": height}, **options))
        return contexts[-1].new_page()

    yield open_one
    for context in contexts:
        context.close()
