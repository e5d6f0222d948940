"""Elder mode: large, strong, kept on the device, read aloud by it, there without scripts too."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.servers.chromium import OpenPage
from tests.servers.demo import MakeInstance
from tests.servers.mingtang import Instance

#: Pages of several kinds, made without a bake.
PATHS = ("/", "/columns/", "/bodies/", "/about/", "/search/")


@pytest.fixture(scope="module")
def demo(instance: MakeInstance) -> Iterator[Instance]:
    return instance()  # type: ignore[return-value]


#: A voice of the device that keeps what it is asked to say.
VOICE = """
    window.said = [];
    const voice = {lang: 'zh-CN', localService: true, name: 'test'};
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    Object.defineProperty(window, 'speechSynthesis', {value: {
        getVoices: () => [{lang: 'zh-CN', localService: false}, ...(window.noVoice ? [] : [voice])],
        speak: (one) => { window.said.push([one.text, one.voice === voice]); setTimeout(one.onend, 40); },
        cancel: () => {}, addEventListener: () => {},
    }});
"""


def size(page: Page) -> float:
    """Pixels of the letters of plain text."""
    return page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")


def test_large_strong_and_nothing_too_small_to_touch_in_every_size(demo: Instance, open_page: OpenPage) -> None:
    page = open_page(width=390, color_scheme="dark")
    page.goto(demo.url + "/")
    before = size(page)
    page.click(".elder-way")
    sizes = []
    for each in ("1", "2", "3"):
        page.click(f"[data-size='{each}']")
        sizes.append(size(page))
        assert page.get_attribute(f"[data-size='{each}']", "aria-pressed") == "true"
        for path in PATHS:
            page.goto(demo.url + path)
            assert page.evaluate("document.documentElement.dataset.elder") == each, "kept from page to page"
            widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert widths[0] <= widths[1], (path, each)
            if each == "1":
                found = Axe().run(page).response["violations"]
                assert [(one["id"], [node["html"] for node in one["nodes"]][:2]) for one in found] == [], path
                assert page.evaluate(TOO_SMALL) == [], path
    assert sizes[0] >= 24 > before
    assert sizes == sorted(sizes)


#: Links of navigation, buttons and fields that are less than 44 px high.
TOO_SMALL = """() => [...document.querySelectorAll('.ways a, .elder-bar :is(a, button), .search-field button, .tree a')]
    .filter(each => { const box = each.getBoundingClientRect(); return box.height > 0 && box.height < 44; })
    .map(each => each.outerHTML)"""


def test_it_is_left_as_easily_and_leaves_nothing_behind(demo: Instance, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(demo.url + "/about/")
    page.click(".elder-way")
    page.click(".elder-bar a")
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
    assert not page.locator(".elder-bar").is_visible()
    page.goto(demo.url + "/columns/")
    assert not page.locator(".elder-bar").is_visible()


def test_without_scripts_a_link_puts_it_on_for_this_page(demo: Instance, open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(demo.url + "/about/")
    assert not page.locator(".elder-bar").is_visible()
    page.click(".elder-way")
    assert page.locator(".elder-bar").is_visible()
    assert page.locator(".elder-bar button").count() == 0
    page.click(".elder-bar a")
    assert not page.locator(".elder-bar").is_visible()


def test_without_scripts_it_is_kept_through_links_by_a_cookie_that_says_nothing_else(
    demo: Instance, open_page: OpenPage
) -> None:
    page = open_page(width=390, java_script_enabled=False)
    page.goto(demo.url + "/bodies/")
    plain = size(page)
    page.click(".elder-way")
    page.get_by_role("link", name="每一页都用").click()
    assert page.url == demo.url + "/bodies/"
    page.goto(demo.url + "/")
    page.locator("main a[href^='/records/']").first.click()
    for path in (page.url, demo.url + "/", demo.url + "/search/?q=%E9%80%9A%E7%9F%A5"):
        page.goto(path)
        assert size(page) == plain * 1.5 / 1.0625, path
        assert page.locator(".elder-bar").is_visible()
        widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert widths[0] <= widths[1], path
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["value"], cookie["httpOnly"], cookie["sameSite"]) == ("elder", "1", True, "Lax")
    page.locator(".elder-bar").get_by_role("link", name="退出").click()
    assert page.context.cookies() == []
    assert size(page) == plain
    page.goto(demo.url + "/elder/keep/?to=//elsewhere.example/")
    assert page.url == demo.url + "/"


def test_the_page_is_read_in_its_order_with_a_voice_of_the_device(demo: Instance, open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script(VOICE)
    page.goto(demo.url + "/accessibility/#elder")
    page.click("[data-stop]")
    said: list[tuple[str, bool]] = []
    while len(said) <= 8:  # the test's own time-out ends it
        page.wait_for_timeout(50)
        said = page.evaluate("window.said")
    assert said[0][0] == page.locator("h1").inner_text()
    assert all(local for _text, local in said)
    assert all(len(text) <= 121 for text, _local in said)
    page.click("[data-stop]")
    assert page.locator(".is-read").count() == 0


def test_without_a_voice_of_the_device_nothing_is_sent_away(demo: Instance, open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script("window.noVoice = true;" + VOICE)
    page.goto(demo.url + "/accessibility/#elder")
    button = page.locator("[data-stop]")
    assert button.is_disabled()
    assert button.inner_text() == "本机没有中文语音"


def test_from_the_keyboard(demo: Instance, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(demo.url + "/about/")
    page.focus(".elder-way")
    page.keyboard.press("Enter")
    page.focus("[data-size='2']")
    page.keyboard.press("Space")
    assert page.evaluate("document.documentElement.dataset.elder") == "2"
