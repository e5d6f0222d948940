"""What each kind of publication may say of people, as data: one TOML file a kind, each with its clauses.

One file: id, title, says, rules (ids of the library), allows (codes of findings that are in order here), columns
(heads of table columns that are), likely (patterns of titles by which the kind is guessed).
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mingtang.law.errors import InstrumentError, LawError
from mingtang.law.shelf import library
from mingtang.law.toml_table import TomlTable

FOLDER = Path(__file__).parent / "profiles"


class UnknownProfile(LawError):
    """No kind of publication has this name."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of publication: what it may name, which columns it may show, the clauses it rests on."""

    id: str
    title: str
    says: str
    rules: tuple[str, ...]
    allows: frozenset[str]
    columns: tuple[re.Pattern[str], ...]
    likely: tuple[re.Pattern[str], ...]

    def allows_column(self, head: str) -> bool:
        """Whether a column of this head may be shown in full."""
        return any(pattern.fullmatch(head) for pattern in self.columns)


@lru_cache(maxsize=1)
def profiles() -> dict[str, Profile]:
    """Every kind of publication by its id; InstrumentError lists the faults of all files."""
    faults: list[str] = []
    found = [_profile(file, faults) for file in sorted(FOLDER.glob("*.toml"))]
    if faults:
        raise InstrumentError(faults)
    return {one.id: one for one in found}


def profile(name: str) -> Profile:
    """The kind of publication of this id or title; UnknownProfile names those there are."""
    for one in profiles().values():
        if name in (one.id, one.title):
            return one
    known = "、".join(f"{one.id}（{one.title}）" for one in profiles().values())
    raise UnknownProfile(f"没有“{name}”这种发布类型，可用：{known}")


def likely_profile(title: str) -> Profile | None:
    """The kind that a title speaks of, None where it does not say."""
    bare = "".join(title.split())
    return next((one for one in profiles().values() if any(p.search(bare) for p in one.likely)), None)


def _profile(file: Path, faults: list[str]) -> Profile:
    reader = TomlTable(tomllib.loads(file.read_text(encoding="utf-8")), f"profiles/{file.name}", faults)
    found = Profile(
        id=reader.text("id"),
        title=reader.text("title"),
        says=reader.text("says"),
        rules=tuple(reader.words("rules")),
        allows=frozenset(reader.words("allows") if "allows" in reader.left else ()),
        columns=tuple(re.compile(word) for word in (reader.words("columns") if "columns" in reader.left else ())),
        likely=tuple(re.compile(word) for word in reader.words("likely")),
    )
    if found.id != file.stem:
        reader.fault(f"id 应与文件名相同（{file.stem}）")
    for name in found.rules:
        if name not in library().by_id:
            reader.fault(f"没有规则 {name}，请核对编号")
    reader.done()
    return found
