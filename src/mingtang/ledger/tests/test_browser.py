"""In a real browser against a served instance: a draft saves itself, survives a time-out, and works without script."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mingtang.ledger.tests.conftest import NOTICE
from tests.servers.chromium import OpenPage
from tests.servers.demo import MakeInstance
from tests.servers.mingtang import Instance

WAIT = 30_000


def _sign_in(page: Page, served: Instance) -> None:
    account = served.accounts["office"]
    page.goto(f"{served.url}/desk/login/")
    page.fill("[name=username]", account["username"])
    page.fill("[name=password]", account["password"])
    page.click("button[type=submit]")
    page.wait_for_url(f"{served.url}/desk/")


def _import(page: Page, served: Instance, folder: Path) -> None:
    """Upload the notice and wait on the page that follows the reading."""
    notice = folder / "要点.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    page.goto(f"{served.url}/desk/ledger/import/")
    page.set_input_files("[name=file]", notice)
    page.click("text=上传并读取")
    expect(page.locator("a.button", has_text="核对草稿")).to_be_visible(timeout=WAIT)
    page.click("a.button:has-text('核对草稿')")


@pytest.fixture(scope="module")
def served(instance: MakeInstance) -> Instance:
    """One served demo for these tests."""
    return instance()


def test_a_draft_saves_itself_and_keeps_what_is_typed_over_a_time_out(
    served: Instance, open_page: OpenPage, tmp_path: Path
) -> None:
    page: Any = open_page()
    _sign_in(page, served)
    _import(page, served, tmp_path)
    page.click("text=建好政策文件库")
    words = page.locator("[name$='-text']").first
    words.fill("第一次改的文字。")
    expect(page.locator(".kept").first).to_contain_text("已自动保存", timeout=WAIT)
    page.reload()
    expect(page.locator("[name$='-text']").first).to_have_value("第一次改的文字。")

    page.context.clear_cookies()
    page.locator("[name$='-text']").first.fill("超时以后写的文字。")
    expect(page.locator(".kept").first).to_contain_text("登录可能已超时", timeout=WAIT)
    address = page.url
    _sign_in(page, served)
    page.goto(address)
    expect(page.locator("[name$='-text']").first).to_have_value("超时以后写的文字。")
    page.locator("button:has-text('保存')").first.click()
    expect(page.locator(".messages")).to_contain_text("已保存")
    page.reload()
    expect(page.locator("[name$='-text']").first).to_have_value("超时以后写的文字。")


def test_a_notice_is_imported_corrected_and_kept_without_script_on_a_phone(
    served: Instance, open_page: OpenPage, tmp_path: Path
) -> None:
    page: Any = open_page(width=390, height=844, java_script_enabled=False)
    _sign_in(page, served)
    _import(page, served, tmp_path)
    page.click("text=提升解读效果")
    page.locator("[name$='-bodies']").first.fill("教育局")
    page.locator("button:has-text('保存')").first.click()
    expect(page.locator("[name$='-bodies']").first).to_have_value("教育局")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0
