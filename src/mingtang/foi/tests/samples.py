"""Facts to write letters from, without a database: a plainly fictitious body, applicant, request."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from mingtang.foi.facts import (
    AmendedFacts,
    BandFacts,
    BodyFacts,
    ClosureFacts,
    CorrectionFacts,
    ExtensionFacts,
    FeeFacts,
    LaterFacts,
    LetterFacts,
    PartyFacts,
    RequestFacts,
    SearchFacts,
    ThingFacts,
    WithheldFacts,
)
from mingtang.foi.identity import Identity
from mingtang.law.requests import Ground

TODAY = date(2024, 6, 24)
BODY = BodyFacts(
    "云岭旗自然资源局", "旗自然资源局", "政务公开股", "云岭旗演示路9号", "工作日 9:00—17:00", "0000-1234567",
    "open@example.invalid", "云岭旗人民政府",
)  # fmt: skip
APPLICANT = Identity(name="演示甲某", id_number="990001199001011234", phone="10000000001", address="云岭旗演示路1号")
REQUEST = RequestFacts(
    "zrzyj-2024-00012", "征收补偿方案", "2023年演示嘎查草原征收补偿安置方案。", date(2024, 6, 3), "online",
    "electronic", "online", "natural", date(2024, 7, 1), 0,
)  # fmt: skip
THING = ThingFacts(1, "2023年演示嘎查草原征收补偿安置方案", "", "", "", "", "", "", "", None, (), ())
SEARCH = SearchFacts("档案管理系统", "草原征收 补偿方案", date(2024, 6, 10), "演示乙", False, "没有找到")
BASE = LetterFacts("reply", "旗自然资源局公开告〔2024〕12号", TODAY, BODY, APPLICANT, REQUEST, (THING,))
THIRD = PartyFacts(
    "third_party", "第三方1", Identity(name="演示客运有限公司", organisation_code="91990001MA0000000X"),
    "合同的单价明细", "refuses", date(2024, 6, 14),
)  # fmt: skip
OTHER = PartyFacts("body", "云岭旗财政局", Identity(name="云岭旗财政局"), "补偿费用支付凭证", "", None)
#: What a handler writes for a ground beside the decision.
_MORE: dict[Ground, dict[str, object]] = {
    Ground.ALREADY_PUBLIC: {"where": "旗政府网站“征地信息”栏目", "explanation": ""},
    Ground.PROVIDED: {"where": "2024年6月28日前到政务公开股领取", "explanation": ""},
    Ground.PARTLY_PROVIDED: {
        "where": "申请人选择的网上下载",
        "withheld": (WithheldFacts("所附各户的身份证号码", "privacy"), WithheldFacts("所附讨论记录", "discussion")),
        "explanation": "",
    },
    Ground.DOES_NOT_EXIST: {"searches": (SEARCH,)},
    Ground.NOT_THIS_BODY: {"right_body": "云岭旗财政局", "right_contact": "0000-7654321"},
    Ground.REPEATED: {"repeats": "zrzyj-2024-00003", "repeats_replied_on": date(2024, 3, 1)},
    Ground.NOT_CORRECTED: {"explanation": ""},
    Ground.FEE_NOT_PAID: {"explanation": ""},
}
_KINDS = {
    Ground.PARTLY_PROVIDED: "partial", Ground.NOT_THIS_BODY: "transfer", Ground.PETITION: "not_processed",
    Ground.PERIODICALS: "not_processed", Ground.EXCESSIVE: "not_processed", Ground.CONFIRM_OR_REISSUE: "not_processed",
    Ground.NOT_CORRECTED: "closure", Ground.FEE_NOT_PAID: "closure",
}  # fmt: skip
#: Grounds on which a letter decides; who withdraws gets none.
DECIDED = tuple(ground for ground in Ground if ground is not Ground.WITHDRAWN)


def decided(ground: Ground) -> LetterFacts:
    """A request decided on a ground, with everything its letter needs."""
    given = {"ground": ground.value, "explanation": "依据审查的情况作出说明", **_MORE.get(ground, {})}
    thing = replace(THING, **given)  # type: ignore[arg-type]
    facts = replace(BASE, kind=_KINDS.get(ground, "reply"), things=(thing,))
    if ground in (Ground.TRADE_SECRET, Ground.PRIVACY):
        return replace(facts, parties=(THIRD,))
    if ground in (Ground.NOT_CORRECTED, Ground.FEE_NOT_PAID):
        closure = ClosureFacts(ground.value, "旗自然资源局公开告〔2024〕7号", date(2024, 6, 5), date(2024, 6, 19))
        return replace(facts, closure=closure)
    return facts


BANDS = (
    BandFacts(1, 30, 30, Decimal(0), Decimal(0)),
    BandFacts(31, 100, 70, Decimal(10), Decimal(700)),
    BandFacts(101, 200, 100, Decimal(20), Decimal(2000)),
    BandFacts(201, None, 40, Decimal(40), Decimal(1600)),
)
#: Each notice with its facts, and the words that it must say.
NOTICES: dict[str, tuple[LetterFacts, tuple[str, ...]]] = {
    "receipt": (replace(BASE, kind="receipt"), ("20个工作日", "2024年7月1日前", "第三十三条第二款")),
    "correction": (
        replace(BASE, kind="correction", correction=CorrectionFacts("写明年度。\n写明嘎查名称。", date(2024, 7, 1))),
        ("第三十条", "1.写明年度。", "2.写明嘎查名称。", "2024年7月1日前", "视为放弃申请"),
    ),
    "third_party": (
        replace(BASE, kind="third_party", party=THIRD),
        ("第十五条、第三十二条", "15个工作日", "合同的单价明细", "意见回执", "□同意公开"),
    ),
    "consultation": (
        replace(BASE, kind="consultation", party=OTHER),
        ("第三十三条第三款", "15个工作日", "补偿费用支付凭证"),
    ),
    "consultation, made jointly": (
        replace(BASE, kind="consultation", party=replace(OTHER, kind="joint")),
        ("第三十四条", "视为同意公开"),
    ),
    "overruled": (
        replace(BASE, kind="overruled", party=THIRD, reasons="合同使用财政资金，单价关系公共利益"),
        ("第三十二条", "2024年6月14日答复不同意公开", "合同的单价明细", "理由：合同使用财政资金", "6个月内"),
    ),
    "extension": (
        replace(
            BASE,
            kind="extension",
            extension=ExtensionFacts(
                10, "需要核对的凭证较多", "演示丙", "股长", TODAY, date(2024, 7, 1), date(2024, 7, 15)
            ),
        ),
        ("第三十三条第二款", "10个工作日", "原应于2024年7月1日前", "2024年7月15日前", "股长演示丙"),
    ),
    "fee by pages": (
        replace(BASE, kind="fee", fee=FeeFacts("pages", 240, 0, Decimal(4300), BANDS, 20)),
        ("第四十二条", "第五条", "第六条", "4,300.00元", "20个工作日", "201页以上", "1,600.00"),
    ),
    "fee by items": (
        replace(
            BASE,
            kind="fee",
            fee=FeeFacts("items", 5, 12, Decimal(500), (BandFacts(11, 30, 5, Decimal(100), Decimal(500)),), 20),
        ),
        ("第四条", "本次计5件，当月此前已累计12件", "500.00元"),
    ),
    "reasons": (replace(BASE, kind="reasons", reasons="一月内提出第40件"), ("第三十五条", "一月内提出第40件")),
    "amendment": (
        replace(BASE, kind="amendment", amended=AmendedFacts("答复书", "旗自然资源局公开告〔2024〕9号", TODAY)),
        ("2024年6月24日的答复书（旗自然资源局公开告〔2024〕9号）", "其他内容不变"),
    ),
    "later date": (
        replace(BASE, kind="later_date", later=LaterFacts(date(2024, 9, 30), "须逐件查找", date(2024, 7, 1))),
        ("第三十五条", "2024年9月30日前", "须逐件查找"),
    ),
}
