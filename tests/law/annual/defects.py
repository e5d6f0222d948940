"""Errors in the shape of a report: rows, tables and cells missing or unreadable, chapters; and pairs of reports."""

import copy
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from mingtang.cli.report_reading import check_files
from tests.law.annual.corpus import Model, model
from tests.law.annual.writing import html


def _line(page: str, words: str) -> str:
    return next(line for line in page.splitlines() if words in line and "<td" in line)


def _cell(page: str, words: str, text: str) -> str:
    """The page with the last cell but one of a row replaced."""
    line = _line(page, words)
    cells = line.split("<td")
    cells[-2] = f" colspan='1' rowspan='1'>{text}</td>"
    return page.replace(line, "<td".join(cells))


def _without_table(page: str, number: int) -> str:
    tables = list(re.finditer(r"<table.*?</table>", page, re.DOTALL))
    return page[: tables[number].start()] + page[tables[number].end() :]


def _swapped(page: str) -> str:
    """The last two chapters in the wrong order."""
    at, end = page.index("<p><b>五、"), page.index("<p><b>六、")
    tail = page.index("</body>")
    return page[:at] + page[end:tail] + page[at:end] + page[tail:]


_EMPTY_TALK = (
    "我们坚持统一思想、提高认识，切实增强做好工作的责任感和使命感，不断推动各项要求落地见效，努力开创新局面。" * 8
)


def _formulas(page: str) -> str:
    at, end = page.index("<p><b>一、"), page.index("<p><b>二、")
    page = page[:at] + f"<p><b>一、总体情况</b></p><p>{_EMPTY_TALK}</p>" + page[end:]
    at, end = page.index("<p><b>五、"), page.index("<p><b>六、")
    return page[:at] + "<p><b>五、存在的主要问题及改进情况</b></p><p>认识还需提高，今后继续努力。</p>" + page[end:]


def _without_problems(page: str) -> str:
    at, end = page.index("<p><b>五、"), page.index("<p><b>六、")
    return page[:at] + "<p><b>五、存在的主要问题及改进情况</b></p><p>无。</p>" + page[end:]


def _brief(page: str) -> str:
    at, end = page.index("<p><b>一、"), page.index("<p><b>二、")
    page = page[:at] + "<p><b>一、总体情况</b></p><p>一切正常。</p>" + page[end:]
    at, end = page.index("<p><b>五、"), page.index("<p><b>六、")
    return page[:at] + "<p><b>五、存在的主要问题及改进情况</b></p><p>公开栏更新慢。</p>" + page[end:]


SHAPES: tuple[tuple[str, Callable[[str], str]], ...] = (
    *(("missing_row", lambda page, words=words: page.replace(_line(page, words), ""))
      for words in ("1.信访举报投诉", "3.要求提供公开出版物", "2.重复申请", "7.属于行政执法案卷", "四、结转下年度")),
    *(("missing_table", lambda page, number=number: _without_table(page, number)) for number in (0, 1, 2)),
    *(("unreadable", lambda page, text=text: _cell(page, "2.重复申请", text))
      for text in ("见附件", "约5", "×", "12+3")),
    *(("negative", lambda page, text=text: _cell(page, "2.重复申请", text)) for text in ("-3", "1.5")),
    ("empty_chapter", _without_problems),
    ("chapter_order", _swapped), ("perfunctory", _formulas), ("short", _brief),
)  # fmt: skip
#: What one of these brings with it.
BESIDE = {"missing_row", "column_total", "row_total", "identity", "text_vs_table", "text_share", "text_growth",
          "text_sum", "unreadable", "negative", "missing_table", "short", "perfunctory",
          "empty_chapter"}  # fmt: skip


def two_years(seed: int) -> tuple[Model, Model]:
    """Sound reports of one body about two years that follow each other."""
    before, now = model(seed), model(seed)
    now.year = before.year + 1
    now.title = before.title.replace(str(before.year), str(now.year))
    now.opening = before.opening.replace(str(before.year), str(now.year))
    for column, left in before.requests["carried_forward"].items():
        old = now.requests["carried_over"][column]
        now.requests["carried_over"][column] = left
        now.requests["new"][column] += old - left
    for row in now.norms.values():
        if "valid" in row:
            row["valid"] += row["made"] - row["repealed"]
    now.paragraphs = {n: [] for n in range(1, 7)}
    return before, now


def _carried(now: Model) -> None:
    now.requests["carried_over"]["natural"] += 1


def _stock(now: Model) -> None:
    now.norms["normative_documents"]["valid"] += 4


def _regulations(now: Model) -> None:
    now.norms["regulations"]["valid"] += 1


def _copied(before: Model, now: Model) -> None:
    now.paragraphs = copy.deepcopy(before.paragraphs)


def pairs() -> Iterator[tuple[str, Model, Model]]:
    """Two reports between which something does not hold, with the check; "" where all is well."""
    for seed in (24, 25, 26):
        yield "", *two_years(seed)
        for code, spoil in (("carry_over", _carried), ("stock", _stock), ("stock", _regulations)):
            before, now = two_years(seed)
            spoil(now)
            yield code, before, now
        before, now = two_years(seed)
        _copied(before, now)
        yield "similar", before, now
    for seed in (31, 32, 33, 34):
        one, other = model(seed), model(seed)
        other.body = "柳河县" + one.body[3:]
        other.title = one.title.replace(one.body, other.body)
        other.paragraphs = {
            number: [text.replace("我局", "本单位").replace("群众", "公众") for text in texts]
            for number, texts in one.paragraphs.items()
        }
        yield "similar", one, other
    for seed in (35, 36):
        one, other = model(seed), model(seed)
        other.body = "柳河县应急管理局"
        other.title = one.title.replace(one.body, other.body)
        other.paragraphs = {**one.paragraphs, 1: [*one.paragraphs[1], f"{one.body}全年没有收到申请。"]}
        yield "other_body", one, other


def told_across(one: Model, other: Model) -> set[str]:
    """The checks that name something between two reports."""
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder) / name) for name in ("a.html", "b.html")]
        for file, made in zip(files, (one, other), strict=True):
            Path(file).write_bytes(html(made))
        return {each.finding.code for each in check_files(files).across}
