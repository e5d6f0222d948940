"""The glossary names what the code names: a type that it lists exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TERMS = sorted(
    set(re.findall(r"`(?:\w+\.)*([A-Z][a-z]\w+)`", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")))
)
CLASSES = {
    name
    for source in (ROOT / "src").glob("**/*.py")
    if "tests" not in source.parts
    for name in re.findall(r"^class (\w+)", source.read_text(encoding="utf-8"), re.MULTILINE)
}


@pytest.mark.parametrize("term", TERMS)
def test_a_type_of_the_glossary_exists(term: str) -> None:
    assert term in CLASSES


def test_each_line_of_the_glossary_has_its_three_cells() -> None:
    lines = [
        line for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines() if line[:1] == "|"
    ]
    assert len(lines) > 50
    assert all(line.count("|") == 4 for line in lines)
