"""Every document of the corpus is read right in every format; the fields are listed that are not."""

import pytest

from mingtang.text import read_bytes
from mingtang.text.norms import read_norm
from tests.text.norms.corpus import FIELDS, FORMATS, cases


@pytest.mark.parametrize("format_", FORMATS)
def test_every_field_of_every_document_is_read(format_: str) -> None:
    wrong: list[str] = []
    read = 0
    for case in cases((format_,)):
        found = read_norm(read_bytes(case.data)).as_json()
        for name, value in case.expected.items():
            assert name in FIELDS
            read += 1
            if found[name] != value:
                wrong.append(f"{case.name}.{name}: {found[name]!r} instead of {value!r}")
    assert wrong == []
    assert read > 100
