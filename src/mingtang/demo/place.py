"""What the demo is made of, read from `place.toml`: bodies, groups, columns, and the people with their posts."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from mingtang.bodies.models import Kind, Level, Role
from mingtang.law.documents import CREDIT_CODE_ALPHABET, credit_code_is_valid

MARK = "（演示）"


@dataclass(frozen=True)
class BodySeed:
    """A body to be: `parent` is a code, `area` a division code."""

    code: str
    name: str
    short_name: str
    kind: Kind
    level: Level
    parent: str
    area: str
    duties: str
    aliases: tuple[str, ...] = ()
    credit_code: str = ""


@dataclass(frozen=True)
class AreaSeed:
    """A division to be: `parent` is a code, "" for the county."""

    code: str
    name: str
    level: Level
    parent: str = ""


@dataclass(frozen=True)
class Post:
    """A demo person with a post: `role` in the body with the code; `account` is the role's own account to sign in."""

    name: str
    username: str
    role: Role
    body: str
    account: bool = False


@dataclass(frozen=True)
class Place:
    """Everything, in the order in which it is made."""

    name: str
    hours: str
    areas: tuple[AreaSeed, ...]
    bodies: tuple[BodySeed, ...]
    groups: tuple[dict[str, Any], ...]
    columns: tuple[dict[str, Any], ...]
    posts: tuple[Post, ...] = field(default=())


#: The department whose publisher, reviewer and approver are the demo accounts.
DEPARTMENT = "jyj"
#: One account a role: the name says that nobody is meant.
ACCOUNTS = {
    Role.OFFICE: ("甲一", "zwgk"),
    Role.PUBLISHER: ("乙二", DEPARTMENT),
    Role.REVIEWER: ("丙三", DEPARTMENT),
    Role.APPROVER: ("丁四", DEPARTMENT),
    Role.POLICY_OFFICER: ("戊五", "zwgk"),
    Role.REQUEST_HANDLER: ("己六", DEPARTMENT),
    Role.MESSAGE_HANDLER: ("庚七", DEPARTMENT),
    Role.AUDITOR: ("辛八", "qzf"),
    Role.ADMIN: ("壬九", "zwgk"),
}


@cache
def place() -> Place:
    """The demo place, read once."""
    data = tomllib.loads(Path(__file__).with_name("place.toml").read_text(encoding="utf-8"))
    areas, bodies = _county(data)
    for number, (kind, entry) in enumerate(_townships(data), start=1):
        more_areas, more_bodies = _township(kind, entry, data["area"], number)
        areas += more_areas
        bodies += more_bodies
    return Place(
        data["name"], data["hours"], tuple(areas), tuple(bodies), tuple(data["group"]), tuple(data["column"]),
        tuple(_posts(bodies)),
    )  # fmt: skip


def credit_code(number: int) -> str:
    """A well-formed unified credit code of a division that does not exist (990001)."""
    first = f"11990001MB{number:07d}"
    return next(first + last for last in CREDIT_CODE_ALPHABET if credit_code_is_valid(first + last))


def _county(data: dict[str, Any]) -> tuple[list[AreaSeed], list[BodySeed]]:
    county, name = data["area"], data["name"]
    bodies = [
        BodySeed(
            entry["code"], entry["name"], entry["short"], kind, Level.COUNTY, parent, county, entry["duties"],
            tuple(entry["aliases"]), credit_code(number),
        )
        for number, (kind, parent, entry) in enumerate(
            [
                (Kind.GOVERNMENT, "", data["government"]),
                (Kind.OFFICE, "qzf", data["office"]),
                (Kind.HEADQUARTERS, "qzf", data["headquarters"]),
            ],
            start=1,
        )
    ]  # fmt: skip
    bodies += [
        BodySeed(
            entry["code"], f"{name}{entry['short']}{MARK}", entry["short"], Kind.DEPARTMENT, Level.COUNTY, "qzf",
            county, entry["duties"], (f"旗{entry['short']}", f"{name}{entry['short']}", *entry["aliases"]),
            credit_code(10 + number),
        )
        for number, entry in enumerate(data["department"])
    ]  # fmt: skip
    return [AreaSeed(county, f"{name}{MARK}", Level.COUNTY)], bodies


def _townships(data: dict[str, Any]) -> Iterator[tuple[Kind, dict[str, Any]]]:
    for kind in (Kind.SUMU, Kind.TOWN, Kind.SUBDISTRICT):
        yield from ((kind, entry) for entry in data[kind.value])


def _township(kind: Kind, entry: dict[str, Any], county: str, number: int) -> tuple[list[AreaSeed], list[BodySeed]]:
    short, area = entry["short"], f"{county}{100 + number}"
    tail = "办事处" if kind is Kind.SUBDISTRICT else "人民政府"
    areas = [AreaSeed(area, f"{short}{MARK}", Level.TOWNSHIP, county)]
    bodies = [
        BodySeed(
            entry["code"], f"{short}{tail}{MARK}", short, kind, Level.TOWNSHIP, "qzf", area,
            f"演示数据：负责{short}的公共服务、公共管理和公共安全。", (f"{short}{tail}",), credit_code(50 + number),
        )
    ]  # fmt: skip
    for at, village in enumerate(entry["villages"], start=1):
        own = f"{area}{200 + at}"
        areas.append(AreaSeed(own, f"{village}{MARK}", Level.VILLAGE, area))
        bodies.append(
            BodySeed(
                f"{entry['code']}-{at}", f"{short}{village}{MARK}", village,
                Kind.COMMUNITY if village.endswith("社区") else Kind.VILLAGE, Level.VILLAGE, entry["code"], own,
                f"演示数据：{village}的村务公开和便民服务点。",
            )
        )  # fmt: skip
    return areas, bodies


def _posts(bodies: list[BodySeed]) -> Iterator[Post]:
    for role, (name, body) in ACCOUNTS.items():
        yield Post(f"{name}{MARK}", f"demo-{role.value.replace('_', '-')}", role, body, account=True)
    for number, body in enumerate(bodies, start=1):
        if body.code != DEPARTMENT and body.level != Level.VILLAGE:
            yield Post(f"{body.short_name}联络员{number}{MARK}", f"demo-{body.code}", Role.PUBLISHER, body.code)
