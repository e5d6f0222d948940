"""Written reports of made-up bodies for the tests: sound tables by seed, with problems, fulfilment, corrections."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from mingtang.law.annual.facts import Count
from mingtang.law.annual.narrating import narrated
from mingtang.law.annual.tables import Tables
from mingtang.law.annual.written import (
    Correction,
    Exclusion,
    Fees,
    FollowUp,
    Fulfilment,
    Included,
    Problem,
    Publication,
    Source,
    WrittenReport,
    cells_from,
)
from tests.law.annual.corpus import Model, model

COUNTS = (Count("通过统一平台主动公开信息", Decimal(1204), "条", "records/"),)


def tables_of(made: Model) -> Tables:
    """The tables of a model of the corpus."""
    return Tables(cells_from(made.norms), cells_from(made.requests), cells_from(made.disputes))


def raw(seed: int) -> WrittenReport:
    """A report without narrative."""
    rng = random.Random(seed)
    made, before = model(seed), model(seed + 1000)
    for column, left in before.requests["carried_forward"].items():
        made.requests["new"][column] += made.requests["carried_over"][column] - left
        made.requests["carried_over"][column] = left
    at = datetime(made.year + 1, 1, 20, 2, tzinfo=UTC)
    natural = Decimal(made.requests["new"]["natural"])
    government = made.government
    return WrittenReport(
        made.body, f"body-{seed}", made.year, government, 1, tables=tables_of(made),
        corrections=(
            Correction("requests", "new", "natural", natural - 1, natural, "补录窗口收到的一件。", "甲", at, seed % 2),
        ),
        exclusions=(
            Exclusion("norms", "normative_documents", "made", Decimal(2), "两个部门联合制发，各计一次", "joint"),
        ) if government else (),
        sources=(Source("norms", "licences", "decisions", "政务服务系统", "许可.xlsx", "经办人甲", at),),
        problems=(
            Problem(f"{rng.randint(2, 9)}个苏木镇的公开栏更新慢于网站", "每月抽查一次，结果在通报中写明。"),
            Problem("对不予公开的说理写得偏短", "答复送出之前由两人互校"),
        ),
        follow_ups=(
            FollowUp("目录中有失效链接", "每周自动检查", "solved", "全年检查52次，失效链接当日修复"),
            FollowUp("解读形式单一", "增加问答和图解", "partly", "新增问答，图解仍然偏少"),
        ),
        fulfilment=_fulfilment(made.year, rng.randint(3, 6)),
        fees=Fees(rng.randint(1, 5), Decimal(rng.randint(1, 400) * 10)) if seed % 3 else Fees(),
        included=tuple(Included(f"b{n}", f"第{n}局") for n in range(1, 5)) if government else (),
        earlier=tuple(
            (made.year - back, tables_of(model(seed + 1000) if back == 1 else model(seed + 2000 + back)))
            for back in range(1, 5)
        ),
        publications=(Publication(1, at),),
    )  # fmt: skip


def written(seed: int, **given: object) -> WrittenReport:
    """A whole report: no number of it is typed."""
    return narrated(replace(raw(seed), **given), COUNTS)


def _fulfilment(year: int, items: int) -> tuple[Fulfilment, ...]:
    """Items of a ledger, all done but for one task of the second, which is late."""
    return tuple(
        Fulfilment(
            "政务公开工作要点", str(n), f"第{n}方面工作", 3 + n, 3 + n - (n == 2), int(n == 2), f"ledger/{year}/{n}/"
        )
        for n in range(1, items + 1)
    )
