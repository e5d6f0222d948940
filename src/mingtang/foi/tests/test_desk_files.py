"""Files at the desk: what is disguised is refused, what is sound kept, what is not for others truly taken out."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from mingtang.foi import actions
from mingtang.foi.models import File
from mingtang.foi.tests.conftest import County
from mingtang.foi.tests.signed_in import a_pdf, at, do, fresh

# --- uploads ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("合同.pdf", b"MZ\x90\x00" + b"\x00" * 90, "不是文件材料"),
        ("../x.pdf.exe", b"MZ\x90\x00" + b"\x00" * 90, "文件名"),
        ("合同.docx", b"PK\x03\x04 nothing", "打不开"),
    ],
    ids=["a program", "a path", "half a document"],
)
def test_a_disguised_file_is_refused_with_the_reason(county: County, name: str, content: bytes, reason: str) -> None:
    row = fresh(county)
    sent = SimpleUploadedFile("x", content)
    sent._name = name  # what a script sends, past what a browser allows
    answer = do(at(county.handler), row, "keep_file", kind="material", uploads=sent)
    assert answer.status_code == 422
    assert not row.files.exists()
    if reason != "文件名":
        assertContains(answer, reason, status_code=422)


def test_a_sound_file_is_kept_encrypted(county: County) -> None:
    row = fresh(county)
    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph("办理材料")
    made.save(out)
    sent = SimpleUploadedFile("材料.docx", out.getvalue())
    assert do(at(county.handler), row, "keep_file", kind="material", uploads=sent).status_code == 302
    file = row.files.get()
    assert (file.kind, file.name) == ("material", "材料.docx")
    got = at(county.handler).get(reverse("foi:file", args=[file.pk]))
    assert got.content == out.getvalue() and got["X-Content-Type-Options"] == "nosniff"


# --- redaction --------------------------------------------------------------------------------------------------------


def test_words_are_picked_looked_at_and_taken_out(county: County) -> None:
    row = fresh(county)
    now = {"actor": county.handler, "moment": timezone.now()}
    file = actions.keep_file(row, kind="material", upload=actions.Upload("合同.pdf", a_pdf(), "application/pdf"), **now)
    client, page = at(county.handler), reverse("foi:redact", args=[file.pk])
    assertContains(client.get(page), "选中可能的个人信息（1 种）")
    picked = client.post(page, {"do": "words", "words": "13912345678\nSomebody", "number": "0", "kept": ""})
    boxes = [word.value for line in picked.context["rows"] for word in line.words if word.picked]
    assertContains(picked, "已选 2 处")
    preview = client.post(page, {"do": "preview", "number": "0", "kept": "", "span": boxes})
    assert preview["Content-Type"] == "application/pdf"
    assert client.post(page, {"do": "keep", "number": "0", "kept": "", "span": boxes}).status_code == 302
    kept = File.objects.get(kind="redacted")
    content = client.get(reverse("foi:file", args=[kept.pk])).content
    assert _text(content) == "Phone of Second line stays"
    assert kept.name == "合同（已遮盖）.pdf"


def test_what_was_picked_on_other_pages_travels_along(county: County) -> None:
    from mingtang.foi.desk.redacting import Selection, areas_written
    from mingtang.press.redaction import read_pages

    kept = Selection.read("p3;0.5.9;1.2.4;nonsense;9.9;p1.2;99999999999.1.2")
    assert (kept.pages, kept.spans) == ({3}, {(0, 5, 9), (1, 2, 4)})
    assert kept.kept(without=1) == "p3;0.5.9"
    texts = read_pages(a_pdf())
    (area,) = areas_written("1: 10, 20, 30, 5", texts)
    assert [round(number) for number in area.box] == [40, 225, 160, 240]
    with pytest.raises(ValueError, match="看不懂"):
        areas_written("3: 1,1,1,1", texts)


def _text(data: bytes) -> str:
    from pdfminer.high_level import extract_text

    return " ".join(extract_text(io.BytesIO(data)).split())
