"""A bag is what RFC 8493 says, as an independent reader finds, and the same content gives the same bytes."""

import io
import zipfile
from pathlib import Path

import bagit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.press.bag import BadBag, bag

INFO = {"Source-Organization": "云岭旗（演示）", "External-Identifier": "jyj-2024-00001"}


def unpacked(content: bytes, folder: Path) -> bagit.Bag:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    (place,) = folder.iterdir()
    return bagit.Bag(str(place))


def test_an_independent_reader_finds_it_sound(tmp_path: Path) -> None:
    made = bag("jyj-2024-00001", [("申请.json", b"{}"), ("文书/答复书 1.pdf", b"%PDF-")], INFO)
    found = unpacked(made.content, tmp_path)
    assert found.is_valid(fast=False)
    assert found.info["External-Identifier"] == "jyj-2024-00001"
    assert found.info["Payload-Oxum"] == "7.2"
    assert made.files == 2


def test_it_notices_one_changed_byte_and_one_missing_file(tmp_path: Path) -> None:
    made = bag("b", [("a.txt", b"text"), ("b.txt", b"more")], INFO)
    found = unpacked(made.content, tmp_path)
    (Path(found.path) / "data" / "a.txt").write_bytes(b"test")
    assert not found.is_valid(fast=False)
    (Path(found.path) / "data" / "a.txt").unlink()
    assert not found.is_valid(fast=False)


@pytest.mark.parametrize("path", ["../x", "/x", "a//b", "a/./b", "", "a\nb", "a%0Ab"])
def test_paths_that_lead_out_are_refused(path: str) -> None:
    with pytest.raises(BadBag):
        bag("b", [(path, b"x")], INFO)


def test_names_come_once_and_something_is_in_it() -> None:
    with pytest.raises(BadBag, match="两次"):
        bag("b", [("a.txt", b"1"), ("A.TXT", b"2")], INFO)
    with pytest.raises(BadBag, match="没有文件"):
        bag("b", [], INFO)


@given(st.dictionaries(st.text("abc演示", min_size=1, max_size=5), st.binary(max_size=20), min_size=1, max_size=4))
def test_the_same_content_gives_the_same_bytes(files: dict[str, bytes]) -> None:
    assert bag("b", files.items(), INFO) == bag("b", files.items(), INFO)
