"""A stranger's file: what is taken, what is refused and why, and that nothing makes the guard stumble."""

import time
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingtang.text.guard import DEFAULT, Accepted, Refused, inspect_apart, inspect_upload
from tests.text.guard import making

OFD = {"OFD.xml": b'<?xml version="1.0"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.1"/>'}

SOUND: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a picture": ("身份证.png", making.picture, "png"),
    "a photograph": ("身份证.JPEG", lambda: making.picture("JPEG"), "jpg"),
    "a photograph with the film a phone appends": (
        "身份证.jpg",
        lambda: making.picture("JPEG") + b"\x00\x00\x00\x18ftypmp42" + b"\x05" * 300,
        "jpg",
    ),
    "a PDF": ("申请书.pdf", lambda: making.pdf(pages=3), "pdf"),
    "a PDF with object streams": (
        "申请书.pdf",
        lambda: making.pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "pdf",
    ),
    "a document": ("申请书.docx", making.document, "docx"),
    "a document about DDE": ("说明.docx", lambda: making.document("DDEAUTO 是一种旧技术"), "docx"),
    "a document with a chart's workbook": (
        "申请书.docx",
        lambda: making.package(making.document(), {"word/embeddings/Sheet1.xlsx": making.workbook()}),
        "docx",
    ),
    "a workbook": ("清单.xlsx", making.workbook, "xlsx"),
    "a format of the state": ("申请书.ofd", lambda: making.archive(OFD), "ofd"),
    "a text": ("说明.txt", lambda: "申请公开二〇二五年预算。\n".encode(), "txt"),
    "a text in the older encoding": ("说明.txt", lambda: "申请公开预算".encode("gb18030"), "txt"),
    "a text that begins like a program": (
        "MZ.txt",
        lambda: b"MZ is a pair of letters in a perfectly plain text. " * 4,
        "txt",
    ),
}


@pytest.mark.parametrize("what", SOUND)
def test_takes(what: str) -> None:
    name, made, kind = SOUND[what]
    found = inspect_upload(name, made())
    assert isinstance(found, Accepted), found
    assert found.kind == kind


def _external(kind: str) -> bytes:
    relation = (
        f'<Relationship Id="x" TargetMode="External" Target="https://example.invalid/a" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    ).encode()
    return making.package(
        making.document(),
        {},
        lambda name, body: (
            body.replace(b"</Relationships>", relation) if name == "word/_rels/document.xml.rels" else body
        ),
    )


def _in_document(old: bytes, new: bytes, part: str = "word/document.xml") -> bytes:
    return making.package(making.document(), {}, lambda name, body: body.replace(old, new) if name == part else body)


TRICKS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a path": ("../../etc/a.pdf", making.pdf, "name"),
    "a path of Windows": ("..\\a.pdf", making.pdf, "name"),
    "a reversed ending": ("a\u202efdp.exe.pdf", making.pdf, "name"),
    "a hidden zero": ("a.exe\x00.pdf", making.pdf, "name"),
    "a second ending": ("合同.exe.pdf", making.pdf, "name"),
    "a device": ("CON.pdf", making.pdf, "name"),
    "a hidden file": (".htaccess", lambda: b"text", "name"),
    "no ending": ("README", lambda: b"text", "name"),
    "an endless name": ("长" * 200 + ".pdf", making.pdf, "name"),
    "an empty name": ("", making.pdf, "name"),
    "nothing": ("a.txt", lambda: b"", "size"),
    "nothing but zeros": ("a.txt", lambda: b"\x00" * 900, "size"),
    "too much": ("a.txt", lambda: b"a" * (21 << 20), "size"),
    "too many pages": ("a.pdf", lambda: making.pdf(pages=501), "size"),
    "a program": ("申请书.pdf", lambda: making.DOS_PROGRAM, "program"),
    "a program of Linux": ("a.docx", lambda: b"\x7fELF" + b"\x02" * 90, "program"),
    "a script": ("a.txt", lambda: b"#!/bin/sh\nrm -rf /\n", "program"),
    "a shortcut": ("a.pdf", lambda: b"L\x00\x00\x00\x01\x14\x02\x00" + b"\x00" * 90, "program"),
    "a batch file": ("a.txt", lambda: b"@echo off\r\ndel *.*", "active"),
    "a web page": ("a.txt", lambda: b"<html><script>alert(1)</script></html>", "active"),
    "a drawing with a script": ("a.png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "active"),
    "an archive of another kind": ("a.docx", lambda: b"Rar!\x1a\x07\x01\x00" + b"\x00" * 90, "kind"),
    "a phone's other format": ("a.jpg", lambda: b"\x00\x00\x00\x18ftypheic" + b"\x00" * 90, "kind"),
    "an archive": ("a.docx", lambda: making.archive({"a.txt": b"text"}), "kind"),
    "bytes": ("a.txt", lambda: bytes(range(256)) * 4, "kind"),
    "a PDF named picture": ("a.jpg", making.pdf, "lie"),
    "a picture named other picture": ("a.png", lambda: making.picture("JPEG"), "lie"),
    "a workbook named document": ("a.docx", making.workbook, "lie"),
    "an old office file": ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "macro"),
    "an office file with a password": (
        "a.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600,
        "encrypted",
    ),
    "a macro": ("a.docx", lambda: making.package(making.document(), {"word/vbaProject.bin": b"\x01"}), "macro"),
    "a macro under another name": (
        "a.docx",
        lambda: _in_document(b"document.main+xml", b"document.macroEnabled.main+xml", "[Content_Types].xml"),
        "macro",
    ),
    "a macro sheet": (
        "a.xlsx",
        lambda: making.package(making.workbook(), {"xl/macrosheets/sheet1.xml": b"<x/>"}),
        "macro",
    ),
    "a field that starts a program": (
        "a.docx",
        lambda: _in_document(
            b"<w:body>", b"<w:body><w:p><w:r><w:instrText>DDEAUTO c:\\cmd.exe</w:instrText></w:r></w:p>"
        ),
        "macro",
    ),
    "a control": ("a.docx", lambda: making.package(making.document(), {"word/activeX/activeX1.xml": b"<x/>"}), "macro"),
    "a template from outside": ("a.docx", lambda: _external("attachedTemplate"), "active"),
    "a picture from outside": ("a.docx", lambda: _external("image"), "active"),
    "a program in a document": (
        "a.docx",
        lambda: making.package(making.document(), {"word/media/a.png": making.DOS_PROGRAM}),
        "program",
    ),
    "an object in a document": (
        "a.docx",
        lambda: making.package(making.document(), {"word/embeddings/oleObject1.bin": b"\x01"}),
        "embedded",
    ),
    "a PDF in a document": (
        "a.docx",
        lambda: making.package(making.document(), {"word/media/a.bin": making.pdf()}),
        "embedded",
    ),
    "entities": (
        "a.docx",
        lambda: _in_document(b"<w:document", b'<!DOCTYPE a [<!ENTITY a "aaa">]><w:document'),
        "bomb",
    ),
    "a member outside": ("a.docx", lambda: making.package(making.document(), {"../../a.xml": b"<x/>"}), "name"),
    "the same member twice": (
        "a.docx",
        lambda: making.package(making.document(), {"WORD/DOCUMENT.XML": b"<x/>"}),
        "name",
    ),
    "half a document": ("a.docx", lambda: making.document()[:-200], "broken"),
    "a document with a hole": (
        "a.docx",
        lambda: making.document()[:900] + b"\x07" * 90 + making.document()[990:],
        "broken",
    ),
    "a document behind a program": ("a.docx", lambda: b"PK\x03\x04junk" + making.document(), "polyglot"),
    "a bomb of zeros": (
        "a.docx",
        lambda: making.package(making.document(), {"word/media/a.bin": b"\x00" * (130 << 20)}),
        "bomb",
    ),
    "a bomb of ratio": (
        "a.docx",
        lambda: making.package(making.document(), {"word/media/a.bin": b"\x00" * (9 << 20)}),
        "bomb",
    ),
    "a bomb of zips": ("a.docx", making.nested_bomb, "embedded"),
    "a bomb of zips in a document": (
        "a.docx",
        lambda: making.package(making.document(), {"word/embeddings/a.xlsx": making.nested_bomb(2)}),
        "embedded",
    ),
    "a bomb of members": (
        "a.docx",
        lambda: making.package(making.document(), {f"word/media/{n}": b"" for n in range(2100)}),
        "bomb",
    ),
    "a bomb of shared members": ("a.docx", making.overlapping_bomb, "bomb"),
    "a script on opening": ("a.pdf", lambda: making.pdf(making.script_on_open), "active"),
    "a script in an object stream": (
        "a.pdf",
        lambda: making.pdf(making.script_on_open, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "active",
    ),
    "a program behind a link": ("a.pdf", lambda: making.pdf(making.launch_on_link), "active"),
    "a form sent away": ("a.pdf", lambda: making.pdf(making.form_sent_out), "active"),
    "a film": ("a.pdf", lambda: making.pdf(making.with_film), "active"),
    "a form that is a program": ("a.pdf", lambda: making.pdf(making.with_xfa), "active"),
    "a file in a PDF": ("a.pdf", lambda: making.pdf(making.with_attachment), "embedded"),
    "a PDF with a password": (
        "a.pdf",
        lambda: making.pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
        "encrypted",
    ),
    "a PDF with an owner's password": (
        "a.pdf",
        lambda: making.pdf(encryption=pikepdf.Encryption(owner="a", user="")),
        "encrypted",
    ),
    "a PDF that swells": ("a.pdf", lambda: making.pdf(making.swelling), "bomb"),
    "a PDF that swells twice": ("a.pdf", lambda: making.pdf(making.swelling_twice, **making.UNTOUCHED), "bomb"),
    "half a PDF": ("a.pdf", lambda: making.pdf(pages=9)[:-300], "broken"),
    "a PDF of nothing": ("a.pdf", lambda: b"%PDF-1.7\n", "broken"),
    "a PDF that is a zip": ("a.pdf", lambda: making.pdf() + making.archive({"a.js": b"x"}), "polyglot"),
    "a PDF with a tail": ("a.pdf", lambda: making.pdf() + b"x" * 2000, "polyglot"),
    "a photograph that is a zip": (
        "a.jpg",
        lambda: making.picture("JPEG") + making.archive({"a.js": b"x"}),
        "polyglot",
    ),
    "a photograph with a page behind it": (
        "a.jpg",
        lambda: making.picture("JPEG") + b"<script>x()</script>",
        "polyglot",
    ),
    "a picture with a program behind it": ("a.png", lambda: making.picture() + making.DOS_PROGRAM, "polyglot"),
    "a bomb of pixels": ("a.png", making.png_bomb, "picture"),
    "a long picture": ("a.png", lambda: making.png_bomb(30_000, 10), "picture"),
    "half a photograph": ("a.jpg", lambda: making.picture("JPEG", (600, 600))[:900], "broken"),
    "a picture without its rows": ("a.png", lambda: making.png_bomb(3000, 3000), "broken"),
}


@pytest.mark.parametrize("what", TRICKS)
def test_refuses(what: str) -> None:
    name, made, code = TRICKS[what]
    data = made()
    started = time.process_time()
    found = inspect_upload(name, data)
    assert time.process_time() - started < 3
    assert isinstance(found, Refused), "taken"
    assert found.code == code, found.reason
    assert found.reason.startswith("“") and "不能上传：" in found.reason and "；请" in found.reason
    assert len(found.reason) < 140 and found.reason.isprintable()


def test_the_bomb_of_zips_is_small_and_its_content_gigabytes() -> None:
    assert len(making.nested_bomb()) < 100_000


def test_only_the_kinds_asked_for_are_taken() -> None:
    narrow = replace(DEFAULT, kinds=frozenset({"pdf"}))
    found = inspect_upload("a.png", making.picture(), narrow)
    assert isinstance(found, Refused) and "请上传 pdf 文件" in found.reason


@pytest.mark.parametrize(("name", "data"), [("a.pdf", making.pdf(pages=2)), ("a.png", making.picture())])
def test_a_process_of_its_own_says_the_same(name: str, data: bytes) -> None:
    assert inspect_apart(name, data) == inspect_upload(name, data)


def test_a_process_of_its_own_refuses_alike() -> None:
    data = making.pdf(making.script_on_open)
    assert inspect_apart("a.pdf", data) == inspect_upload("a.pdf", data)
    assert inspect_apart("../a.pdf", data) == inspect_upload("../a.pdf", data)


def test_a_process_that_gets_no_time_is_a_refusal() -> None:
    heavy = making.pdf(
        lambda made: [made.make_indirect(pikepdf.Dictionary(A=n)) for n in range(80_000)] and None, pages=100
    )
    found = inspect_apart("a.pdf", heavy, replace(DEFAULT, max_objects=1_000_000), seconds=0)
    assert isinstance(found, Refused) and found.code == "slow"


@settings(max_examples=150, deadline=None)
@given(
    base=st.sampled_from([making.pdf(pages=2), making.document(), making.picture(), making.picture("JPEG")]),
    cuts=st.lists(st.tuples(st.integers(0, 40_000), st.binary(max_size=8)), max_size=6),
    name=st.one_of(st.sampled_from(["a.pdf", "a.docx", "a.png", "a.jpg", "a.txt"]), st.text(max_size=300)),
)
def test_no_bytes_make_it_stumble(base: bytes, cuts: list[tuple[int, bytes]], name: str) -> None:
    damaged = bytearray(base)
    for place, piece in cuts:
        at = place % len(damaged)
        damaged[at : at + len(piece)] = piece
    assert isinstance(inspect_upload(name, bytes(damaged)), Accepted | Refused)


def test_a_stored_member_counts_by_its_size() -> None:
    stored = making.archive({"word/document.xml": b"x" * 3000}, zipfile.ZIP_STORED)
    found = inspect_upload("a.docx", stored, replace(DEFAULT, max_unpacked=2000))
    assert isinstance(found, Refused) and found.code == "bomb"
