"""A leaf has one spelling and a closed schema, and nothing that a person typed or that names a person enters it."""

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from mingtang.trace.log.errors import BadLeaf
from mingtang.trace.log.leaves import Leaf, digest
from mingtang.trace.log.leaves import leaf as leaf_of
from tests.trace.log.known import leaf, reason_words

BEIJING = timezone(timedelta(hours=8))
EVENT: dict[str, Any] = {
    "verb": "records.withdrawn",
    "thing": "records.record:15",
    "body": "jyj",
    "moment": datetime(2024, 6, 3, 10, 0, 0, 999, tzinfo=BEIJING),
    "after": "",
    "data": {
        "index_number": "jyj/2024-00015",
        "path": "records/jyj-2024-00015/",
        "title": "某某的处分决定",
        "reason": "应演示人甲（电话 13900000000）要求撤下",
        "metadata": "ab" * 32,
    },
}


def test_the_spelling_is_canonical_and_the_moment_utc() -> None:
    assert leaf_of(**EVENT).spelled().decode() == (
        '{"metadata":"' + "ab" * 32 + '","reason":"' + digest(EVENT["data"]["reason"]) + '",'
        '"record":{"number":"jyj/2024-00015","path":"records/jyj-2024-00015/","thing":"records.record:15"},'
        '"shown":null,"verb":"withdrawn","version":1,"when":"2024-06-03T02:00:00Z","who":"jyj"}'
    )


def test_nothing_that_someone_typed_enters_the_log() -> None:
    words = reason_words(leaf_of(**EVENT).spelled())
    assert not any("演示人" in word or "13900000000" in word or "处分" in word for word in words)
    assert words <= {
        "metadata", "reason", "record", "number", "path", "thing", "shown", "verb", "version", "when", "who",
        "ab" * 32, digest(EVENT["data"]["reason"]), "jyj/2024-00015", "records/jyj-2024-00015/", "records.record:15",
        "withdrawn", "2024-06-03T02:00:00Z", "jyj",
    }  # fmt: skip


def test_the_reason_on_the_public_page_can_be_checked_against_its_digest() -> None:
    assert leaf_of(**EVENT).reason == digest("应演示人甲（电话 13900000000）要求撤下")
    assert leaf_of(**(EVENT | {"data": {"change_note": "更正附件"}})).reason == digest("更正附件")


@pytest.mark.parametrize(
    "data",
    [{}, {"index_number": "有 空格", "path": "records/中文/"}, {"index_number": 15, "path": None, "metadata": "kurz"},
     {"index_number": "x" * 81, "shown": "AB" * 32, "reason": ["不是文字"]}],
)  # fmt: skip
def test_an_event_that_lacks_a_fact_still_becomes_a_leaf_with_null_in_its_place(data: dict[str, Any]) -> None:
    made = leaf_of(**(EVENT | {"data": data, "body": "带 空格"}))
    assert (made.record.number, made.record.path, made.shown, made.metadata, made.reason) == (None,) * 5
    assert made.who == "unknown"
    assert Leaf.parse(made.spelled()) == made


def changed(**fields: Any) -> bytes:
    """A good entry with some fields replaced (None removes), in the usual spelling."""
    data = json.loads(leaf(1)) | fields
    kept = {name: value for name, value in data.items() if value is not ...}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "entry",
    [changed(actor="user:3"), changed(who="某局"), changed(when="2024-06-03T02:00:00+00:00"), changed(when=None),
     changed(when="2024-13-03T02:00:00Z"), changed(verb="deleted"), changed(shown="AB" * 32), changed(reason="因为"),
     changed(metadata=...), changed(version=2), changed(record={"thing": "records.record:1"}), changed(who=7),
     changed(record={"thing": "records.record:1", "number": None, "path": None, "title": "题"}),
     leaf(1) + b"\n", leaf(1).replace(b":", b": ", 1), b"\xff", b"[]", b"", b"{}", b"null"],
)  # fmt: skip
def test_anything_but_the_closed_schema_is_refused(entry: bytes) -> None:
    with pytest.raises(BadLeaf):
        Leaf.parse(entry)


def test_a_good_entry_reads_back() -> None:
    assert Leaf.parse(leaf(1)).spelled() == leaf(1)
    assert changed() == leaf(1)


def test_digests_are_of_bytes_text_or_canonical_json() -> None:
    assert digest("文") == digest("文".encode())
    assert digest({"b": 1, "a": [None]}) == digest(b'{"a":[null],"b":1}')
