"""The documentation is under test: what it names exists, and what exists is named."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mingtang.cli import mingtang

ROOT = Path(__file__).resolve().parents[1]
OPERATIONS = ROOT / "docs" / "operations.md"
#: Decision records tell what was thought on their day and are never edited, so they may name what is gone.
PAGES = sorted([*ROOT.glob("*.md"), *(p for p in ROOT.glob("docs/**/*.md") if "decisions" not in p.parts)])
SETTING = re.compile(r"\b(MINGTANG_[A-Z_]+|DATABASE_URL)\b")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
COMMAND = re.compile(r"(?<![\w-])mingtang((?: [a-z]+)+)\b")


def all_commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Each command that does something itself, as the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from all_commands(command, (*path, name))
        else:
            yield (*path, name)


def commands_named_in(text: str) -> set[tuple[str, ...]]:
    """Commands in code spans and code blocks; words of a command's own arguments may follow its name."""
    spans = "\n".join(CODE.findall(text))
    return {tuple(words.split()) for words in COMMAND.findall(spans)}


def is_command(words: tuple[str, ...]) -> bool:
    """Whether the words call a command or a group of commands, with or without arguments after it."""
    current: click.Command = mingtang
    for word in words:
        if not isinstance(current, click.Group):
            return True
        found = current.get_command(click.Context(current), word)
        if found is None:
            return False
        current = found
    return True


def settings_read() -> set[str]:
    """Environment variables that the product's code names."""
    sources = [p for p in ROOT.glob("src/**/*.py") if "tests" not in p.parts]
    return {name for p in sources for name in SETTING.findall(p.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    named = commands_named_in(page.read_text(encoding="utf-8"))
    assert [words for words in named if not is_command(words)] == []


def test_every_command_is_named_in_the_operations_page() -> None:
    named = commands_named_in(OPERATIONS.read_text(encoding="utf-8"))
    missing = [words for words in all_commands(mingtang) if not any(n[: len(words)] == words for n in named)]
    assert missing == []


def test_every_command_explains_itself() -> None:
    for words in all_commands(mingtang):
        command: click.Command = mingtang
        for word in words:
            assert isinstance(command, click.Group)
            found = command.get_command(click.Context(command), word)
            assert found is not None
            command = found
        assert command.help, f"mingtang {' '.join(words)} has no help text"


def test_every_setting_is_documented_and_every_documented_setting_is_read() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS.read_text(encoding="utf-8"), re.MULTILINE))
    assert documented == settings_read()


def test_every_dependency_is_justified_and_nothing_else() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    declared = {re.split(r"[\[<>=,~ ]", requirement)[0] for requirement in wanted}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z0-9-]+) \| (.+) \| (.+) \|$", page, re.MULTILINE)
    assert {name for name, _, _ in rows} == declared
    assert all(reason.strip() and licence.strip() for _, reason, licence in rows)


def test_every_declared_dependency_is_locked_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for lock, requirements in (
        ("base.lock", project["dependencies"]),
        ("dev.lock", project["dependencies"] + project["optional-dependencies"]["dev"]),
    ):
        text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
        entries = re.findall(r"^([a-z0-9-]+)==\S+(?: ;[^\\\n]*)? \\\n    --hash=sha256:", text, re.MULTILINE)
        declared = {re.split(r"[\[<>=,~ ]", requirement)[0] for requirement in requirements}
        assert declared <= set(entries)
        assert "://" not in text, "a lock file names no index and no host"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_local_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and "mailto:" not in link]
    broken = [link for link in broken if not (page.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_make_target_that_a_page_names_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    spans = "\n".join(CODE.findall(page.read_text(encoding="utf-8")))
    assert set(re.findall(r"(?<![\w-])make ([a-z]+)", spans)) <= targets
