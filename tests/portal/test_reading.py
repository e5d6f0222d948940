"""Every page in a real browser: accessible, on a phone, enlarged, from the keyboard, without scripts or strangers."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request

from mingtang.portal.bake import manifest
from tests.servers.chromium import OpenPage
from tests.servers.demo import MakeInstance
from tests.servers.mingtang import Instance

#: One page of each type, as a pattern over the paths of the baked site.
TYPES = {
    "front": r"index\.html",
    "columns": r"columns/index\.html",
    "column": r"columns/.+/index\.html",
    "column, later": r"columns/.+/page-\d+\.html",
    "record": r"records/[^/]+/index\.html",
    "versions": r"records/[^/]+/versions/index\.html",
    "version": r"records/[^/]+/versions/\d+/index\.html",
    "proof": r"proof/index\.html",
    "bodies": r"bodies/index\.html",
    "body": r"bodies/[^/]+/index\.html",
    "ledgers": r"ledger/index\.html",
    "ledger": r"ledger/\d+/index\.html",
    "ledger item": r"ledger/\d+/\d+/index\.html",
    "requests": r"foi/index\.html",
    "guide of a body": r"foi/guide/[^/]+/index\.html",
    "remedies": r"foi/remedies/index\.html",
    "remedy": r"foi/remedies/[^/]+/index\.html",
    "reports": r"reports/index\.html",
    "reports of a year": r"reports/\d+/index\.html",
    "reports of a body": r"reports/bodies/[^/]+/index\.html",
    "report": r"reports/\d+/[^/]+/index\.html",
    "norms": r"norms/index\.html",
    "norm": r"norms/[^/]+/index\.html",
    "norms in a list": r"norms/[^/]+/[^/]+/index\.html",
    "about": r"about/index\.html",
    "accessibility": r"accessibility/index\.html",
    "api": r"api/index\.html",
    "feeds": r"feeds/index\.html",
    "search in the browser": r"search/static/index\.html",
    "not found": r"404\.html",
    "notice": r"(413|429|503)\.html",
}
#: Pages that are made when they are asked for.
LIVE = {
    "search": "/search/",
    "search, found": "/search/?q=%E9%80%9A%E7%9F%A5",
    "search, nothing": "/search/?q=zzzzqqqq",
    "days of a request": "/foi/clock/",
    "days between two dates": "/foi/clock/?from=2026-09-14&to=2026-10-20",
    "days of a request, counted": "/foi/clock/?received=2026-09-14&e=correction_asked.2026-09-17.until:2026-09-30"
    "&e=correction_received.2026-09-23&e=third_party_asked.2026-10-12&e=extended.2026-10-28.working_days:10",
    "days of a request, impossible": "/foi/clock/?received=2026-09-14&e=replied.2026-09-01",
    "norms of a day": "/norms/on-a-day/?on=2026-06-30",
    "apply": "/foi/apply/",
    "apply, a draft kept": "/foi/apply/resume/",
    "track": "/foi/track/",
    "last days": "/foi/remedies/last-days?case=refused&on=2026-11-02",
}
WIDTHS = (390, 1280)


@pytest.fixture(scope="module")
def demo(instance: MakeInstance) -> Instance:
    """A served demo instance whose site has been baked."""
    made = instance(served=False)
    done = made.run("bake", str(made.home / "site"))
    assert done.returncode == 0, done.stderr
    made.start()  # only now, so that its worker does not bake at the same time
    return made


@pytest.fixture(scope="module")
def pages(demo: Instance) -> dict[str, str]:
    """Page type → address of one such page; every HTML page of the site is of a type that is named here."""
    listed = manifest.read(demo.home / "site/current")
    paths = sorted(path for path in listed if path.endswith("html") and not path.startswith("."))
    found: dict[str, str] = {}
    for path in paths:
        names = [name for name, pattern in TYPES.items() if re.fullmatch(pattern, path)]
        assert names, f"{path} is of no type that the tests of reading know"
        found.setdefault(names[0], "/" + path.removesuffix("index.html"))
    missing = set(TYPES) - set(found) - {"column, later"}
    assert not missing, f"the demo has no page of the types {missing}"
    return found | LIVE | {"as of a day": found["versions"].replace("/records/", "/as-of/").removesuffix("versions/")}


def findings(page: Page) -> list[str]:
    """What axe-core finds, one line each."""
    violations = Axe().run(page).response["violations"]
    return [f"{each['impact']} {each['id']}: {[node['html'] for node in each['nodes']][:3]}" for each in violations]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_any_type_of_page(
    demo: Instance, pages: dict[str, str], open_page: OpenPage, width: int, scheme: str
) -> None:
    page = open_page(width=width, color_scheme=scheme)
    found: dict[str, list[str]] = {}
    for name, path in pages.items():
        page.goto(demo.url + path)
        if lines := findings(page):
            found[name] = lines
    assert found == {}


def test_enlarged_four_times_nothing_must_be_dragged_sideways(
    demo: Instance, pages: dict[str, str], open_page: OpenPage
) -> None:
    page = open_page(width=320, height=256)  # 1280 × 1024 at 400 %
    for name, path in pages.items():
        page.goto(demo.url + path)
        widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert widths[0] <= widths[1], (name, widths)


def test_nothing_comes_from_elsewhere_and_nothing_is_missing(
    demo: Instance, pages: dict[str, str], open_page: OpenPage
) -> None:
    page = open_page()
    asked: list[str] = []
    failed: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.on("requestfailed", lambda request: failed.append(_why(request)))
    page.on("console", lambda message: said.append(message.text))
    for name, path in pages.items():
        if name != "not found":
            page.goto(demo.url + path, wait_until="networkidle")
    assert [url for url in asked if not url.startswith((demo.url + "/", "data:"))] == []
    assert failed == []
    assert said == []


def _why(request: Request) -> str:
    return f"{request.url} {request.failure}"


def test_every_page_reads_without_scripts(demo: Instance, pages: dict[str, str], open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    for path in pages.values():
        page.goto(demo.url + path)
        assert page.locator("h1").count() == 1, path
        assert page.locator("script:not([src], [type='application/ld+json'])").count() == 0, path


def test_from_the_keyboard_every_step_is_seen_and_the_first_skips_to_the_text(
    demo: Instance, pages: dict[str, str], open_page: OpenPage
) -> None:
    page = open_page()
    page.goto(demo.url + pages["front"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    for _ in range(page.locator("a, summary").count() - 1):
        page.keyboard.press("Tab")
        seen = page.evaluate(OUTLINED)
        assert seen, page.evaluate("document.activeElement.outerHTML")
    page.goto(demo.url + pages["record"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


#: Whether what has the focus, or the card around it, is outlined.
OUTLINED = """() => {
    for (let each = document.activeElement; each && each !== document.body; each = each.parentElement) {
        const style = getComputedStyle(each);
        if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) return true;
    }
    return false;
}"""


def test_what_is_touched_is_large_enough(demo: Instance, pages: dict[str, str], open_page: OpenPage) -> None:
    page = open_page(width=390)
    for name, path in pages.items():
        page.goto(demo.url + path)
        small = page.evaluate(TOO_SMALL)
        assert small == [], name


#: Links and summaries that are less than 24 px high, but for those within a sentence (WCAG 2.2, 2.5.8).
TOO_SMALL = """() => [...document.querySelectorAll('a, summary')]
    .filter(each => !each.closest('p, dd, .document-text, .skip') && !each.classList.contains('skip'))
    .filter(each => { const box = each.getBoundingClientRect(); return box.height > 0 && box.height < 24; })
    .map(each => each.outerHTML)"""


def test_a_printed_record_is_its_head_and_text_alone(
    demo: Instance, pages: dict[str, str], open_page: OpenPage
) -> None:
    page = open_page()
    page.goto(demo.url + pages["record"])
    page.emulate_media(media="print")
    assert page.locator(".print-head").is_visible()
    assert page.locator(".document-head").is_visible()
    for hidden in (".page-head", ".page-foot", ".breadcrumb", ".skip"):
        assert not page.locator(hidden).is_visible(), hidden


def test_in_forced_colours_and_without_motion_everything_is_still_told_apart(
    demo: Instance, pages: dict[str, str], open_page: OpenPage
) -> None:
    """Forced colours take grounds and shadows away: what can be pressed or filled in keeps a line around it, what is
    current and what has the focus a line of the system's own colour, and letters stand out as the system wants."""
    page = open_page(width=390, forced_colors="active", reduced_motion="reduce")
    for name in ("front", "columns", "record", "search, found", "apply", "ledger"):
        page.goto(demo.url + pages[name])
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        assert page.evaluate(BORDERLESS) == [], name
        assert page.evaluate(MOVING) == [], name
        for _ in range(4):
            page.keyboard.press("Tab")
            assert page.evaluate(OUTLINED), (name, page.evaluate("document.activeElement.outerHTML"))
    page.goto(demo.url + pages["columns"])
    current, other = (page.locator(f".ways a{which}").first for which in ("[aria-current]", ":not([aria-current])"))
    lines = [each.evaluate("each => getComputedStyle(each).borderBottomColor") for each in (current, other)]
    assert lines[0] != lines[1]


#: Buttons and fields that are seen and have no line around them.
BORDERLESS = """() => {
    const fields = 'button, input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea';
    const lined = each => { const style = getComputedStyle(each);
        return style.borderBottomStyle !== 'none' && parseFloat(style.borderBottomWidth) >= 1; };
    return [...document.querySelectorAll(fields)].filter(each => each.getClientRects().length && each.checkVisibility())
        .filter(each => !lined(each) && !lined(each.parentElement)).map(each => each.outerHTML);
}"""
#: What still moves by itself or glides.
MOVING = """() => [...document.querySelectorAll('*')].filter(each => {
    const style = getComputedStyle(each);
    return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none'
        || style.scrollBehavior === 'smooth';
}).map(each => each.outerHTML.slice(0, 80))"""


def every_html(demo: Instance) -> Iterator[tuple[Path, str]]:
    for file in (demo.home / "site/current").resolve().rglob("*.html"):
        yield file, file.read_text(encoding="utf-8")


class Balance(HTMLParser):
    """Notes every tag that does not close what is open, and every block inside a paragraph."""

    VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})
    BLOCKS = frozenset(
        {"address", "article", "details", "div", "dl", "figure", "footer", "form", "h1", "h2", "h3", "h4", "header"}
    ) | {"hr", "main", "nav", "ol", "p", "section", "table", "ul"}

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS and "p" in self.open:
            self.faults.append(f"{self.getpos()} <{tag}> in <p>")
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"{self.getpos()} <{tag}> has an attribute twice")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass  # an element of SVG without content

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"{self.getpos()} </{tag}>")


def test_every_page_is_well_formed(demo: Instance) -> None:
    faults: dict[str, list[str]] = {}
    for file, text in every_html(demo):
        assert text.startswith("<!DOCTYPE html>"), file
        balance = Balance()
        balance.feed(text)
        balance.close()
        if balance.faults or balance.open:
            faults[str(file)] = balance.faults[:3] or balance.open
    assert faults == {}


#: A script, style or handler of the page's own; what is said to machines in JSON is none.
INLINE = re.compile(
    r"<script(?! src=\"/assets/[^\"]+\"(?: defer)?></script>| type=\"application/ld\+json\">)|<style|\sstyle=|\son\w+="
)


def test_no_page_has_a_style_or_a_script_in_it_and_each_identifier_is_used_once(demo: Instance) -> None:
    for file, text in every_html(demo):
        assert not INLINE.search(text), file
        identifiers = re.findall(r'\sid="([^"]*)"', text)
        assert len(identifiers) == len(set(identifiers)), file
        assert len(re.findall(r"<h1[\s>]", text)) == 1, file
