"""The spine, walked: a notice becomes a ledger, a body works, its work becomes evidence, the public sees it."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page

from tests.servers.chromium import OpenPage
from tests.servers.demo import MakeInstance
from tests.servers.mingtang import Instance
from tests.walk.walker import Walker

OWN_NOTICE = Path(__file__).with_name("notice.txt")
TITLE = "关于公布2027年义务教育招生范围和报名办法的通知（演示）"


def as_docx(source: Path, folder: Path) -> Path:
    """The notice as a Word file, a paragraph a line."""
    document = docx.Document()
    for line in source.read_text(encoding="utf-8").splitlines():
        document.add_paragraph(line.strip())
    document.save(folder / f"{source.stem}.docx")
    return folder / f"{source.stem}.docx"


def import_notice(office: Walker, file: Path) -> str:
    """Upload and wait until it is read; the address of the draft."""
    office.go("/desk/ledger/import/")
    office.look("import")
    office.page.set_input_files("input[type=file]", file)
    office.press("上传并读取")
    office.page.get_by_role("link", name="核对草稿").wait_for(timeout=60_000)
    office.press("核对草稿", role="link")
    return office.page.url.removeprefix(office.instance.url)


def name_strangers(office: Walker, draft: str) -> None:
    """Names that the directory does not know: the closest body where one is offered, else none, until all are known."""
    for _ in range(40):
        office.go(draft)
        if not office.page.get_by_role("button", name="不是责任单位，去掉").count():
            return
        card = office.page.locator("#strangers ~ .card").first
        with office.page.expect_navigation():
            card.locator("button[name=by], button[value=drop]").first.click()
    pytest.fail("草稿里总有认不出的单位")


def correct_first_task(office: Walker, draft: str) -> None:
    """Change the words of one task beside its sentence."""
    office.go(f"{draft}1/")
    office.look("draft-item")
    text = office.page.locator("article.task textarea").first
    text.fill(text.input_value().rstrip("。") + "，并同时公布监督电话。")
    office.press("保存")
    assert "监督电话" in office.page.locator("article.task textarea").first.input_value()


def issue(office: Walker, draft: str) -> str:
    """Issue the draft; the address of the ledger."""
    office.go(draft)
    office.look("draft")
    office.press("下发台账")
    office.page.wait_for_url(re.compile(r"/desk/ledger/\d+/$"))
    office.look("ledger-desk")
    return office.page.url.removeprefix(office.instance.url)


def accept_all(publisher: Walker, ledger: str) -> None:
    """The department takes on everything with a person, measures and a date."""
    publisher.go(f"{ledger}accept/")
    for box in publisher.page.get_by_role("checkbox").all():
        box.check()
    publisher.page.get_by_label(re.compile("^责任人")).first.fill("乙二（演示）")
    publisher.page.get_by_label(re.compile("措施")).first.fill("由办公室收集，按月公布。")
    publisher.page.get_by_label(re.compile("计划完成")).first.fill("2026-11-30")
    publisher.look("accept")
    publisher.press("认领所选任务")
    publisher.go(f"{ledger}accept/")
    assert publisher.page.get_by_text("没有等您认领的任务").is_visible()


def look_around(office: Walker, publisher: Walker, ledger: str) -> None:
    """The ledger's other pages: who has answered, how good the reading was, one duty."""
    for page in ("answers", "accuracy"):
        office.go(f"{ledger}{page}/")
        office.look(page)
    publisher.go(ledger)
    with publisher.page.expect_navigation():
        publisher.page.locator("td a[href*='/duties/']").first.click()
    publisher.look("duty")


def draft_record(publisher: Walker) -> str:
    """Write a record in the editor and submit it; the address of its overview."""
    page = publisher.page
    publisher.go("/desk/records/add/")
    page.locator("[name=title]").fill(TITLE)
    page.locator("select[name=column]").select_option(label=option_with(page, "column", "义务教育"))
    page.locator("select[name=topic]").select_option(label=option_with(page, "topic", "教育"))
    page.locator("select[name=genre]").select_option(label="通知")
    page.locator("[name=disclosure_basis]").fill("《中华人民共和国政府信息公开条例》第二十条")
    page.locator("[name=made_on]").fill("2026-11-23")
    page.keyboard.press("Escape")
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("2027年义务教育招生按片区划定，报名办法和咨询电话见下。")
    publisher.look("editor")
    page.get_by_role("button", name="保存草稿").first.click()
    page.wait_for_url(re.compile(r"/desk/records/(edit|inspect)/\d+/"))
    number = re.search(r"/(\d+)/", page.url)
    assert number
    publisher.go(f"/desk/review/{number[1]}/submit/")
    publisher.look("submit")
    publisher.press("确认送审")
    return number[1]


def option_with(page: Page, field: str, words: str) -> str:
    """The label of the first choice of a field that holds the words."""
    labels = page.locator(f"select[name={field}] option").all_inner_texts()
    return next(label for label in labels if words in label)


def sign(walker: Walker, record: str) -> None:
    """Tick the five gates and sign."""
    walker.go(f"/desk/review/{record}/")
    for box in walker.page.get_by_role("checkbox").all():
        box.check()
    walker.look("sign")
    walker.press("五关通过，签字")


def eventually(ask: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait for what the worker does in the background."""
    give_up = time.monotonic() + seconds
    while not ask():
        assert time.monotonic() < give_up, f"等了 {seconds} 秒，{what}"
        time.sleep(1)


def shows(walker: Walker, path: str, words: str) -> bool:
    """Whether the page at an address now shows the words."""
    walker.page.goto(walker.instance.url + path)
    return walker.page.get_by_text(words).count() > 0


@pytest.mark.parametrize("width", [390, 1280])
def test_a_notice_becomes_evidence_that_the_public_sees(
    width: int, open_page: OpenPage, instance: MakeInstance, tmp_path: Path
) -> None:
    place: Instance = instance(records=30)

    def person(role: str) -> Walker:
        walker = Walker(open_page(width=width), place, width)
        walker.sign_in(role)
        return walker

    office, publisher = person("office"), person("publisher")
    office.look("home-office")
    publisher.look("home-publisher")

    draft = import_notice(office, as_docx(OWN_NOTICE, tmp_path))
    name_strangers(office, draft)
    correct_first_task(office, draft)
    ledger = issue(office, draft)

    accept_all(publisher, ledger)
    look_around(office, publisher, ledger)
    record = draft_record(publisher)
    for role in ("reviewer", "approver", "office"):
        sign(office if role == "office" else person(role), record)

    eventually(lambda: shows(publisher, "/desk/ledger/evidence/", TITLE), "佐证没有自动提出")
    publisher.look("evidence")
    publisher.press(f"确认佐证：{TITLE}")

    citizen = Walker(open_page(width=width), place, width)
    eventually(lambda: shows(citizen, "/ledger/2027/1/", TITLE), "公开的台账上没有佐证")
    citizen.look("ledger")
    citizen.go("/")
    citizen.look("front")
    citizen.press(TITLE, role="link")
    citizen.look("record")


@pytest.mark.parametrize("form", ["txt", "docx"])
def test_the_real_notice_is_read_corrected_and_issued(
    form: str, open_page: OpenPage, instance: MakeInstance, cases: Path, tmp_path: Path
) -> None:
    seed = cases / "seed-notice.txt"
    office = Walker(open_page(), instance(records=30), 1280)
    office.sign_in("office")
    draft = import_notice(office, seed if form == "txt" else as_docx(seed, tmp_path))
    assert office.page.locator("ol.items > li").count() == 20
    name_strangers(office, draft)
    correct_first_task(office, draft)
    issue(office, draft)
    assert office.page.get_by_text("2022年7月10日").count()
