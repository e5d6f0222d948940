"""A request, walked: asked on a phone, corrected, a third party heard, extended, given in part, fetched, archived."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page

from tests.servers.chromium import OpenPage
from tests.servers.demo import MakeInstance
from tests.servers.mingtang import Instance
from tests.walk.walker import Walker

PHONE, DESK = 390, 1280
#: A number with a right check digit whose place does not exist.
NUMBER = "990001199001011235"
SUBJECT = "2025年校车服务采购合同（演示）"


@pytest.fixture
def place(instance: MakeInstance) -> Instance:
    return instance(records=30)


def picture(path: Path) -> Path:
    Image.new("RGB", (600, 400), "white").save(path)
    return path


# --- the citizen -----------------------------------------------------------------------------------------------------


def apply(citizen: Walker, proof: Path) -> tuple[str, str]:
    """Fill in the three steps on a phone; number and secret from the receipt."""
    page = citizen.page
    citizen.go("/foi/")
    citizen.look("ask")
    citizen.press("我要申请", role="link")
    citizen.look("ask-what")
    page.select_option("#f-body", value="jyj")
    page.fill("#f-subject", SUBJECT)
    page.fill("#f-wanted", "2025年云岭旗校车服务采购项目的合同、单价明细和验收材料。")
    citizen.press("下一步")
    if page.url.endswith("/already/"):
        citizen.look("ask-already")
        citizen.press("都不是，继续申请", role="link")
    page.check("#f-applicant_kind-natural")
    page.fill("#f-name", "演示甲某")
    page.fill("#f-id_number", NUMBER[:-1] + "X")
    page.set_input_files("#f-identity", proof)
    page.fill("#f-phone", "10000000001")
    page.check("#f-provision-electronic")
    page.check("#f-delivery-online")
    citizen.press("下一步：核对")
    assert page.get_by_text("身份证号不对").count()
    page.fill("#f-id_number", NUMBER)
    citizen.look("ask-who")
    citizen.press("下一步：核对")
    citizen.look("ask-check")
    page.check("#f-agreed")
    citizen.press("提交申请")
    citizen.look("ask-receipt")
    number, secret = (each.strip() for each in page.locator(".receipt dd").all_inner_texts())
    citizen.press("我已经记下，去查询页")
    return number, secret


def follow(citizen: Walker, number: str, secret: str) -> None:
    """In through the door of the tracking page, or back to the page while the door is open."""
    citizen.go("/foi/track/")
    if citizen.page.locator("#f-number").count():
        citizen.page.fill("#f-number", number)
        citizen.page.fill("#f-secret", secret)
        citizen.press("查询")
    assert citizen.page.url.endswith("/foi/track/status/")


def sees(citizen: Walker, words: str) -> None:
    assert citizen.page.get_by_text(words).first.is_visible(), words


# --- the desk --------------------------------------------------------------------------------------------------------


class Desk:
    """Somebody at the desk with one request."""

    def __init__(self, walker: Walker, number: str) -> None:
        self.walker, self.page, self.number = walker, walker.page, number
        self.path = ""

    def open(self) -> None:
        """From the board to the request; the board lists what is open, so later by its address."""
        if self.path:
            self.walker.go(self.path)
            return
        self.walker.go("/desk/foi/")
        with self.page.expect_navigation():
            self.page.locator("tr", has_text=self.number).get_by_role("link").first.click()
        self.path = self.page.url.removeprefix(self.walker.instance.url)

    @contextmanager
    def act(self, name: str) -> Iterator[Locator]:
        """Open the form of an act of the request, and send it once it is filled in."""
        self.open()
        form = self.page.locator(f"[id^='act-{name}']").first
        if form.get_attribute("open") is None:
            form.locator("summary").first.click()
        yield form
        with self.page.expect_navigation():
            form.locator("form button").last.click()
        assert self.page.locator(".error-message").count() == 0, self.page.locator(".error-message").all_inner_texts()

    def letter(self, kind: str) -> None:
        """To the newest letter of a kind."""
        self.open()
        with self.page.expect_navigation():
            self.page.locator("section[aria-labelledby=letters] a", has_text=kind).last.click()

    def seal(self, kind: str) -> None:
        self.letter(kind)
        self.walker.look("foi-letter")
        self.walker.press("签发")

    def deliver(self, kind: str, means: str = "online") -> None:
        self.letter(kind)
        form = self.page.locator("#act-deliver")
        form.locator("select[name=means]").select_option(means)
        with self.page.expect_navigation():
            form.locator("form button").last.click()
        assert self.page.get_by_text("已送达").count()


def fill(form: Locator, **fields: str) -> None:
    """Text, days, choices and ticks by their names."""
    for name, value in fields.items():
        field = form.locator(f"[name={name}]").first
        kind = field.get_attribute("type")
        if kind == "radio":
            form.locator(f"[name={name}][value='{value}']").check()
        elif field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def sent(handler: Desk, head: Desk, kind: str, means: str = "online") -> None:
    """A letter sealed by the head and handed over by the handler."""
    head.seal(kind)
    handler.deliver(kind, means)


# --- the walk --------------------------------------------------------------------------------------------------------


def test_a_request_from_the_phone_to_the_archive(place: Instance, open_page: OpenPage, tmp_path: Path) -> None:
    citizen = Walker(open_page(width=PHONE), place, PHONE)
    number, secret = apply(citizen, picture(tmp_path / "证件.png"))
    follow(citizen, number, secret)
    citizen.look("track-waiting")

    handler, head = (enter(place, open_page(width=DESK), role, number) for role in ("request_handler", "approver"))
    handler.walker.go("/desk/foi/")
    handler.walker.look("foi-board")
    handler.open()
    handler.walker.look("foi-request")
    with handler.act("confirm"):
        pass
    with handler.act("register"):
        pass

    with handler.act("ask_correction") as form:
        fill(form, items="请写明是哪个学校的合同。", until=day_in(place, handler.page, 10))
    sent(handler, head, "补正告知书")
    correct(citizen, number, secret)

    with handler.act("ask_third_party") as form:
        fill(form, party_name="演示客运有限公司", phone="10000000009", concerning="合同的单价明细。")
    sent(handler, head, "征求第三方意见书", "post")
    follow(citizen, number, secret)
    sees(citizen, "正在征求有关方面的意见")
    assert citizen.page.get_by_text("演示客运").count() == 0
    with handler.act("answer") as form:
        fill(form, answer="partly", text="单价涉及报价，不同意公开；其余同意。")

    with handler.act("ask_extension") as form:
        fill(form, working_days="10", reason="材料需要逐页区分处理。")
    with head.act("decide_extension") as form:
        fill(form, granted="yes")
    sent(handler, head, "延期答复告知书")
    look_at_the_days(citizen, number, secret)

    disclose_in_part(handler, head, tmp_path)
    fetch(citizen, number, secret, tmp_path)
    with handler.act("archive"):
        pass
    handler.walker.look("foi-archived")
    assert "归档" in handler.page.locator("main").inner_text()


def enter(place: Instance, page: Page, role: str, number: str) -> Desk:
    walker = Walker(page, place, DESK)
    walker.sign_in(role)
    return Desk(walker, number)


def day_in(place: Instance, page: Page, days: int) -> str:
    """A day some days from now, by the browser's clock."""
    return page.evaluate(
        "days => { const on = new Date(Date.now() + days * 864e5); return on.toLocaleDateString('sv-SE'); }", days
    )


def correct(citizen: Walker, number: str, secret: str) -> None:
    follow(citizen, number, secret)
    sees(citizen, "请您补正")
    citizen.look("track-correct")
    citizen.page.fill("#f-text", "云岭旗各小学2025年秋季学期的校车服务合同。")
    citizen.press("提交补正")
    sees(citizen, "收到补正")


def look_at_the_days(citizen: Walker, number: str, secret: str) -> None:
    """The timeline, and the count behind its last day."""
    follow(citizen, number, secret)
    sees(citizen, "答复期限延长")
    citizen.look("track-timeline")
    with citizen.page.expect_navigation():
        citizen.page.locator("a.due-link").click()
    sees(citizen, "应当在")
    assert citizen.page.locator(".day.is-due").count() >= 1
    assert number not in citizen.page.url
    citizen.look("count")


def disclose_in_part(handler: Desk, head: Desk, folder: Path) -> None:
    with handler.act("give_opinion") as form:
        fill(form, kind="secrecy", verdict="agrees", text="不涉及国家秘密。")
    with handler.act("give_opinion") as form:
        fill(form, kind="legal", verdict="agrees", text="单价明细属于商业秘密，其余可以公开。")
    with handler.act("decide") as form:
        fill(
            form, ground="partly_provided", explanation="单价明细公开会损害第三方合法权益。", where="随答复书附送。",
            what_0="合同第三条单价明细", part_0="trade_secret",
        )  # fmt: skip
    with handler.act("draft_reply"):
        pass
    handler.letter("部分公开答复书")
    material = folder / "合同（已遮盖）.pdf"
    Image.new("RGB", (600, 800), "white").save(material)
    form = handler.page.locator("#act-attach")
    form.locator("summary").click()
    form.locator("input[type=file]").set_input_files(material)
    with handler.page.expect_navigation():
        form.locator("form button").last.click()
    handler.walker.press("按现在的情况重新起草")  # so that it names what goes out with it
    sent(handler, head, "部分公开答复书")


def fetch(citizen: Walker, number: str, secret: str, folder: Path) -> None:
    """The letter and what is provided; then what can be done, with its last day."""
    follow(citizen, number, secret)
    sees(citizen, "已经答复")
    citizen.look("track-replied")
    links = citizen.page.locator(".timeline a[download]")
    names = links.all_inner_texts()
    kept: dict[str, bytes] = {}
    for link in links.all():
        with citizen.page.expect_download() as coming:
            link.click()
        file = folder / f"fetched-{len(kept)}"
        coming.value.save_as(file)
        kept[link.inner_text()] = file.read_bytes()
    assert any(name.endswith("（已遮盖）.pdf") for name in names)
    assert any(content.startswith(b"%PDF-") for content in kept.values())
    assert any(content.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(content)) for content in kept.values())
    sees(citizen, "这种情形要先复议")
    with citizen.page.expect_navigation():
        citizen.page.get_by_role("link", name="该看什么、找谁、怎么写").click()
    sees(citizen, "只给了一部分")
    citizen.look("remedy")
