"""What a page costs a reader, in bytes and steps, never in time: light, still, alone, whole without scripts."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.nginx.conftest import ask
from tests.servers.chromium import OpenPage
from tests.servers.mingtang import Instance
from tests.servers.nginx import Nginx

#: Bytes over the wire for a first visit, everything compressed, headers counted.
PAGE_BYTES = 100_000
#: Of these, the document itself; what stands in the first of them comes with the first flight of a connection.
DOCUMENT_BYTES, FIRST_FLIGHT = 30_000, 14_000
REQUESTS = 8

#: Notes from the first moment on what moves, what is painted largest, and what the policy refuses.
WATCH = """
window.moved = []; window.largest = []; window.refused = [];
new PerformanceObserver(list => { for (const each of list.getEntries()) moved.push(each.value); })
    .observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(list => { for (const each of list.getEntries()) largest.push(each.element); })
    .observe({type: 'largest-contentful-paint', buffered: true});
document.addEventListener('securitypolicyviolation', event => refused.push(event.violatedDirective));
"""
#: The element painted largest: what it is and says, and how many screens below the top it stands.
LARGEST = """() => {
    const element = largest.at(-1);
    return element && {tag: element.tagName, text: element.textContent.trim(), inMain: !!element.closest('main'),
                       screens: (element.getBoundingClientRect().top + scrollY) / innerHeight};
}"""


@dataclass
class Visit:
    """What one first visit brought over the wire and what the browser said."""

    sizes: dict[str, int] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


def visit(page: Page, url: str) -> Visit:
    """Open an address in an empty cache and look at it to its end."""
    seen, addresses = Visit(), dict[str, str]()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.requestWillBeSent", lambda event: addresses.update({event["requestId"]: event["request"]["url"]})
    )
    session.on("Network.loadingFinished", lambda event: seen.sizes.update(
        {addresses[event["requestId"]]: int(event["encodedDataLength"])}))  # fmt: skip
    page.on("console", lambda message: seen.said.append(message.text))
    page.on("pageerror", lambda error: seen.said.append(str(error)))
    page.add_init_script(WATCH)
    page.goto(url, wait_until="networkidle")
    return seen


def a_record(demo: Instance) -> str:
    """The longest record of the site: what is light there is light everywhere."""
    found = (demo.home / "site/current/records").glob("*/index.html")
    return f"/records/{max(found, key=lambda each: each.stat().st_size).parent.name}/"


@pytest.fixture(params=["front", "record"])
def path(request: Any, demo: Instance) -> str:
    return "/" if request.param == "front" else a_record(demo)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_is_light_still_and_asks_nobody_else(nginx: Nginx, open_page: OpenPage, path: str, width: int) -> None:
    page = open_page(width=width)
    seen = visit(page, nginx.url + path)
    assert [url for url in seen.sizes if not url.startswith((nginx.url + "/", "data:"))] == []
    assert sum(seen.sizes.values()) < PAGE_BYTES, seen.sizes
    assert seen.sizes[nginx.url + path] < DOCUMENT_BYTES
    assert len(seen.sizes) <= REQUESTS, seen.sizes
    page.mouse.wheel(0, 4000)
    page.wait_for_timeout(300)
    assert page.evaluate("moved") == [], "nothing moves while the page loads or is scrolled"
    assert page.evaluate("refused") == []
    assert seen.said == []


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_painted_largest_is_text_of_the_page_and_comes_early(
    nginx: Nginx, open_page: OpenPage, path: str, width: int
) -> None:
    page = open_page(width=width)
    visit(page, nginx.url + path)
    largest = page.evaluate(LARGEST)
    # On a phone the way to a page with a long title is as large as the title itself.
    assert largest["inMain"] or largest["tag"] == "OL", largest
    assert largest["tag"] in ("H1", "P", "DD", "OL"), largest
    assert largest["screens"] < 1, "seen without scrolling"
    text = ask(nginx.url, path).text
    before, found, _ = text.partition("<main" if largest["inMain"] else "<ol")
    inside, there, _ = text[len(before) :].partition(largest["text"].partition("\n")[0])
    assert found and there, largest
    assert len(f"{before}{inside}".encode()) < FIRST_FLIGHT


def test_without_scripts_the_same_is_read(nginx: Nginx, open_page: OpenPage, path: str) -> None:
    with_scripts, without = open_page(), open_page(java_script_enabled=False)
    with_scripts.goto(nginx.url + path, wait_until="networkidle")
    without.goto(nginx.url + path)
    assert without.locator("main").inner_text() == with_scripts.locator("main").inner_text()
    assert without.get_by_role("link").count() == with_scripts.get_by_role("link").count()
