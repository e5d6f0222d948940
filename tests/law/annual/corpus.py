"""Sound annual reports made by seed in several styles, and plants: one error each, with the code it must be found by.

All wording and every place name here is made up for the tests.
"""

import copy
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from mingtang.law.annual.schema import APPLICANTS, OUTCOMES, REQUEST_COLUMNS, ROW_LABELS
from mingtang.law.requests import Row, Section

PLACES = ("云岭旗", "青槐县", "白桦区", "石塘县", "沙枣旗")
OFFICES = ("水务局", "卫生健康委员会", "教育体育局", "应急管理局", "农牧局")
RESULTS = tuple(row.value for row in Row)


@dataclass
class Model:
    """A report before it is written: its numbers, and its narrative as chapters of paragraphs."""

    body: str
    year: int
    government: bool
    requests: dict[str, dict[str, int]]
    disputes: dict[str, dict[str, int]]
    norms: dict[str, dict[str, int]]
    before: int
    fee: int
    style: int
    paragraphs: dict[int, list[str]] = field(default_factory=dict)
    opening: str = ""
    title: str = ""
    published: str = ""

    def total(self, row: str) -> int:
        return self.requests[row]["total"]

    def section(self, section: Section) -> int:
        return sum(self.total(row.value) for row in Row if row.section is section)

    def organisations(self) -> int:
        return self.total("new") - self.requests["new"]["natural"]


def model(seed: int) -> Model:
    """A sound report."""
    rng = random.Random(seed)
    government = seed % 2 == 0
    place = PLACES[seed % len(PLACES)]
    body = f"{place}人民政府" if government else place + OFFICES[seed // 2 % len(OFFICES)]
    requests = _requests(rng, big=government)
    made = Model(
        body, 2021 + seed % 4, government, requests, _disputes(rng), _norms(rng),
        before=rng.randint(20, 90), fee=rng.choice((0, 100, 3000, 120)), style=seed % 3,
    )  # fmt: skip
    made.title = (
        f"{body}{made.year}年政府信息公开工作年度报告" if seed % 3 else f"{made.year}年度{body}政府信息公开工作年度报告"
    )
    made.published = f"{made.year + 1}-01-{10 + seed % 20:02d}"
    made.opening = (
        f"本报告依据《中华人民共和国政府信息公开条例》编制，所列数据的统计期限自{made.year}年1月1日至"
        f"{made.year}年12月31日。"
    )
    made.paragraphs = _narrative(made, rng)
    return made


def _requests(rng: random.Random, *, big: bool) -> dict[str, dict[str, int]]:
    scale = 40 if big else 6
    rows: dict[str, dict[str, int]] = {}
    for key in RESULTS:
        often = key in ("granted", "partly_granted", "not_held")
        rows[key] = {
            who: rng.randint(2 if often and who == "natural" else 0, scale if often else 3)
            if who in ("natural", "commercial") or rng.random() < 0.1
            else 0
            for who in APPLICANTS
        }
    rows["total"] = {who: sum(rows[key][who] for key in RESULTS) for who in APPLICANTS}
    rows["carried_over"] = {who: rng.randint(0, min(2, rows["total"][who])) for who in APPLICANTS}
    rows["carried_forward"] = {who: rng.randint(0, 3) if who == "natural" else 0 for who in APPLICANTS}
    rows["new"] = {
        who: rows["total"][who] + rows["carried_forward"][who] - rows["carried_over"][who] for who in APPLICANTS
    }
    for row in rows.values():
        row["total"] = sum(row[who] for who in APPLICANTS)
    return rows


def _disputes(rng: random.Random) -> dict[str, dict[str, int]]:
    groups = {}
    for group in ("review", "direct_litigation", "litigation_after_review"):
        row = {name: rng.randint(1, 9) for name in OUTCOMES[:-1]}
        groups[group] = row | {"total": sum(row.values())}
    return groups


def _norms(rng: random.Random) -> dict[str, dict[str, int]]:
    return {
        "regulations": {"made": 0, "repealed": 0, "valid": 0},
        "normative_documents": {
            "made": rng.randint(1, 20),
            "repealed": rng.randint(1, 9),
            "valid": rng.randint(40, 200),
        },
        "licences": {"decisions": rng.randint(100, 90000)},
        "penalties": {"decisions": rng.randint(100, 9000)},
        "coercion": {"decisions": rng.randint(0, 90)},
        "charges": {"amount": rng.randint(10, 4000)},
    }


def percent(part: int, whole: int, places: int = 1) -> str:
    return str((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1).scaleb(-places)))


def _narrative(m: Model, rng: random.Random) -> dict[int, list[str]]:
    we = "全" + m.body[2] if m.government else "我局" if m.body.endswith("局") else "我委"
    chapter_1 = [
        f"{m.year}年，{we}把群众最常问的事项排在前面，新编办事指南{rng.randint(11, 60)}份，"
        "逐项写明材料、期限和收费依据。",
        f"（一）主动公开。全年通过门户网站发布信息{rng.randint(200, 9000)}条，召开新闻发布会{rng.randint(2, 9)}场，"
        f"开展在线访谈{rng.randint(2, 9)}期；主要负责人解读政策{rng.randint(2, 9)}次。",
        "（二）依申请公开。" + _requests_text(m, rng),
        f"（三）政府信息管理。制发行政规范性文件{m.norms['normative_documents']['made']}件，"
        f"废止行政规范性文件{m.norms['normative_documents']['repealed']}件。",
        f"（四）监督保障。组织培训{rng.randint(2, 6)}次，参训{rng.randint(40, 300)}人次；开展季度抽查，"
        f"下发整改通知{rng.randint(2, 9)}份，全部按期整改。",
    ]
    problems = [
        f"一年来仍有不足：部分牧区的公开栏更新慢于网站；少数答复说理偏少；"
        f"{m.year}年第三季度抽查时有{rng.randint(2, 7)}个栏目的文件没有同步解读。",
        "改进措施：把村级公开栏的更新纳入月度抽查，答复文书实行两人互校，文件与解读同日上网。",
    ]
    fee = f"全年收取信息处理费{m.fee}元。" if m.fee else f"{m.year}年没有收取信息处理费。"
    return {1: chapter_1, 2: [], 3: [], 4: [_disputes_text(m)], 5: problems, 6: [fee + "其他没有需要报告的事项。"]}


def _requests_text(m: Model, rng: random.Random) -> str:
    new, natural, legal = m.total("new"), m.requests["new"]["natural"], m.organisations()
    change = new - m.before
    way = "增长" if change >= 0 else "下降"
    if m.style == 0:
        return (
            f"全年新收政府信息公开申请{new}件，比上年{'增加' if change >= 0 else '减少'}{abs(change)}件，"
            f"{way}{percent(abs(change), m.before)}%；其中自然人申请{natural}件，占{percent(natural, new)}%，"
            f"法人或其他组织申请{legal}件，占{percent(legal, new)}%。上年结转{m.total('carried_over')}件，"
            f"办结{m.total('total')}件，结转下年度继续办理{m.total('carried_forward')}件。"
        )
    if m.style == 1:
        return (
            f"共收到政府信息公开申请{new}件（自然人{natural}件、法人或其他组织{legal}件），"
            f"加上上年结转的{m.total('carried_over')}件，全年办结{m.total('total')}件。办理结果为：予以公开{m.total('granted')}件、"
            f"部分公开{m.total('partly_granted')}件、不予公开{m.section(Section.REFUSED)}件、"
            f"无法提供{m.section(Section.CANNOT_PROVIDE)}件、不予处理{m.section(Section.NOT_PROCESSED)}件、"
            f"其他处理{m.section(Section.OTHER)}件。"
        )
    online = rng.randint(0, new)
    return (
        f"{m.year}年度收到依申请公开件共{new}件，其中网上申请{online}件、信函申请{new - online}件。"
        f"予以公开的{m.total('granted')}件，占办理结果总数的{percent(m.total('granted'), m.total('total'))}%；"
        f"无法提供{m.section(Section.CANNOT_PROVIDE)}件。"
    )


def _disputes_text(m: Model) -> str:
    review, direct, after = (m.disputes[name] for name in ("review", "direct_litigation", "litigation_after_review"))
    return (
        f"因政府信息公开被申请行政复议{review['total']}件，其中结果维持{review['upheld']}件、"
        f"结果纠正{review['corrected']}件、其他结果{review['other']}件、尚未审结{review['pending']}件。"
        f"被提起行政诉讼{direct['total'] + after['total']}件，"
        f"其中未经复议直接起诉{direct['total']}件，复议后起诉{after['total']}件。"
    )


@dataclass(frozen=True)
class Plant:
    """One error: what it is called, the finding's code it must give, and how it is put into a sound report.

    `put` changes the model and says whether the model has a place for it.
    """

    name: str
    code: str
    put: Callable[[Model, random.Random], bool]


def planted(plant: Plant, seed: int) -> Model | None:
    """The report of that seed with the error in it, or None where it has no place for it."""
    made = copy.deepcopy(model(seed))
    return made if plant.put(made, random.Random(seed * 31 + 7)) else None


HEADS = {
    1: "一、总体情况",
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
    5: "五、存在的主要问题及改进情况",
    6: "六、其他需要报告的事项",
}
ROWS_IN_ORDER = ("new", "carried_over", *RESULTS, "total", "carried_forward")
SECTION_HEADS = {
    Section.REFUSED: "（三）不予公开",
    Section.CANNOT_PROVIDE: "（四）无法提供",
    Section.NOT_PROCESSED: "（五）不予处理",
    Section.OTHER: "（六）其他处理",
}


def label(row: str) -> str:
    return ROW_LABELS[row]


__all__ = ["APPLICANTS", "REQUEST_COLUMNS", "Model", "Plant", "label", "model", "planted"]
