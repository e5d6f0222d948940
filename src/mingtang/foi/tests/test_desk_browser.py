"""In a real browser: a clerk enters a letter, redacts a file from the keyboard alone, finds the board on a phone."""

import io
from pathlib import Path
from typing import Any

import pytest
import typst
from pdfminer.high_level import extract_text
from playwright.sync_api import expect

from tests.servers.chromium import OpenPage
from tests.servers.demo import MakeInstance
from tests.servers.mingtang import Instance
from tests.walk.walker import Walker

SHEET = """#set page(width: 400pt, height: 300pt, margin: 30pt)
#set text(font: "Noto Serif CJK SC", size: 12pt)
合同由演示丁某签署，电话 13912345678。

第二段不遮盖。
#pagebreak()
第二页也写到演示丁某。"""


@pytest.fixture(scope="module")
def served(instance: MakeInstance) -> Instance:
    """One served demo for these tests."""
    return instance()


def enter(walker: Walker) -> None:
    """A letter that came by post, with a file for the dossier."""
    page: Any = walker.page
    walker.go("/desk/foi/new/")
    page.get_by_label("受理机关").select_option(index=1)
    page.get_by_label("邮寄（需签收）").check()
    page.get_by_label("姓名或者名称").fill("演示丙某")
    page.get_by_label("电话").fill("10000000008")
    page.get_by_label("所需信息的名称").fill("养护合同")
    page.get_by_label("内容描述").fill("申请公开养护合同。")
    walker.look("foi-intake")
    walker.press("录入")
    expect(page.locator("code.secret")).to_be_visible()
    walker.press("打开这件申请", role="link")


def test_a_file_is_redacted_from_the_keyboard(served: Instance, open_page: OpenPage, tmp_path: Path) -> None:
    page: Any = open_page()
    walker = Walker(page, served, 1280)
    walker.sign_in("office")
    enter(walker)
    sheet = tmp_path / "合同.pdf"
    sheet.write_bytes(typst.compile(SHEET.encode(), format="pdf"))
    page.get_by_text("上传办理材料", exact=True).first.click()
    page.locator("#act-keep_file input[type=file]").set_input_files(sheet)
    page.locator("#act-keep_file button").click()
    page.get_by_role("link", name="遮盖 合同.pdf").click()

    # By keyboard: to the first box of a word, mark it, on to the words to be found, and the button behind them.
    word = page.locator(".word input").first
    word.wait_for()  # the next page is there; a key pressed before would be lost on the one before
    page.keyboard.press("Tab")
    for _ in range(80):
        if page.evaluate("document.activeElement === document.querySelector('.word input')"):
            break
        page.keyboard.press("Tab")
    expect(word).to_be_focused()
    page.keyboard.press("Space")
    expect(word).to_be_checked()
    page.locator("#words").focus()
    page.keyboard.type("演示丁某")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]", has_text="已选 3 处")).to_be_visible()
    walker.look("foi-redact")
    page.get_by_role("button", name="遮盖并保存").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("已再次读取确认文字不在文件里")).to_be_visible()

    with page.expect_download() as saved:
        page.get_by_role("link", name="合同（已遮盖）.pdf", exact=True).click()
    text = "".join(extract_text(io.BytesIO(Path(saved.value.path()).read_bytes())).split())
    assert "演示丁某" not in text and "13912345678" in text and "第二段不遮盖" in text and "第二页也写到" in text


def test_board_and_request_are_in_order_on_a_phone_and_a_desk(served: Instance, open_page: OpenPage) -> None:
    for width in (390, 1280):
        walker = Walker(open_page(width=width), served, width)
        walker.sign_in("office")
        enter(walker)
        walker.look("foi-request")
        walker.page.get_by_role("link", name="答复申请人").click()
        walker.look("foi-count")
        walker.go("/desk/foi/")
        walker.look("foi-board")
        walker.go("/desk/foi/?view=body")
        walker.look("foi-groups")
