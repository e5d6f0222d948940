"""The planted errors: for every check several ways to err, each put into sound reports of several styles."""

import random
import re
from collections.abc import Callable, Iterator

from mingtang.law.annual.schema import APPLICANTS
from tests.law.annual.corpus import RESULTS, Model, Plant, planted

#: Seeds of the reports that plants are put into: every style, governments and departments.
SEEDS = tuple(range(100, 112))


def _in_text(chapter: int, pattern: str, change: Callable[[re.Match[str], random.Random], str]):
    """Change the first place of a chapter where `pattern` stands."""

    def put(m: Model, rng: random.Random) -> bool:
        for index, text in enumerate(m.paragraphs[chapter]):
            match = re.search(pattern, text)
            if match:
                m.paragraphs[chapter][index] = text[: match.start()] + change(match, rng) + text[match.end() :]
                return True
        return False

    return put


def _other(number: str, rng: random.Random) -> str:
    """Another number that does not look far off."""
    return str(int(number) + rng.choice((1, 2, 10, 11)))


def _number(chapter: int, before: str, after: str = "件"):
    """A wrong number between two words."""
    return _in_text(
        chapter, rf"({before})(\d+)({after})", lambda m, rng: m.group(1) + _other(m.group(2), rng) + m.group(3)
    )


def _cell(row: str, column: str, by: int = 1):
    def put(m: Model, rng: random.Random) -> bool:
        m.requests[row][column] += by
        return True

    return put


def _balanced_row(row: str):
    """A row that adds up but breaks the columns."""

    def put(m: Model, rng: random.Random) -> bool:
        m.requests[row]["natural"] += 3
        m.requests[row]["total"] += 3
        return True

    return put


def _dispute(group: str, outcome: str):
    def put(m: Model, rng: random.Random) -> bool:
        m.disputes[group][outcome] += 1
        return True

    return put


def _drop_chapter(number: int):
    def put(m: Model, rng: random.Random) -> bool:
        del m.paragraphs[number]
        return True

    return put


def _empty_chapter(number: int):
    def put(m: Model, rng: random.Random) -> bool:
        m.paragraphs[number] = []
        return True

    return put


def _say(chapter: int, sentence: Callable[[Model], str]):
    def put(m: Model, rng: random.Random) -> bool:
        m.paragraphs[chapter].append(sentence(m))
        return True

    return put


def _opening(change: Callable[[Model], str]):
    def put(m: Model, rng: random.Random) -> bool:
        m.opening = change(m)
        return True

    return put


def _late(m: Model, rng: random.Random) -> bool:
    m.published = f"{m.year + 1}-04-0{rng.randint(1, 9)}" if m.government else f"{m.year + 1}-02-1{rng.randint(0, 9)}"
    return True


def _denied(m: Model, rng: random.Random) -> bool:
    m.paragraphs[4] = ["本年度没有发生因政府信息公开引起的行政复议。"]
    return True


def _share(before: str):
    return _in_text(
        1,
        rf"({before}\d+件，占)(\d+)(\.\d+%)",
        lambda m, rng: m.group(1) + str((int(m.group(2)) + 7) % 100) + m.group(3),
    )


def _with_growth(m: Model, wrong: int) -> str:
    now = 100 + m.year % 7
    return f"全年收到依申请公开申请{m.total('new')}件。受理群众电话问询{now}次，比上年增加20次，增长{wrong}%。"


PLANTS: tuple[Plant, ...] = (
    Plant("结转下年多一", "identity", _cell("carried_forward", "natural")),
    Plant("新收行成对错", "identity", _balanced_row("new")),
    Plant("上年结转成对错", "identity", _balanced_row("carried_over")),
    Plant("行总计错", "row_total", _cell("not_held", "total")),
    Plant("行内某格错", "row_total", _cell("petition", "commercial", 2)),
    Plant("新收总计错", "row_total", _cell("new", "total", 10)),
    *(Plant(f"列合计错：{row}", "column_total", _balanced_row(row)) for row in ("granted", "third_party", "other")),
    Plant("总计行错", "column_total", _balanced_row("total")),
    *(
        Plant(f"表三合计错：{group}/{outcome}", "group_total", _dispute(group, outcome))
        for group, outcome in (
            ("review", "upheld"), ("direct_litigation", "total"), ("litigation_after_review", "pending"),
        )
    ),
    Plant("正文新收错", "text_vs_table", _number(1, "(?:新收|收到)政府信息公开申请")),
    Plant("正文自然人错", "text_vs_table", _number(1, "自然人(?:申请)?")),
    Plant("正文法人错", "text_vs_table", _number(1, "法人或其他组织(?:申请)?")),
    Plant("正文办结错", "text_vs_table", _number(1, "办结")),
    Plant("正文结转错", "text_vs_table", _number(1, "结转下年度继续办理")),
    Plant("正文上年结转错", "text_vs_table", _number(1, "上年结转(?:的)?")),
    Plant("正文予以公开错", "text_vs_table", _number(1, "(?<!不)予以公开(?:的)?")),
    Plant("正文部分公开错", "text_vs_table", _number(1, "部分公开")),
    Plant("正文不予公开错", "text_vs_table", _number(1, "不予公开")),
    Plant("正文无法提供错", "text_vs_table", _number(1, "无法提供")),
    Plant("正文不予处理错", "text_vs_table", _number(1, "不予处理")),
    Plant("正文其他处理错", "text_vs_table", _number(1, "其他处理")),
    Plant("正文复议错", "text_vs_table", _number(4, "申请行政复议")),
    Plant("正文维持错", "text_vs_table", _number(4, "结果维持")),
    Plant("正文尚未审结错", "text_vs_table", _number(4, "尚未审结")),
    Plant("正文诉讼错", "text_vs_table", _number(4, "提起行政诉讼")),
    Plant("正文直接起诉错", "text_vs_table", _number(4, "直接起诉")),
    Plant("正文复议后起诉错", "text_vs_table", _number(4, "复议后起诉")),
    Plant("制发文件错", "text_vs_table", _number(1, "制发行政规范性文件")),
    Plant("废止文件错", "text_vs_table", _number(1, "废止行政规范性文件")),
    Plant("否认复议", "text_vs_table", _denied),
    Plant("渠道分项多", "text_sum", _number(1, "信函申请")),
    Plant("复议分项多", "text_sum", _number(4, "结果纠正")),
    Plant("起诉分项多", "text_sum", _number(4, "复议后起诉")),
    Plant("占比错：自然人", "text_share", _share("自然人申请")),
    Plant("占比错：法人", "text_share", _share("法人或其他组织申请")),
    Plant("占比错：予以公开", "text_share", _in_text(
        1, r"(占办理结果总数的)(\d+)(\.\d%)",
        lambda m, rng: m.group(1) + str((int(m.group(2)) + 9) % 100) + m.group(3))),
    Plant("增幅错", "text_growth", _in_text(
        1, r"((?:增长|下降))(\d+)(\.\d%)", lambda m, rng: m.group(1) + str(int(m.group(2)) + 6) + m.group(3))),
    Plant("增减方向错", "text_growth", _in_text(
        1, r"件，(增长|下降)(\d+\.\d%)",
        lambda m, rng: "件，" + ("下降" if m.group(1) == "增长" else "增长") + m.group(2))),
    Plant("费用不合标准", "fee", _in_text(
        6, "(全年收取信息处理费|没有收取信息处理费)[^。]*", lambda m, rng: "全年收取信息处理费1234元")),
    Plant("收费单位错", "unit", _say(1, lambda m: f"行政事业性收费{m.norms['charges']['amount']}元，均公示标准。")),
    Plant("收费数错", "text_vs_table", _say(1, lambda m: f"行政事业性收费{m.norms['charges']['amount'] + 9}万元。")),
    Plant("上年年份", "year_slip", _say(1, lambda m: f"{m.year - 1}年，我们逐村走访，问群众最想看什么。")),
    Plant("统计期限错", "year_slip", _opening(lambda m: m.opening.replace(f"{m.year}年12", f"{m.year - 1}年12"))),
    Plant("没有的日子", "date", _say(5, lambda m: f"{m.year}年11月31日已组织复查。")),
    Plant("他处名称", "other_body", _opening(
        lambda m: "现将枫林县水利局政府信息公开工作年度报告公布如下。" + m.opening)),
    Plant("他处主语", "other_body", _say(1, lambda m: "枫林县认真落实上述要求。")),
    *(Plant(f"缺第{n}部分", "missing_chapter", _drop_chapter(n)) for n in (1, 5, 6)),
    *(Plant(f"第{n}部分空白", "empty_chapter", _empty_chapter(n)) for n in (1, 5, 6)),
    Plant("公布过晚", "late", _late),
)  # fmt: skip

#: What follows of itself from an error of each kind, and is no false alarm beside it.
FOLLOWS: dict[str, set[str]] = {
    "identity": {"column_total", "row_total", "text_vs_table", "text_share", "text_growth", "text_sum"},
    "row_total": {"column_total", "identity", "text_vs_table", "text_share", "text_growth", "text_sum"},
    "column_total": {"identity", "text_vs_table", "text_share"},
    "group_total": {"text_vs_table", "text_sum"},
    "text_vs_table": {"text_sum", "text_share", "text_growth"},
    "text_sum": {"text_vs_table", "text_share", "text_growth"},
    "text_share": set(),
    "text_growth": set(),
    "missing_chapter": {"missing_table", "short", "perfunctory"},
    "empty_chapter": {"short", "perfunctory"},
    "unit": set(),
}


def cases() -> Iterator[tuple[Plant, int, Model]]:
    """Every plant in every report that has a place for it, at most four times."""
    for plant in PLANTS:
        found = 0
        for seed in SEEDS:
            made = planted(plant, seed)
            if made is not None and found < 4:
                found += 1
                yield plant, seed, made


__all__ = ["APPLICANTS", "FOLLOWS", "PLANTS", "RESULTS", "cases"]
