"""A docx against GB/T 9704: what the press sets passes, what an office program gives by itself does not."""

import docx
import pytest

from mingtang.press.document import Document
from mingtang.press.word import docx as set_by_press
from mingtang.vetting.layout import layout
from tests.press.samples import LETTER, MOMENT, NOTICE
from tests.text.carried.making import bytes_of_docx


@pytest.mark.parametrize("document", [NOTICE, LETTER])
def test_what_the_press_sets_passes(document: Document) -> None:
    assert [each.message for each in layout(set_by_press(document, moment=MOMENT)) if each.severity != "note"] == []


def test_paper_type_and_date_of_a_plain_file_are_told() -> None:
    made = docx.Document()
    made.add_heading("关于做好某项工作的通知", 1)
    made.add_paragraph("各有关单位要认真落实各项工作要求，按时报送进展情况，确保取得实效。")
    made.add_paragraph("二〇二四年六月一日")
    told = {each.quote for each in layout(bytes_of_docx(made))}
    assert {"纸张", "成文日期", "标题", "页码"} <= told
