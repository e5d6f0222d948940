"""How bodies say the same numbers in their own ways, and sentences that only look like such numbers.

Every sentence is made up for the tests. A saying is a template over the values of a report; a plant puts a wrong value
into one of its slots. The wording is kept apart from that of `corpus`, on which the rules were first built.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from mingtang.law.requests import Section
from tests.law.annual.corpus import Model

#: The values of a report by short names: counts, parts, shares.
Values = dict[str, int | str]


def share(part: int, whole: int, places: int = 1) -> str:
    return str((Decimal(part * 100) / Decimal(whole)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def values_of(m: Model) -> Values:
    """What the templates may say of a report."""
    new, done, old = m.total("new"), m.total("total"), m.total("carried_over")
    natural = m.requests["new"]["natural"]
    review, direct, after = (m.disputes[name] for name in ("review", "direct_litigation", "litigation_after_review"))
    norms = m.norms["normative_documents"]
    web = new * 2 // 3
    before = max(1, new - 7)
    return {
        "y": m.year, "ly": m.year - 1, "ny": m.year + 1, "n": new, "o": old, "d": done, "f": m.total("carried_forward"),
        "g": m.total("granted"), "p": m.total("partly_granted"), "gp": m.total("granted") + m.total("partly_granted"),
        "r": m.section(Section.REFUSED), "c": m.section(Section.CANNOT_PROVIDE), "no": new + old,
        "x": m.section(Section.NOT_PROCESSED), "z": m.section(Section.OTHER), "held": m.total("not_held"),
        "sec": m.total("state_secret"), "pet": m.total("petition"), "nat": natural, "org": new - natural,
        "com": m.requests["new"]["commercial"],
        "rv": review["total"], "ru": review["upheld"], "rc": review["corrected"], "ro": review["other"],
        "rp": review["pending"], "lt": direct["total"] + after["total"], "dl": direct["total"], "al": after["total"],
        "made": norms["made"], "rep": norms["repealed"], "val": norms["valid"],
        "pen": m.norms["penalties"]["decisions"],
        "lic": m.norms["licences"]["decisions"], "chg": m.norms["charges"]["amount"],
        "chgy": m.norms["charges"]["amount"] * 10000, "w": web, "l": new - web, "b": before, "by": new - before,
        "pw": share(web, new), "pl": share(new - web, new), "pnat": share(natural, new),
        "pd": share(m.total("granted"), done),
        "up": share(new - before, before), "u0": share(new - before, before, 0),
        "post": 1200, "wx": 800, "gov": 400, "pwx": share(800, 1200), "fee": 300, "fee2": 70,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of chapter `chapter`, the check that guards it, and the slots whose wrong value it must find."""

    code: str
    template: str
    slots: tuple[str, ...]
    chapter: int = 1

    def said(self, values: Values, wrong: str = "") -> str:
        given = {**values, **({wrong: _wrong(values[wrong])} if wrong else {})}
        return self.template.format(**given)


def _wrong(value: int | str) -> int | str:
    """Another number that does not look far off."""
    if isinstance(value, str):
        whole, point, rest = value.partition(".")
        return f"{int(whole) + 6}{point}{rest}"
    return value + (3 if value < 10000 else value // 50)


def _t(template: str, *slots: str, chapter: int = 1) -> Saying:
    return Saying("text_vs_table", template, slots, chapter)


SAYINGS: tuple[Saying, ...] = (
    _t("全旗行政机关{y}年新接收的政府信息公开申请有{n}件。", "n"),
    _t("这一年，公众向我们提交的申请里，本年新收政府信息公开申请{n}件，上年度结转{o}件。", "n", "o"),
    _t("依申请公开：全年接到政府信息公开申请{n}宗，加上去年结转的{o}宗，到年底办结{d}宗，还有{f}宗转入下一年度。",
       "n", "o", "d", "f"),
    _t("政府信息公开申请共收到{no}件（含上年结转{o}件）。", "o"),
    _t("收到公民、法人和其他组织提出的政府信息公开申请{n}件，均依法登记。", "n"),
    _t("政府信息公开申请办理完毕{d}件，结转至{ny}年继续办理{f}件。", "d", "f"),
    _t("{y}年办结政府信息公开申请{d}件，其中含{ly}年度结转的{o}件。", "d", "o"),
    _t("从政府信息公开申请的处理结果看，给予公开答复{g}件、部分公开答复{p}件、不予公开决定{r}件。", "g", "p", "r"),
    _t("申请公开政府信息的办理结果中，“予以公开”的{g}件，“部分公开”的{p}件，“无法提供”的{c}件。", "g", "p", "c"),
    _t("政府信息公开申请答复情况：不予处理的{x}件；作其他处理的{z}件。", "x"),
    _t("政府信息公开申请中，予以公开、部分公开、不予公开分别为{g}件、{p}件、{r}件。", "g", "p", "r"),
    _t("政府信息公开申请里，予以公开及部分公开{gp}件。", "gp"),
    _t("依申请公开申请人中，自然人和法人或其他组织分别为{nat}件、{org}件。", "nat", "org"),
    _t("提出政府信息公开申请的，公民申请{nat}件，法人及其他组织{org}件。", "nat", "org"),
    _t("依申请公开中由商业企业提出的{com}件。", "com"),
    _t("政府信息公开申请无法提供的原因主要是本机关不掌握相关政府信息，有{held}件。", "held"),
    _t("政府信息公开申请因属于国家秘密不予公开的{sec}件，信访举报投诉类申请{pet}件。", "sec", "pet"),
    _t("因政府信息公开工作引起行政复议{rv}起，其中维持{ru}起，纠正{rc}起，其他{ro}起，未审结{rp}起。",
       "rv", "ru", "rc", "ro", "rp", chapter=4),
    _t("涉及政府信息公开的行政复议案件共{rv}件。", "rv", chapter=4),
    _t("政府信息公开类行政诉讼案件{lt}件：未经复议直接起诉{dl}件，复议后起诉{al}件。", "lt", "dl", "al", chapter=4),
    _t("本年出台行政规范性文件{made}件，废止{rep}件，现行有效{val}件。", "made", "rep", "val"),
    _t("截至年底，现行有效的行政规范性文件{val}件。", "val"),
    _t("全年作出行政许可决定{lic}件、行政处罚决定{pen}件，全部按时公示。", "lic", "pen"),
    _t("行政事业性收费全年共计{chg}万元，收费目录已公开。", "chg"),
    _t("行政事业性收费合计{chgy}元。", "chgy"),
    Saying("text_sum", "政府信息公开申请{n}件，按渠道分：网上{w}件，信函{l}件。", ("w", "l")),
    Saying("text_sum", "收到政府信息公开申请{n}件（网络{w}件、邮寄{l}件）。", ("w", "l")),
    Saying("text_sum", "收到政府信息公开申请{n}件，其中当面提交{l}件、在线提交{w}件。", ("w", "l")),
    Saying("text_sum", "全年发布信息{post}条，包括公众号{wx}条、网站及其他渠道{gov}条、公报0条。", ("wx", "gov")),
    Saying("text_sum", "收到政府信息公开申请{n}件，从申请人看，其中自然人{nat}件、法人或者其他组织{org}件。", ("nat",)),
    Saying("text_share", "政府信息公开申请共{n}件，网上申请{w}件，占总数的{pw}%，信函{l}件，占{pl}%。", ("pw", "pl")),
    Saying("text_share", "收到政府信息公开申请{n}件，自然人提出{nat}件，占比{pnat}%。", ("pnat",)),
    Saying("text_share", "政府信息公开申请予以公开{g}件，占办结数的{pd}%。", ("pd",)),
    Saying("text_share", "全年发布信息{post}条，其中微信公众号发布{wx}条，占{pwx}%。", ("pwx",)),
    Saying("text_share", "收到政府信息公开申请{n}件，网上申请占{pw}%（{w}件），邮寄占{pl}%（{l}件）。", ("pw", "pl")),
    Saying("text_share", "收到政府信息公开申请{n}件，网上{w}件、信函{l}件，分别占{pw}%、{pl}%。", ("pw", "pl")),
    Saying("text_growth", "收到政府信息公开申请{n}件，比{ly}年增加{by}件，增长率{up}%。", ("up",)),
    Saying("text_growth", "收到政府信息公开申请{n}件，较上年的{b}件增加{by}件，增幅{up}%。", ("up", "by")),
    Saying("text_growth", "政府信息公开申请由上年的{b}件增加到{n}件，增长约{u0}%。", ("u0",)),
    Saying("text_growth", "收到政府信息公开申请{n}件，同比增加{by}件，上升{up}%。", ("up",)),
    Saying("fee", "按件收取信息处理费{fee}元。", ("fee",), 6),
    Saying("fee", "依照管理办法发出收费通知1件，信息处理费按量计收，实收金额{fee2}元。", ("fee2",), 6),
)  # fmt: skip

#: Errors that no slot can hold: the check, the sentence, its chapter.
SLIPS: tuple[tuple[str, str, int], ...] = (
    ("year_slip", "{ly}年，我们走遍了每一个嘎查，听群众讲最想看到什么。", 1),
    ("year_slip", "（五）监督保障。{ly}年组织了三轮抽查。", 1),
    ("year_slip", "我局{ly}年度通过门户网站公开信息三百条。", 1),
    ("year_slip", "截至{ly}年12月31日，公开目录共有四级栏目。", 1),
    ("year_slip", "现将{ly}年度政府信息公开工作情况报告如下。", 1),
    ("date", "{y}年6月31日前完成了目录的修订。", 1),
    ("date", "{y}年13月5日召开了现场会。", 1),
    ("other_body", "枫林县交通运输局认真对照目录逐项公开。", 1),
    ("other_body", "本报告由枫林县政府信息公开工作年度报告编写组起草。", 1),
    ("unit", "行政事业性收费{chg}元，全部上缴国库。", 1),
    ("unit", "行政事业性收费总额{chg}亿元。", 1),
    ("text_vs_table", "全年未收到政府信息公开申请。", 1),
    ("text_vs_table", "没有接到公民提出的政府信息公开申请。", 1),
    ("text_vs_table", "没有因政府信息公开被申请行政复议。", 4),
    ("text_vs_table", "未发生涉及政府信息公开的行政诉讼。", 4),
)

#: Sentences that look like errors and are none: each may stand in any sound report.
LOOK_ALIKES: tuple[tuple[str, int], ...] = (
    ("受理12345政务服务便民热线工单{post}件，办结{wx}件，结转{gov}件。", 1),
    ("办理人大代表建议17件、政协提案23件，办结率100%。", 1),
    ("领导信箱收到来信158件，答复151件，予以公开12件。", 1),
    ("与之相比，{ly}年收到政府信息公开申请{b}件。", 1),
    ("县政府办公室本级收到政府信息公开申请2件。", 1),
    ("全年公开信息{post}条。其中微信{wx}条，占{pwx}%。", 1),
    ("{ly}年以来，公开栏由嘎查自己维护。", 1),
    ("对照{ly}年度第三方评估反馈的意见，补齐了7个栏目。", 1),
    ("按照《{ly}年政务公开工作要点》分工，逐项落实。", 1),
    ("公开了{ly}年度部门决算和{y}年度部门预算。", 1),
    ("{ny}年，我们将把公开栏的更新写进考核。", 5),
    ("市委、市政府高度重视，市政府办公室认真指导。", 1),
    ("收到政府信息公开申请约{wx}件的说法没有依据。", 1),
    ("修订规章制度6项，清理规章和规范性文件{wx}件。", 1),
    ("以局名义印发的规范性文件2件，其余由上级制定。", 1),
    ("开展在线访谈4期，其中主要负责人参加1期。", 1),
    ("发布信息{post}条，其中政策文件29条、工作动态500条等。", 1),
    ("被提起的政府信息公开行政诉讼没有一件败诉。", 4),
    ("答复政府信息公开行政复议时，出庭应诉率100%。", 4),
    ("举办“政府开放日”3次，来访群众130人，占报名人数的65%。", 1),
    ("培训人员{wx}人次，比上年增加50人次。", 1),
    ("全年没有收取信息处理费。", 6),
    ("行政事业性收费项目目录{ly}年已公布。", 1),
    ("三农、教育、医疗等领域信息分别公开40条、30条、20条。", 1),
    ("第三件实事是修缮公开栏，一件一件落实。", 1),
)  # fmt: skip


def plants() -> Iterator[tuple[str, Saying, str]]:
    """Every slot of every saying, with a name for it."""
    for number, saying in enumerate(SAYINGS):
        for slot in saying.slots:
            yield f"{saying.code}-{number}-{slot}", saying, slot
