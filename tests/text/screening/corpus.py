"""Our own corpus: findings planted in sentences of many forms, and look-alikes of each; precision and recall per check.

All numbers are computed here and belong to nobody. The patterns were built with these kinds of sentences in mind: the
corpus guards, it does not estimate. `python -m benchmarks.screening_corpus` prints the table.
"""

import random
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mingtang.text import document_from_text
from mingtang.text.document import Composer, Document
from mingtang.text.screening import Finding, screen
from tests.text.screening.making import card, full_width, identity_number, mobile

SECRET_CODES = frozenset(
    {
        "id_number",
        "passport",
        "phone",
        "bank_card",
        "email",
        "messaging",
        "plate",
        "address",
        "person",
        "private_column",
    }
    | {"secrecy_mark", "internal_mark"}
)
_AREAS = ("110101", "150121", "320102", "440305", "510104", "650102")


@dataclass(frozen=True)
class Case:
    """A document, and the code that must be found in it; None for a look-alike, in which nothing of secrecy may be."""

    document: Document
    code: str | None
    what: str


def _spread(templates: Iterable[str], values: Iterable[str]) -> Iterator[str]:
    given = list(values)
    for number, template in enumerate(templates):
        for offset in range(2):
            yield template.format(given[(number * 2 + offset) % len(given)])


def _identity_numbers() -> Iterator[str]:
    for seed in range(24):
        number = identity_number(seed, _AREAS[seed % 6])
        yield number
        yield (full_width(number), f"{number[:6]} {number[6:14]} {number[14:]}", number.lower())[seed % 3]


def _cards() -> Iterator[str]:
    for seed in range(16):
        number = card(seed, 16 if seed % 3 == 0 else 19)
        yield number if seed % 2 else " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def _mobiles() -> Iterator[str]:
    for seed in range(24):
        number = mobile(seed)
        yield (
            number,
            f"{number[:3]}-{number[3:7]}-{number[7:]}",
            f"{number[:3]} {number[3:7]} {number[7:]}",
            full_width(number),
        )[seed % 4]


def _names() -> Iterator[str]:
    rng = random.Random(5)
    for _ in range(60):
        yield rng.choice("王李张刘陈杨赵吴周徐孙朱胡郭林罗梁宋唐许韩冯邓曹彭") + rng.choice(
            ["小明", "建国", "丽", "志强", "桂芳", "海燕", "磊", "秀英", "晓红", "子轩"]
        )


def _addresses_of_mail() -> Iterator[str]:
    for name in ("zhang.san88", "lisi_2000", "w1234567"):
        for host in ("qq.com", "163.com", "126.com", "sina.com", "gmail.com", "139.com"):
            yield f"{name}@{host}"


def _plates() -> Iterator[str]:
    rng = random.Random(6)
    for number in range(24):
        head = rng.choice("京津蒙冀晋辽吉黑沪苏浙皖鲁豫") + rng.choice("ABCDEFGH")
        yield (
            head + rng.choice(["", "·", " "]) + f"{rng.randint(10000, 99999)}"
            if number % 3
            else f"{head}D{rng.randint(10000, 99999)}"
        )


def _addresses() -> Iterator[str]:
    rng = random.Random(8)
    for number in range(24):
        a, b, c, d = rng.randint(1, 30), rng.randint(1, 6), rng.randint(1, 18), rng.randint(1, 4)
        yield (
            f"桂花小区{a}号楼{b}单元{c}0{d}室",
            f"幸福花园{a}栋{b}单元{c}0{d}",
            f"红旗嘎查{b}组{a}号",
            f"东风路{a}号院{b}号楼{c}0{d}室",
            f"柳树村{b}队{a}号",
            f"阳光家园{a}-{b}-{c}0{d}",
        )[number % 6]


_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_COMPUTED = {
    "id_number": _identity_numbers,
    "phone": _mobiles,
    "bank_card": _cards,
    "email": _addresses_of_mail,
    "plate": _plates,
    "address": _addresses,
    "person": _names,
}
_NEUTRAL = ("各苏木镇要按时公布补贴发放情况。", "会议研究了下一步工作。", "请认真贯彻执行。")


def planted() -> Iterator[Case]:
    """Sentences with something that must be found, and lists whose columns must be."""
    rng = random.Random(3)
    for code, row in _DATA["planted"].items():
        templates, given = row["templates"], row.get("values") or list(_COMPUTED[code]())
        texts = (
            list(_spread(templates, given))
            if len(given) > 30 or len(templates) > 5
            else [t.format(v) for t in templates for v in given]
        )
        for text in texts:
            around = "" if "\n" in text else rng.choice(_NEUTRAL)
            yield Case(document_from_text(f"{around}\n{text}" if around else text), code, text)
    heads = (
        "身份证号",
        "公民身份号码",
        "证件号码",
        "银行卡号",
        "一卡通账号",
        "联系电话",
        "手机号",
        "联系方式",
        "家庭住址",
        "详细地址",
        "病情",
        "残疾类别",
    )
    for number, head in enumerate(heads):
        yield Case(_listed(("姓名", head, "金额"), number, head), "private_column", head)
    for number, head in enumerate(("备注", "号码", "信息", "其他")):
        yield Case(_listed(("序号", head, "金额"), number, "手机号"), "private_column", f"无表头提示：{head}")
    for number in range(6):
        yield Case(_summed(number, wrong=True), "table_sum", "合计不等")


def _listed(heads: tuple[str, ...], seed: int, kind: str) -> Document:
    def value(row: int) -> str:
        number = seed * 10 + row
        if "住址" in kind or "地址" in kind:
            return f"红旗村{row + 1}组{number + 1}号"
        if "病" in kind or "残疾" in kind:
            return "肢体二级"
        if "卡" in kind or "账" in kind:
            return card(number)
        return identity_number(number) if "证" in kind or "身份" in kind else mobile(number)

    composer = Composer()
    composer.paragraph("发放名单如下。")
    composer.table([list(heads), *([f"某{row}", value(row), str(300 + row)] for row in range(5))])
    return composer.document("xlsx")


def _summed(seed: int, *, wrong: bool) -> Document:
    rng = random.Random(seed)
    values = [rng.randint(100, 900) for _ in range(5)]
    composer = Composer()
    total = sum(values) + (10 if wrong else 0)
    composer.table(
        [
            ["村", "户数", "金额"],
            *([f"第{n}村", str(n + 3), str(v)] for n, v in enumerate(values)),
            ["合计", "25", str(total)],
        ]
    )
    return composer.document("xlsx")


def look_alikes() -> Iterator[Case]:
    """Sentences and tables in which nothing of secrecy may be found."""
    number = identity_number(9)
    for text in _DATA["look_alikes"]:
        for n in (10, 24, 37, 56, 63, 81) if "{" in text else (0, 1, 2):
            filled = text.format(n=n, code="11150121011744301F", head=number[:6], tail=number[14:])
            shown = (
                filled
                if "{" in text or n == 0
                else (_NEUTRAL[n % 3] + filled if n == 1 else f"一、工作要求\n{filled}\n请遵照执行。")
            )
            yield Case(document_from_text(shown), None, filled)
    for seed in range(6):
        yield Case(_summed(seed, wrong=False), None, "合计相等")
        composer = Composer()
        composer.table(
            [["科室", "负责人", "办公电话"], *([f"第{n}科", "某某", f"0483-82212{seed}{n}"] for n in range(4))]
        )
        yield Case(composer.document("xlsx"), None, "办公电话表")


@dataclass(frozen=True)
class Score:
    """Of one check: planted, found of these, and found where nothing of the kind was planted."""

    planted: int
    found: int
    false: int

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false) if self.found + self.false else 1.0


def measured() -> tuple[dict[str, Score], list[str]]:
    """The score of each check, and a line for each miss and each false alarm."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    odd: list[str] = []
    for case in (*planted(), *look_alikes()):
        found = screen(case.document)
        if case.code is not None:
            counts[case.code][0] += 1
            hit = any(each.code == case.code for each in found)
            counts[case.code][1] += hit
            if not hit:
                odd.append(f"missed {case.code}: {case.what}")
        for each in _beside(case, found):
            counts[each.code][2] += 1
            odd.append(f"false {each.code}: {case.what}")
    return {code: Score(*numbers) for code, numbers in sorted(counts.items())}, odd


def _beside(case: Case, found: list[Finding]) -> Iterator[Finding]:
    """Findings of secrecy where none was planted; a list's cells are found besides its column."""
    for each in found:
        secret = each.gate == "secrecy" and each.code != case.code and case.code != "private_column"
        if secret or (case.code is None and each.severity == "warn"):
            yield each
