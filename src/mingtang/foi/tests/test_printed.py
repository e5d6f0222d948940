"""The printable application form and the guide: one page to fill in, five parts to read."""

import io
import re
from datetime import UTC, date, datetime
from pathlib import Path

import mammoth
import pytest

from mingtang.foi.letters.application_form import application_form
from mingtang.foi.letters.guide import GuideFacts, guide
from mingtang.foi.tests.samples import BODY
from mingtang.law.receipt import Channel
from mingtang.law.requests import Applicant
from mingtang.press.typesetting import pdf
from mingtang.press.word import docx
from tests.press.paper import Paper

MOMENT = datetime(2024, 6, 24, tzinfo=UTC)
GUIDE = GuideFacts(
    BODY, "负责自然资源调查。\n负责耕地保护。", "https://example.invalid/", ("机构概况", "规划计划"),
    (Channel.COUNTER, Channel.POST, Channel.ONLINE), "云岭旗政务公开办", "0000-1111111", date(2024, 6, 24),
)  # fmt: skip


@pytest.mark.parametrize("natural", [True, False], ids=["person", "organisation"])
def test_the_form_is_one_page_and_asks_what_article_29_wants(natural: bool, tmp_path: Path) -> None:
    read = Paper(pdf(application_form(BODY, natural=natural), moment=MOMENT), tmp_path)
    assert read.pages == 1 and read.is_sound()
    wanted = [
        "云岭旗自然资源局",
        "联系电话",
        "通信地址",
        "名称、文号",
        "特征性描述",
        "提供的形式",
        "第二十九条",
        "0000-1234567",
    ]
    wanted += ["姓名", "证件号码"] if natural else ["统一社会", *(f"□{each.label}" for each in list(Applicant)[1:])]
    for words in wanted:
        assert words in read.text, words
    assert ("统一社会" in read.text) != natural


def test_the_form_as_an_office_file_reads_the_same() -> None:
    text = mammoth.extract_raw_text(io.BytesIO(docx(application_form(BODY, natural=True), moment=MOMENT))).value
    assert "政府信息公开申请表（公民）" in text and "□当面领取" in text


def test_the_guide_has_the_five_parts_of_the_local_standard(tmp_path: Path) -> None:
    text = Paper(pdf(guide(GUIDE), moment=MOMENT), tmp_path).text
    parts = ["一、总体内容", "二、主动公开", "三、依申请公开", "四、政府信息公开工作机构", "五、监督和救济渠道"]
    places = [text.find(part) for part in parts]
    assert -1 not in places and places == sorted(places)
    for words in ("20个工作日", "工作日9:00—17:00", "云岭旗政务公开办", "第二十六条", "先申请行政复议", "待填"):
        assert (words in text) == (words != "待填"), words


def test_what_the_directory_does_not_know_is_a_blank_in_the_guide() -> None:
    bare = GuideFacts(
        type(BODY)("云岭旗档案局", "旗档案局", "", "", "", "", ""), "", "", (), (), "", "", date(2024, 6, 24)
    )
    text = mammoth.extract_raw_text(io.BytesIO(docx(guide(bare), moment=MOMENT))).value
    blanks = re.findall("〔待填：(.*?)〕", text)
    assert {"主要职责", "办公地址", "联系电话", "网站地址", "已开通的渠道", "政府信息公开工作主管部门"} <= set(blanks)
