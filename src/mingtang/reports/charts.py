"""The geometry of a report's charts: lines over years, bars side by side; templates draw them as inline SVG.

Each chart reads without colour: every point and bar bears its number, kinds differ by pattern, and the table behind
the chart says the same. Functions of their arguments only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingtang.law.annual.cells import shown
from mingtang.law.annual.facts import MEANINGS
from mingtang.law.annual.narrative import value_of
from mingtang.law.annual.tables import Tables

#: A line chart's drawing in its own units: what lies around the field of the line is room for words.
WIDTH, HEIGHT = 320, 170
LEFT, RIGHT, TOP, BOTTOM = 34, 34, 34, 30


@dataclass(frozen=True, slots=True)
class Point:
    """A year and its number, where it stands in the drawing, and how its words stand to it."""

    label: str
    number: Decimal | None
    x: float
    y: float

    @property
    def words(self) -> str:
        """The number as it is written."""
        return "—" if self.number is None else shown(self.number)


@dataclass(frozen=True, slots=True)
class Line:
    """One number over the years. `paths` are its unbroken runs; a year without a number breaks the line."""

    title: str
    unit: str
    points: tuple[Point, ...]
    paths: tuple[str, ...]
    base: float = HEIGHT - BOTTOM

    @property
    def is_flat(self) -> bool:
        """Whether all its numbers are zero: it stands in the table and is not drawn."""
        return not any(each.number for each in self.points)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its number, its length in hundredths of the longest, its share of the whole where there is one."""

    label: str
    number: Decimal
    length: float
    share: Decimal | None = None
    path: str = ""

    @property
    def words(self) -> str:
        """The number as it is written."""
        return shown(self.number)


def line(title: str, unit: str, years: Sequence[tuple[int, Decimal | None]]) -> Line:
    """A line over years in their order; the scale begins at zero."""
    top = max((number for _, number in years if number is not None), default=Decimal(0)) or Decimal(1)
    step = (WIDTH - LEFT - RIGHT) / max(1, len(years) - 1)
    field = HEIGHT - TOP - BOTTOM
    points = tuple(
        Point(
            str(year), number, round(LEFT + at * step if len(years) > 1 else WIDTH / 2, 1),
            round(HEIGHT - BOTTOM - field * float((number or Decimal(0)) / top), 1),
        )
        for at, (year, number) in enumerate(years)
    )  # fmt: skip
    return Line(title, unit, points, _runs(points))


def _runs(points: Sequence[Point]) -> tuple[str, ...]:
    """The line's pieces as SVG paths: a missing year is not bridged."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point.number is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return tuple("M" + "L".join(f"{point.x} {point.y}" for point in run) for run in runs if len(run) > 1)


#: The lines of a trend: title, fact (`law.annual.facts`), unit.
TRENDS = (
    ("新收申请", "新收", "件"),
    ("办结", "办结", "件"),
    ("结转下年度", "结转下年", "件"),
    ("行政复议", "复议", "件"),
    ("行政诉讼", "诉讼", "件"),
    ("现行有效行政规范性文件", "文件现行有效", "件"),
)


def trends(years: Sequence[tuple[int, Tables]]) -> tuple[Line, ...]:
    """The lines over years, oldest first; a gap between years stays a gap."""
    if not years:
        return ()
    known = dict(years)
    span = range(min(known), max(known) + 1)
    return tuple(
        line(title, unit, [(year, value_of(known[year], MEANINGS[fact]) if year in known else None) for year in span])
        for title, fact, unit in TRENDS
    )


def bars(rows: Sequence[tuple[str, Decimal]], whole: Decimal | None = None) -> tuple[Bar, ...]:
    """Bars on one scale, with shares where the whole is given."""
    top = max((number for _, number in rows), default=Decimal(0)) or Decimal(1)
    return tuple(
        Bar(label, number, round(float(100 * number / top), 2), (number * 100 / whole) if whole else None)
        for label, number in rows
    )


RESULTS = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
APPLICANTS = (
    ("自然人", "natural"),
    ("商业企业", "commercial"),
    ("科研机构", "research"),
    ("社会公益组织", "welfare"),
    ("法律服务机构", "legal_service"),
    ("其他组织", "other"),
)


def results(tables: Tables) -> tuple[Bar, ...]:
    """What became of the requests that ended in the year."""
    rows = [(name, value_of(tables, MEANINGS[name]) or Decimal(0)) for name in RESULTS]
    return bars(rows, tables.request("total", "total") or None)


def applicants(tables: Tables) -> tuple[Bar, ...]:
    """Who asked in the year."""
    rows = [(label, tables.request("new", column) or Decimal(0)) for label, column in APPLICANTS]
    return bars(rows, tables.request("new", "total") or None)


@dataclass(frozen=True, slots=True)
class Side:
    """A body beside others: what it received and ended, and how much of that it granted wholly or in part."""

    name: str
    path: str
    received: Decimal
    ended: Decimal
    granted: Decimal
    disputes: Decimal
    length: float
    inner: float

    @property
    def rate(self) -> Decimal | None:
        """Granted wholly or in part, in per cent of what ended; None where nothing ended."""
        return self.granted * 100 / self.ended if self.ended else None


def sides(rows: Sequence[tuple[str, str, Tables]]) -> tuple[Side, ...]:
    """Bodies (name, path, tables) beside each other, who ended most first; one scale for all bars."""
    counted = [
        (name, path, {fact: value_of(t, MEANINGS[fact]) or Decimal(0) for fact in _BESIDE}) for name, path, t in rows
    ]
    top = max((facts["办结"] for _, _, facts in counted), default=Decimal(0)) or Decimal(1)
    made = [
        Side(
            name, path, facts["新收"], facts["办结"], facts["予以公开"] + facts["部分公开"],
            facts["复议"] + facts["诉讼"], round(float(100 * facts["办结"] / top), 2),
            round(float(100 * (facts["予以公开"] + facts["部分公开"]) / top), 2),
        )
        for name, path, facts in counted
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda side: (-side.ended, side.name)))


_BESIDE = ("新收", "办结", "予以公开", "部分公开", "复议", "诉讼")
