"""How often or how many: the quotas that official Chinese sets (至少开展2次, 不少于5件, 以访谈形式开展1次)."""

import re
from dataclasses import replace

from mingtang.text.cleaning import fold
from mingtang.text.deadlines import quoted_hidden
from mingtang.text.draft import Quota
from mingtang.text.numerals import to_int

_COUNT = r"(?P<count>\d{1,4}|[一二两三四五六七八九十]{1,3})"
_UNIT = r"(?P<unit>场次|人次|场|次|件|期|篇|条|轮|批|个|项|份|部|遍|例|幅|家|节|堂|档)"
_FLOOR = r"(?:至少|不少于|不得少于|不低于|不得低于|最少|力争|原则上不少于)"
_ACT = (
    r"(?:开展|举办|召开|组织|组织开展|进行|发布|解读|制作|举行|听取|安排|参加|完成|公开|推出|报送|上报|培训|检查|通报|研究|"
    r"编发|更新|开设|邀请|接受|主持|策划|印发|抽查|自查|巡查|维护|调度|督查|督导|测评|评估|演练|宣传|讨论|学习|讲解|刊发|清理|梳理|实施)"
)
_QUOTA = re.compile(
    rf"(?P<floor>{_FLOOR})?(?P<act>{_ACT})?(?P<floor2>{_FLOOR})?(?:以上)?{_COUNT}\s?(?:个)?{_UNIT}(?P<more>以上|及以上)?"
)
_ORDINAL = re.compile(r"第\s?$|[二再多首历某]\s?$|\d[.,]$|[第〔\[]$|[年月日]$")
#: What counts as one thing, not as a count: 一次性, 二次解读, 一个月, 一批又一批
_NOT_A_COUNT = re.compile(
    r"性|元|方面|月|人员|环节|阶段|又|解读(?=、|,|。|和)|分析|开发|利用|供水|创业|季度|工作日|小时|领域|标准|地方|百分|平台|渠道|专栏|维度|层面|以内|公里"
)
#: acts that are also the name of what is counted (业务培训2次)
_NOUN_ACTS = frozenset(
    [
        "解读",
        "培训",
        "检查",
        "演练",
        "宣传",
        "评估",
        "测评",
        "抽查",
        "自查",
        "督查",
        "讲解",
        "学习",
        "巡查",
        "通报",
        "督导",
    ]
)
_FORM_BY = re.compile(
    r"(?:以|通过|采用|采取|用)?(?P<form>[^,，、;；。:：以用]{1,14}?)(?:的)?(?:形式|方式)(?:的)?(?:政策)?(?:解读)?\s?$"
)
_PERIOD = re.compile(
    r"每(?:个|一)?(?P<every>半年|季度|季|月|周|年度|年|日|天|学期|两个月)|(?P<year>全年|年内|年度|每年|\d{4}年|本年|今年)|(?P<half>[上下]半年)"
)
_PERIOD_NAMES = {
    "半年": "half_year",
    "季度": "quarter",
    "季": "quarter",
    "月": "month",
    "周": "week",
    "日": "day",
    "天": "day",
    "学期": "term",
    "两个月": "two_months",
}
_BREAKS = "，,；;。：:、"
_LEADING = re.compile(
    r"^(?:并|且|要|应当|应|须|需|必须|各自|分别|均|都|累计|总共|共|全年|年内|每年|每季度|每月|每半年|每周|至少|不少于|原则上|力争|组织|开展|举办|召开|进行|制作|完成|推出|安排|"
    r"其中|\d{4}年|政策解读至少|将)+"
)


#: everything up to the words of time, which a subject stands before (县政府各部门全年…)
_TO_TIME = re.compile(r"^.*(?:全年|年内|每[一两个]{0,2}(?:半年|季度|年度|学期|[年月周日天季])|原则上|各自|分别)")


def find_quotas(text: str) -> tuple[Quota, ...]:
    """The quotas in a sentence; each form of an enumeration is its own.

    A count makes a quota when it is a floor (至少, 不少于, 以上) or the number of times of an act (开展1次). The period
    is the nearest one named before it, else the year.
    """
    hidden = quoted_hidden(fold(text))
    found: list[Quota] = []
    for match in _QUOTA.finditer(hidden):
        if not _counts(match, hidden):
            continue
        count = to_int(match.group("count"))
        if count is None or count > 5000:
            continue
        start, end = _piece(hidden, match)
        form, phrase_end = _form(text, hidden, match, start, end)
        found.append(
            Quota(
                form=noun_form(form, text[:start]),
                at_least=count,
                unit=match.group("unit"),
                period=_period(hidden, match.start()),
                text=text[start:phrase_end].strip(" ，,；;。、"),
            )
        )
        found[-1:] = _each(found[-1], hidden, match, text)
    return tuple(found)


_EACH = re.compile(r"(?P<forms>[^,，;；。:：]{2,40})(?:分别|各)(?:至少|不少于|不得少于|不低于|开展|举办|完成){0,2}$")


def _each(quota: Quota, hidden: str, match: re.Match[str], text: str) -> list[Quota]:
    """One quota for each form where a count holds for several: 访谈、视频各不少于1次."""
    before = hidden[: match.start("count")]
    each = _EACH.search(before)
    if each is None:
        return [quota]
    forms = _EACH_FORMS.sub("", text[each.start("forms") : each.end("forms")])
    names = [name.strip() for name in re.split(r"[、和及]|以及", forms) if name.strip()]
    if len(names) < 2 or any(len(name) > 12 for name in names):
        return [replace(quota, form=re.sub(r"各$", "", quota.form) or quota.form)]
    return [replace(quota, form=noun_form(name, ""), text=text[each.start("forms") : match.end()]) for name in names]


_EACH_FORMS = re.compile(
    r"^.*(?:全年|年内|每年|每季度|每月|每半年|组织|开展|举办|通过|采用|采取|以|其中|至少|进行|制作)|(?:形式|方式|等)+$"
)
_BARE_ACTS = re.compile(r"^(?:出版|编印|编发|印发|刊发|发布|开展|举办|组织|召开|进行|报送|制作|推出|刊登|编辑)$")
_LEADS_IN = re.compile(r"^(?:带头|亲自|主动|积极|定期|集中|组织|开展|及时|认真)+(?=[一-鿿]{4,})")
_ACT_AND_OBJECT = re.compile(
    r"^(?P<act>解读|培训|检查|研究|督查|维护|测评|评估|抽查|自查|巡查|调度|宣传|调研|更新|清理)(?P<object>[一-鿿“”]{2,14})$"
)
_HELD = re.compile(
    r"^(?:参加|出席|举办|召开|听取|举行|发布|制作|报送|接受|安排|推出|编发|编印|刊发|出版|邀请|组织|开展|进行|做好|办好|加强)"
    r"(?=[一-鿿“”]{2,}$)"
)


def noun_form(form: str, before: str) -> str:
    """What is counted as a noun: 带头解读政策 → 政策解读; 参加新闻发布会 → 新闻发布会.

    A bare act takes its object from the clause before it: 办好政府公报，每年出版 → 政府公报.
    """
    bare = _LEADS_IN.sub("", form)
    if _BARE_ACTS.match(bare):
        clause = re.search(r"(?:^|[，,；;。])([一-鿿“”]{3,14})[，,]$", before)
        named = _HELD.sub("", clause.group(1)) if clause else ""
        return named if clause and named != clause.group(1) else bare
    act = _ACT_AND_OBJECT.match(bare)
    if act and not act.group("object").endswith(("会", "班", "活动", "工作组", "材料", "产品", "报告", "率", "课")):
        return act.group("object") + act.group("act")
    return _HELD.sub("", bare) or bare


#: an act with its object before the count (召开新闻发布会1次), or a floor before both (至少召开…1次)
_ACT_EARLIER = re.compile(
    r"(?:开展|举办|召开|组织|发布|举行|听取|安排|参加|推出|制作|接受|出版|编发|通报)[^的]{2,24}$|(?:至少|不少于).{2,40}$"
)


def _counts(match: re.Match[str], hidden: str) -> bool:
    floor = match.group("floor") or match.group("floor2") or match.group("more")
    before, after = (
        hidden[max(0, match.start("count") - 2) : match.start("count")],
        hidden[match.end() : match.end() + 4],
    )
    if _ORDINAL.search(before) and not floor:
        return False
    if _NOT_A_COUNT.match(after):
        return False
    unit = match.group("unit")
    if floor:
        return True
    act = (
        match.group("act") is not None
        or _FORM_BY.search(hidden[max(0, match.start() - 24) : match.start()]) is not None
    )
    clause = re.split(r"[,，;；。:：]", hidden[max(0, match.start() - 60) : match.start()])[-1]
    if unit in ("次", "场", "场次", "期") and _ACT_EARLIER.search(clause):
        return True
    return act and unit in ("次", "场", "场次", "期", "件", "篇", "条", "轮", "遍", "例", "堂")


def _piece(hidden: str, match: re.Match[str]) -> tuple[int, int]:
    """The clause (also ended by 、) that the count stands in."""
    start = max((hidden.rfind(mark, 0, match.start()) for mark in _BREAKS), default=-1) + 1
    ends = [place for place in (hidden.find(mark, match.end()) for mark in _BREAKS) if place >= 0]
    return start, min(ends, default=len(hidden))


def _form(text: str, hidden: str, match: re.Match[str], start: int, end: int) -> tuple[str, int]:
    """What is counted, and where the phrase ends: 以访谈形式 → 访谈; 召开1次新闻发布会 → 新闻发布会."""
    before = text[start : match.start()]
    by_form = _FORM_BY.search(fold(before))
    if by_form:
        form = re.sub(r"^.*(?:至少|不少于|以|通过|采取|采用|运用)", "", by_form.group("form"))
        return form or by_form.group("form"), match.end()
    after = text[match.end() : end].strip()
    after = re.sub(r"^(?:以上|及以上|的)+", "", after)
    noun = re.match(r"[一-鿿“”0-9《》（）()]{2,24}", after)
    if (noun and match.group("unit") not in ("次",)) or (noun and match.group("act")):
        return noun.group().strip("的"), end
    act = match.group("act") or ""
    rest = _TO_TIME.sub("", fold(before))
    rest = _LEADING.sub("", rest).strip(" ,的")
    rest = re.sub(r"(?:至少|不少于|不得少于|原则上|每年|每季度|每月|全年|年内|各自|分别|应当|应|要|须)+$", "", rest)
    if rest:
        return (rest + act if act in _NOUN_ACTS else rest), match.end()
    if noun:
        return noun.group().strip("的"), end
    previous = re.search(r"([一-鿿]{2,16})[,，、;；]$", text[:start])
    if not rest and not act and previous:
        return _LEADING.sub("", previous.group(1)), match.end()
    return act or match.group("unit"), match.end()


def _period(hidden: str, place: int) -> str:
    """The period named last before `place`, else the first after it in the same clause, else the year."""
    last = None
    for match in _PERIOD.finditer(hidden, 0, place):
        last = match
    if last is None:
        return "year"
    if last.group("every"):
        return _PERIOD_NAMES.get(last.group("every"), "year")
    return "half_year" if last.group("half") else "year"
