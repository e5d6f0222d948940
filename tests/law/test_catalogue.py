"""`docs/rules.md` lists every rule and says which no public page has confirmed yet."""

from pathlib import Path

from mingtang import law
from mingtang.law.catalogue import catalogue, main

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == catalogue(law.library()), "run `make rules`"


def test_unconfirmed_rules_are_named_first() -> None:
    unconfirmed = PAGE.read_text(encoding="utf-8").partition("## 待核")[2].partition("\n## ")[0]
    named = {line.split("`")[1] for line in unconfirmed.splitlines() if line.startswith("- ")}
    assert named == {rule.id for rule in law.library().by_id.values() if not rule.is_checked}


def test_it_is_written_where_asked(tmp_path: Path) -> None:
    main([str(tmp_path / "rules.md")])
    assert (tmp_path / "rules.md").read_text(encoding="utf-8") == catalogue(law.library())
