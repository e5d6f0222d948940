"""A judged set: documents of a made-up banner, what people ask of them, and how well each document answers.

Everything follows from `tests/data/search/topics.toml` and a fixed seed. What a document is worth to a query follows
from what the document is (the rule in force, its guide, last year's notice …), never from an engine. Topics with an
even number may be looked at while ranking is tuned; those with an odd number are kept out of it.
"""

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from math import log2
from pathlib import Path
from typing import Any

import opencc

from mingtang.search.entry import Entry
from mingtang.text import pinyin
from mingtang.text.segment import segmenter

TOPICS = Path(__file__).resolve().parents[1] / "data" / "search" / "topics.toml"
TODAY = date(2024, 7, 1)
YEARS = (2022, 2023, 2024)
PLACE = "云岭旗"
BODIES = {
    "jyj": "教育局", "wjw": "卫生健康委员会", "rsj": "人力资源和社会保障局", "mzj": "民政局", "nmj": "农牧局",
    "zrzyj": "自然资源局", "zjj": "住房和城乡建设局", "scjgj": "市场监督管理局", "ybj": "医疗保障局", "gaj": "公安局",
    "yjj": "应急管理局", "sthjj": "生态环境局", "jtj": "交通运输局",
}  # fmt: skip
SHORT = {
    "jyj": "教", "wjw": "卫健", "rsj": "人社", "mzj": "民", "nmj": "农牧", "zrzyj": "自然资", "zjj": "住建",
    "scjgj": "市监", "ybj": "医保", "gaj": "公", "yjj": "应急", "sthjj": "环", "jtj": "交",
}  # fmt: skip
SUMUS = ("白桦苏木", "青石镇", "双井镇", "哈达街道", "红柳苏木")
#: Sentences that any official text may hold.
COMMON = (
    "各单位要提高认识，明确分工，把责任落实到人。", "工作进展每月底前报送汇总，逾期未报的予以通报。",
    "要通过嘎查公开栏和政务新媒体做好宣传，及时回应群众关切。", "经办人员应当一次告知需要补正的材料。",
    "所需资金列入年度预算，专款专用，接受审计监督。", "对弄虚作假的，追回资金并依规处理。",
    "本文由发文机关负责解释。", "请结合本地实际认真贯彻执行。", "联系电话在工作日接听，也可以到窗口咨询。",
    "申请人对结果有异议的，可以在公示期内书面提出。", "各苏木镇汇总后统一上报，旗直部门做好衔接。",
    "办理情况纳入年度考核，结果在一定范围内公布。",
)  # fmt: skip
#: Subjects of the other documents of a site.
OTHERS = (
    "图书馆开放时间调整", "路灯维修养护", "机关公务用车处置", "城区行道树修剪", "第三季度安全会议", "档案移交进馆",
    "文化下乡演出安排", "水库除险加固", "自来水管网检修", "气象观测站迁建", "政府集中采购目录", "干部职工体检",
    "全民健身运动会", "志愿服务项目征集", "统计月报填报", "地名标志设置", "招商推介活动", "科普宣传周",
    "文物保护单位巡查", "河道清淤", "公共厕所改建", "农贸市场搬迁", "牧区通信基站建设", "旅游景区评定",
    "粮食库存检查", "石油天然气管道保护", "法治宣传", "办公用房清理", "退休干部慰问", "工会会员普惠",
)  # fmt: skip
PADS = (
    "现场查看了设施运行情况，对发现的问题当场交办。", "会议听取了上半年工作汇报，研究了下一步安排。",
    "活动期间注意交通和用电安全，做好秩序维护。", "施工时段为每日八时至十八时，给您带来不便请谅解。",
    "名额有限，报满为止，请相互转告。", "清单所列事项实行动态调整。", "参会人员提前十分钟入场，手机调至静音。",
    "以上安排如遇天气变化另行告知。",
)  # fmt: skip


@dataclass(frozen=True)
class Document:
    """An entry of the index with what it is: the number of its topic (-1 for none) and its role in it."""

    entry: Entry
    topic: int
    role: str
    year: int


@dataclass(frozen=True)
class Query:
    """What somebody typed, the kind of query, the topic it is of, and the grade (1–3) of each document that answers."""

    typed: str
    kind: str
    topic: int
    grades: Mapping[int, int]

    @property
    def is_kept_out(self) -> bool:
        """Whether ranking may not be tuned by it."""
        return self.topic % 2 == 1


def topics() -> list[Mapping[str, Any]]:
    """The topics in their order."""
    return tomllib.loads(TOPICS.read_text(encoding="utf-8"))["topic"]


def lexicon() -> tuple[str, ...]:
    """The site's own words."""
    return tuple(sorted({PLACE, *SUMUS, *BODIES.values(), *(PLACE + name for name in BODIES.values())}))


def synonyms() -> dict[str, tuple[str, ...]]:
    """What an office would have noted: the short, the everyday and the official name of a matter."""
    found: dict[str, tuple[str, ...]] = {}
    for topic in topics():
        group = dict.fromkeys((topic["short"], topic["also"], topic["name"]))
        for word in group:
            found[word] = tuple(other for other in group if other != word)
    return found


class Maker:
    """Makes documents, with keys from 1 on."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.made: list[Document] = []

    def add(
        self, role: str, topic: int, body: str, title: str, text: Sequence[str], genre: str, on: date, **more: Any
    ) -> None:
        """Add a document; `text` is its paragraphs, to which sentences of no matter are added."""
        key = len(self.made) + 1
        padded = [*text, *self.random.sample(COMMON, 4)]
        entry = Entry(
            key=key, title=title, number=more.get("number", ""), index_number="", body=body,
            names=(f"{PLACE}{BODIES[body]}", BODIES[body]), topic="J", genre=genre,
            validity=more.get("validity", "not_applicable"), published_on=on, year=on.year, keywords=(),
            text="\n".join(padded),
        )  # fmt: skip
        self.made.append(Document(entry, topic, role, on.year))


def number_of(topic: Mapping[str, Any], index: int, *, old: bool = False) -> str:
    """The document number of a topic's rule."""
    return f"云{SHORT[topic['body']]}发〔{2013 if old else 2021}〕{index + 1}号"


def documents(others: int = 2000, seed: int = 7) -> list[Document]:
    """Nine documents for each topic, and `others` on other matters, some of which mention a topic in passing."""
    maker = Maker(seed)
    listed = topics()
    for index, topic in enumerate(listed):
        _of_topic(maker, index, topic)
    for count in range(others):
        _on_other_matters(maker, count, listed)
    return maker.made


def _of_topic(maker: Maker, index: int, topic: Mapping[str, Any]) -> None:
    name, short, body, facts = topic["name"], topic["short"], topic["body"], topic["facts"]
    bureau, number, later = PLACE + BODIES[body], number_of(topic, index), timedelta(index)
    rule = f"{PLACE}{name}实施办法"
    articles = [f"第{n}条　{fact}" for n, fact in zip("二三四", facts, strict=True)]
    add = partial(maker.add, topic=index, body=body)
    add(
        "rule", title=rule, genre="measures", on=date(2021, 3, 1) + later, number=number, validity="valid",
        text=[f"第一条　为规范{name}工作，结合我旗实际，制定本办法。", *articles, "第五条　本办法自印发之日起施行。"],
    )  # fmt: skip
    add(
        "old", title=f"{rule}（试行）", genre="measures", on=date(2013, 4, 1) + later, validity="repealed",
        number=number_of(topic, index, old=True),
        text=[f"第一条　为做好{name}，制定本办法。", f"第二条　{short}由{bureau}组织实施。{short}对象逐年核定。",
              "第三条　本办法试行两年。"],
    )  # fmt: skip
    for year in YEARS:
        add(
            "notice", title=f"{bureau}关于做好{year}年{name}工作的通知", genre="notice", on=date(year, 2, 10) + later,
            text=[f"各苏木镇、有关单位：按照《{rule}》（{number}），现就{year}年{short}有关事项通知如下。",
                  f"一、摸清底数。{year}年{short}对象于六月底前核定。", facts[year % 3]],
        )  # fmt: skip
    add(
        "reading", title=f"《{rule}》政策解读", genre="interpretation", on=date(2021, 3, 20) + later,
        text=[f"一、出台背景。原试行办法已不能满足{short}的需要。", f"二、主要内容。{facts[1]}{facts[2]}",
              f"三、依据。{number}。"],
    )  # fmt: skip
    add(
        "guide", title=f"{name}办事指南", genre="guide", on=date(2023, 5, 8) + later,
        text=[f"办理事项：{short}（群众常说的“{topic['also']}”）。",
              f"常见问题：{topic['ask'][0]}？答：到旗政务服务中心窗口提出，{facts[0]}", f"二、注意：{facts[1]}",
              "受理条件、所需材料、办理时限和收费标准见附表。"],
    )  # fmt: skip
    add(
        "result", title=f"2023年第{index % 4 + 1}批{name}结果公示", genre="announcement", on=date(2023, 9, 4) + later,
        text=[f"经审核，现将{short}名单予以公示，公示期五个工作日。", "附件：名单。"],
    )  # fmt: skip
    add(
        "news", title=f"{bureau}召开{name}工作推进会", genre="news", on=date(2024, 3, 5) + later,
        text=[f"会议指出，{short}关系民生。与会人员就{short}交流发言。", maker.random.choice(PADS)],
    )  # fmt: skip


def _on_other_matters(maker: Maker, count: int, listed: Sequence[Mapping[str, Any]]) -> None:
    pick = maker.random
    subject, body = pick.choice(OTHERS), pick.choice(list(BODIES))
    who = pick.choice([PLACE + BODIES[body], *SUMUS])
    year = pick.choice((2018, 2019, 2020, 2021, 2022, 2023, 2024))
    form, genre = pick.choice((
        ("{who}关于{subject}的通知", "notice"), ("关于{year}年{subject}情况的公示", "announcement"),
        ("{who}{subject}实施方案", "plan"), ("{who}开展{subject}", "news"), ("{subject}申请办理须知", "guide"),
    ))  # fmt: skip
    text = [f"现就{subject}有关事项说明如下。", *pick.sample(PADS, 3)]
    if count % 3 == 0:  # a passing mention is no answer
        text.append(f"另外，{pick.choice(listed)['short']}等其他事项按原规定办理。")
    if count % 5 == 0:
        text.append(f"会前通报了{pick.choice(listed)['name']}等工作的进度。")
    on = date(year, 1, 1) + timedelta(pick.randrange(180))
    title = form.format(who=who, subject=subject, year=year)
    maker.add("other", -1, body, title, text, genre, on,
              number=f"云{SHORT[body]}办字〔{year}〕{count % 400 + 1}号" if count % 2 else "")  # fmt: skip


#: What each role is worth to kinds of query. A year is that of the query, `now` the last of `YEARS`.
ABOUT = {"rule": 3, "guide": 3, "reading": 2, "notice-now": 2, "notice": 1, "result": 1, "news": 1, "old": 1}
ASKED = {"guide": 3, "rule": 2, "reading": 2, "notice-now": 1, "notice": 1}
IN_FORCE = {"rule": 3, "reading": 2, "notice-now": 1, "notice": 1, "guide": 1, "old": 1}
NUMBERED = {"rule": 3, "reading": 1, "notice-now": 1, "notice": 1}
OF_YEAR = {"notice-then": 3, "result-then": 2, "rule": 1, "guide": 1, "notice": 0, "notice-now": 0}


def queries(made: Sequence[Document]) -> Iterator[Query]:
    """Some eight queries of different kinds for each topic."""
    traditional = opencc.OpenCC("s2t").convert
    words = segmenter(lexicon())
    for index, topic in enumerate(topics()):
        own = [document for document in made if document.topic == index]
        short, name, number = topic["short"], topic["name"], number_of(topic, index)
        asked: list[tuple[str, str, Mapping[str, int], int]] = [
            ("words", short, ABOUT, 0),
            ("everyday", topic["also"], ABOUT, 0),
            ("slip", topic["slip"], ABOUT, 0),
            ("question", topic["ask"][0], ASKED, 0),
            ("question", topic["ask"][1], ASKED, 0),
            ("number", written(number, index), NUMBERED, 0),
            ("year", f"{YEARS[index % 3]}年{short}", OF_YEAR, YEARS[index % 3]),
            ("in force", f"{name}实施办法", IN_FORCE, 0),
        ]
        syllables = pinyin.syllables_of(words.words(short))
        asked.append((
            ("pinyin", "".join(syllables), ABOUT, 0), ("initials", "".join(one[0] for one in syllables), ABOUT, 0),
            ("traditional", traditional(short), ABOUT, 0),
        )[index // 2 % 3])  # fmt: skip
        for kind, typed, worth, year in asked:
            yield Query(typed, kind, index, _grades(own, worth, year))
        yield Query(topic["odd"], "within", index, _holding(own, topic["odd"]))
        title = next(one.entry for one in own if one.role == "notice" and one.year == YEARS[(index + 1) % 3])
        yield Query(
            title.title, "title", index, _grades(own, {"rule": 1, "notice": 1, "notice-now": 1}, 0) | {title.key: 3}
        )


def written(number: str, index: int) -> str:
    """A document number as people write it."""
    left, right = ("[]", "()", "【】", "（）", "〔〕", "［］")[index % 6]
    return number.replace("〔", left).replace("〕", right)


def _grades(own: Sequence[Document], worth: Mapping[str, int], year: int) -> dict[int, int]:
    grades: dict[int, int] = {}
    for document in own:
        role = document.role
        if year and f"{role}-then" in worth and document.year == year:
            grade = worth[f"{role}-then"]
        elif document.year == YEARS[-1] and f"{role}-now" in worth:
            grade = worth[f"{role}-now"]
        else:
            grade = worth.get(role, 0)
        if grade:
            grades[document.entry.key] = grade
    return grades


def _holding(own: Sequence[Document], word: str) -> dict[int, int]:
    holding = [document for document in own if word in document.entry.text]
    return {document.entry.key: 3 if document.role == "rule" else 2 for document in holding}


def ndcg(ranked: Sequence[int], grades: Mapping[int, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain at `depth`, gain 2^grade − 1 (Järvelin and Kekäläinen, 2002)."""
    gained = sum((2 ** grades.get(key, 0) - 1) / log2(place + 1) for place, key in enumerate(ranked[:depth], 1))
    best = sorted(grades.values(), reverse=True)[:depth]
    return gained / sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(best, 1))


def reciprocal_rank(ranked: Sequence[int], grades: Mapping[int, int], good: int = 2) -> float:
    """One over the place of the first document with at least grade `good`, 0 when there is none."""
    return next((1.0 / place for place, key in enumerate(ranked, 1) if grades.get(key, 0) >= good), 0.0)
