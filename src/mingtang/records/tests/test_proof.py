"""What a publication proves to the ledger, what files are let in, and how many queries a list asks."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingtang.desk.tests.desk_client import at_desk
from mingtang.records import actions, classes, files
from mingtang.records.errors import FileRefused
from mingtang.records.models import AttachedFile, Column
from mingtang.trace import evidence
from mingtang.trace.models import Event
from tests.county import MORNING, Place


def test_a_publication_claims_its_kinds(place: Place):
    below = Column.objects.create(name="教育", slug="jy", parent=place.column)
    place.published(column=below, genre="interpretation", form="video")
    (claim,) = evidence.claims(Event.objects.get(verb="records.published"))
    assert claim.kinds == {
        "record",
        "topic:J",
        "topic:J02",
        "genre:interpretation",
        "column:tzgg",
        "column:tzgg/jy",
        "form:视频",
    }
    assert (claim.body, claim.path, claim.on.isoformat()) == ("jyj", "records/jyj-2024-00001/", "2024-06-03")


def test_a_withdrawal_takes_the_claim_back(place: Place):
    record = place.published()
    actions.withdraw(record, actor=place.head, moment=MORNING, reason="附件有误，更正后再发")
    assert evidence.revoked(Event.objects.get(verb="records.withdrawn"))


def test_an_amendment_makes_no_second_claim(place: Place):
    record = place.published()
    record.change_note = "更正"
    actions.save_draft(record, actor=place.writer, moment=MORNING)
    place.signed(record)
    changed = Event.objects.get(verb="records.changed")
    assert list(evidence.claims(changed)) == [] and not evidence.revoked(changed)


def office_file(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name in names:
            package.writestr(name, b"x")
    return packed.getvalue()


DOCX = ("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7 ..."),
        ("a.png", b"\x89PNG\r\n\x1a\n..."),
        ("a.jpeg", b"\xff\xd8\xff..."),
        ("a.txt", "文字".encode("gb18030")),
        ("a.csv", "甲,乙".encode()),
        ("a.docx", office_file(*DOCX)),
        ("a.xlsx", office_file("[Content_Types].xml", "xl/workbook.xml")),
        ("a.zip", office_file("说明.txt")),
    ],
)
def test_files_are_known_by_their_content(name: str, content: bytes):
    assert files.examine(io.BytesIO(content), name) == name.rpartition(".")[2].replace("jpeg", "jpg")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.pdf", b"", "空"),
        ("a.pdf", b"MZ\x90\x00", "不符"),
        ("a.exe", b"MZ\x90\x00", "不符"),
        ("a.txt", b"\x00\x01", "不符"),
        ("a.doc", b"\xd0\xcf\x11\xe0....", "旧版"),
        ("a.docx", office_file(*DOCX, "word/vbaProject.bin"), "宏"),
        ("a.docx", b"PK\x03\x04broken", "损坏"),
        ("a.zip", office_file("setup.exe"), "程序"),
    ],
)
def test_files_that_may_not_be_attached_are_refused_in_words(name: str, content: bytes, told: str):
    with pytest.raises(FileRefused, match=told):
        files.examine(io.BytesIO(content), name)


def test_an_upload_with_macros_never_reaches_the_store(place: Place):
    client = at_desk(place.writer)
    upload = SimpleUploadedFile("a.docx", office_file(*DOCX, "word/vbaProject.bin"))
    answer = client.post(
        "/desk/documents/chooser/create/",
        {"document-chooser-upload-title": "表", "document-chooser-upload-file": upload},
    )
    assert "宏" in answer.json()["htmlFragment"]
    assert not AttachedFile.objects.exists()


def test_an_uploaded_file_belongs_to_the_body_of_its_uploader(place: Place):
    answer = at_desk(place.writer).post(
        "/desk/documents/chooser/create/",
        {
            "document-chooser-upload-title": "清单",
            "document-chooser-upload-file": SimpleUploadedFile("a.txt", "清单".encode()),
        },
    )
    assert answer.status_code == 200
    assert AttachedFile.objects.get().body == place.education


def test_topics_have_two_levels_and_codes_once():
    topics = classes.load().topics
    assert len([code for code in topics if len(code) == 1]) == 21
    assert all(code[0] in topics for code in topics)
    assert classes.topic_label("E01").startswith("农业、林业、水利／")


@pytest.mark.parametrize("address", ["/desk/records/", "/desk/records/?q=通知", "/desk/columns/", "/desk/documents/"])
def test_a_list_asks_a_fixed_number_of_queries(place: Place, address: str):
    client = at_desk(place.clerk)

    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    def fill(start: int, number: int) -> None:
        for index in range(start, start + number):
            place.draft(title=f"通知{index}（演示）")
            Column.objects.create(name=f"栏目{index}", slug=f"c{index}", parent=place.column)
            file = AttachedFile(title=f"文件{index}", body=place.education)
            file.file.save(f"{index}.txt", ContentFile(b"text"))

    fill(0, 3)
    few = queries()
    fill(3, 9)
    assert queries() == few
    assert few <= 30
