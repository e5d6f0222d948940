"""Letters on the way to a decision: receipt, correction, questions to others, extension, fee, reasons, later date."""

from collections.abc import Callable

from mingtang.foi.facts import LetterFacts, PartyFacts
from mingtang.foi.letterpress import Content
from mingtang.foi.letters.clauses import cite
from mingtang.foi.letters.words import (
    REGULATION,
    blank,
    day,
    lines,
    number,
    or_blank,
    received,
    remedies,
    remedy_rules,
    you,
)
from mingtang.press.document import chinese_date


def receipt(facts: LetterFacts) -> Content:
    """登记回执: number, day of receipt, the day by which the reply is due."""
    within = number(f"{REGULATION}.33-reply", "within", facts.made_on)
    paragraphs = [received(facts)]
    if facts.request.due_on:
        paragraphs.append(
            f"依据{cite(f'{REGULATION}.33-reply')}，本机关自收到申请之日起{within}个工作日内答复，"
            f"按目前情况应于{day(facts.request.due_on, '答复期限')}前答复。"
            f"需要{you(facts)}补正、征求第三方意见或者延长期限的，本机关将另行书面告知。"
        )
    paragraphs.append(f"{you(facts)}可以凭申请编号和查询码查询办理进度。依申请提供政府信息不收取检索、复制、邮寄费用。")
    return _letter(facts, "政府信息公开申请登记回执", paragraphs)


def correction(facts: LetterFacts) -> Content:
    """补正告知书 (article 30): what is unclear, the last day, what follows if it is let pass."""
    asked = facts.correction
    items = list(lines(asked.items)) if asked else []
    until = day(asked.until if asked else None, "补正的最后一日")
    where = f"（{facts.body.address}）" if facts.body.address else ""
    numbered = [f"{at}. {item.rstrip('。；')}。" for at, item in enumerate(items or [blank("需要补正的事项")], start=1)]
    return _letter(
        facts,
        "政府信息公开申请补正告知书",
        [
            received(facts),
            f"经审查，申请内容不明确。依据{cite(f'{REGULATION}.30')}，现一次性告知需要补正的事项：",
            *(numbered if len(numbered) > 1 else [numbered[0].removeprefix("1. ")]),
            f"请于{until}前将补正后的申请以书面形式（含数据电文）提交本机关{where}。本机关收到补正的申请后，答复期限重新起算。"
            f"无正当理由逾期不补正的，视为放弃申请，本机关不再处理该申请。",
        ],
    )


def third_party(facts: LetterFacts) -> Content:
    """征求意见书 to a third party (article 32); it does not say who asks."""
    party = _party(facts)
    within = number(f"{REGULATION}.32", "within", facts.made_on)
    whom = "你单位" if party.identity.organisation_code else "你（单位）"
    return _letter(
        facts,
        "政府信息公开征求第三方意见书",
        [
            f"本机关正在办理编号为{facts.request.number}的政府信息公开申请，其中涉及{whom}的内容为："
            f"{or_blank(party.concerning, '征求意见的内容')}。经审查，公开上述内容可能损害{whom}的合法权益。",
            f"依据{cite(f'{REGULATION}.15', f'{REGULATION}.32')}，现书面征求{whom}的意见。"
            f"请自收到本意见书之日起{within}个工作日内，书面答复是否同意公开；不同意公开或者只同意部分公开的，请指明具体内容并说明理由。意见回执附后。",
            "逾期没有提出意见的，由本机关依照规定决定是否公开。不同意公开且有合理理由的，本机关不予公开；"
            "但是本机关认为不公开可能对公共利益造成重大影响的，可以决定公开，并将决定公开的内容和理由书面告知。",
        ],
        attachments=["意见回执"],
        addressee=party.identity.name,
    )


def consultation(facts: LetterFacts) -> Content:
    """征求意见函 to a body: one that made the information too (article 34), or another one (article 33)."""
    party = _party(facts)
    joint = party.kind == "joint"
    within = number(f"{REGULATION}.34", "within", facts.made_on)
    concerning = or_blank(party.concerning, "征求意见的内容")
    if joint:
        ground = f"该信息由本机关牵头与贵机关共同制作。依据{cite(f'{REGULATION}.34')}，现征求贵机关意见。"
        silence = "逾期没有提出意见的，视为同意公开。"
    else:
        ground = f"该信息与贵机关的工作有关。依据{cite(f'{REGULATION}.33-asking')}，现征求贵机关意见。"
        silence = "逾期没有答复的，由本机关依法决定。"
    return _letter(
        facts,
        "关于征求政府信息公开意见的函",
        [
            f"本机关正在办理编号为{facts.request.number}的政府信息公开申请，其中涉及：{concerning}。{ground}",
            f"请自收到本函之日起{within}个工作日内，书面答复是否同意公开；不同意公开的，请指明具体内容、法律依据和理由。{silence}",
        ],
        attachments=["意见回执"],
        addressee=party.identity.name,
    )


def overruled(facts: LetterFacts) -> Content:
    """决定公开告知书 to a third party whose objection was not followed (article 32), with its remedies."""
    party = _party(facts)
    whom = "你单位" if party.identity.organisation_code else "你（单位）"
    answered = f"{whom}于{chinese_date(party.answered_on)}" if party.answered_on else whom
    said = "只同意部分公开" if party.answer == "partly" else "不同意公开"
    concerning = or_blank(party.concerning, "决定公开的内容")
    return _letter(
        facts,
        "决定公开政府信息告知书",
        [
            f"本机关在办理编号为{facts.request.number}的政府信息公开申请时，就涉及{whom}的内容书面征求意见，{answered}答复{said}。",
            f"经审查，依据{cite(f'{REGULATION}.32')}，本机关决定公开，现将决定公开的内容和理由书面告知。",
            f"决定公开的内容：{concerning}。",
            f"理由：{or_blank(facts.reasons, '决定公开的理由')}。",
            remedies(facts, first=False, whom=whom),
        ],
        addressee=party.identity.name,
    )


def extension(facts: LetterFacts) -> Content:
    """延期答复告知书 (article 33): the first day, the new day, why, and who consented."""
    given = facts.extension
    working_days = str(given.working_days) if given else blank("延长的工作日数")
    consent = f"{given.consent_title}{given.consent}" if given and given.consent else blank("同意延期的负责人")
    first = f"原应于{day(given.first_due, '原答复期限')}前答复。" if given and given.first_due else ""
    return _letter(
        facts,
        "政府信息公开申请延期答复告知书",
        [
            received(facts) + first,
            f"因{or_blank(given.reason if given else '', '延期的理由')}，不能按期答复。"
            f"依据{cite(f'{REGULATION}.33-extension')}，经本机关政府信息公开工作机构负责人（{consent}）同意，答复期限延长{working_days}个工作日，"
            f"本机关将于{day(given.new_due if given else None, '延长后的期限')}前答复。",
        ],
    )


def fee(facts: LetterFacts) -> Content:
    """收费通知书: basis, standard, count, amount, how and by when to pay, and what can be done against it."""
    bill = facts.fee
    by_pages = bill is not None and bill.schedule == "pages"
    standard = "information-fee.5" if by_pages else "information-fee.4"
    unit = "页" if by_pages else "件"
    count = f"{bill.count}{unit}" if bill else blank("件数或者页数")
    already = f"，当月此前已累计{bill.already}{unit}" if bill and bill.already else ""
    amount = f"{bill.amount:,.2f}元" if bill else blank("金额")
    within = str(bill.pay_within) if bill else blank("缴费期限的工作日数")
    basis = cite(f"{REGULATION}.42", "information-fee.3", standard, "information-fee.6-notice")
    content = _letter(
        facts,
        "政府信息公开信息处理费收费通知书",
        [
            received(facts),
            f"经审查，该申请的数量、频次超过合理范围。依据{basis}，"
            f"本机关按{'量' if by_pages else '件'}计收信息处理费。本次计{count}{already}，应收{amount}，计算明细附后。",
            f"请自收到本通知次日起{within}个工作日内缴纳。缴纳方式：{blank('收款单位、账号或者缴款渠道')}。"
            "自本通知发出到缴费的时间不计算在答复期限内。逾期没有缴纳的，本机关不再处理该申请。",
            f"对收取信息处理费有异议的，依据{cite('information-fee.8')}，不能单独申请行政复议或者提起行政诉讼，"
            "可以在缴费期满后，就不再处理申请的决定投诉、举报，或者依法申请行政复议、提起行政诉讼。",
        ],
        attachments=["信息处理费计算明细"],
    )
    rows = [["档次", f"数量（{unit}）", f"单价（元／{unit}）", "金额（元）"]]
    for band in bill.bands if bill else ():
        reach = f"{band.first}—{band.last}{unit}" if band.last else f"{band.first}{unit}以上"
        rows.append([reach, str(band.count), f"{band.unit_price:,.2f}", f"{band.amount:,.2f}"])
    rows.append(["合计", str(bill.count) if bill else "", "", f"{bill.amount:,.2f}" if bill else ""])
    return content | {"schedule": rows}


def reasons(facts: LetterFacts) -> Content:
    """要求说明理由通知书 (article 35)."""
    return _letter(
        facts,
        "要求说明政府信息公开申请理由通知书",
        [
            received(facts),
            f"经审查，{or_blank(facts.reasons, '数量、频次怎样超过合理范围')}，申请的数量、频次明显超过合理范围。"
            f"依据{cite(f'{REGULATION}.35-reasons')}，请{you(facts)}于{blank('说明理由的最后一日')}前书面说明理由。",
            "理由不合理的，本机关不予处理；理由合理但是不能在规定期限内答复的，本机关将确定延迟答复的合理期限并告知。",
        ],
    )


def later_date(facts: LetterFacts) -> Content:
    """延迟答复告知书 (article 35): a reasonable later day for what cannot be done in time."""
    given = facts.later
    return _letter(
        facts,
        "政府信息公开申请延迟答复告知书",
        [
            received(facts),
            f"{you(facts)}已经说明理由，本机关认为理由合理；"
            f"但是{or_blank(given.why if given else '', '不能按期答复的原因')}，"
            f"不能在{day(given.first_due if given else None, '原答复期限')}前答复。"
            f"依据{cite(f'{REGULATION}.35-later')}，"
            f"本机关确定于{day(given.until if given else None, '延迟答复的期限')}前答复，现予告知。",
        ],
    )


def amendment(facts: LetterFacts) -> Content:
    """更正告知书: a slip in a sealed letter put right by a new one; the old stays as it was sent."""
    amended = facts.amended
    if amended is None:
        raise ValueError("an amendment is about a sealed letter, and the facts name none")
    named = f"{chinese_date(amended.sealed_on)}的{amended.kind}（{amended.number}）"
    return _letter(
        facts,
        "政府信息公开文书更正告知书",
        [
            received(facts),
            f"本机关{named}中，{blank('有误的内容')}有误，现更正为：{blank('更正后的内容')}。",
            f"{amended.kind}的其他内容不变。由此给{you(facts)}带来不便，谨致歉意。",
        ],
    )


#: By the code of the kind.
WRITERS: dict[str, Callable[[LetterFacts], Content]] = {
    "receipt": receipt,
    "correction": correction,
    "third_party": third_party,
    "consultation": consultation,
    "overruled": overruled,
    "extension": extension,
    "fee": fee,
    "reasons": reasons,
    "later_date": later_date,
    "amendment": amendment,
}
#: The rules that each of them must cite; the fee's standard depends on the schedule.
REQUIRED: dict[str, tuple[str, ...]] = {
    "receipt": (),
    "correction": (f"{REGULATION}.30",),
    "third_party": (f"{REGULATION}.15", f"{REGULATION}.32"),
    "consultation": (),
    "overruled": (f"{REGULATION}.32",),
    "extension": (f"{REGULATION}.33-extension",),
    "fee": (f"{REGULATION}.42", "information-fee.6-notice"),
    "reasons": (f"{REGULATION}.35-reasons",),
    "later_date": (f"{REGULATION}.35-later",),
    "amendment": (),
}


def required(facts: LetterFacts) -> tuple[str, ...]:
    """The rules that a notice must cite."""
    rules = REQUIRED[facts.kind]
    if facts.kind == "consultation":
        return (f"{REGULATION}.34" if _party(facts).kind == "joint" else f"{REGULATION}.33-asking",)
    if facts.kind == "overruled":
        return (*rules, *remedy_rules(facts.made_on, first=False))
    if facts.kind == "fee" and facts.fee:
        return (*rules, "information-fee.5" if facts.fee.schedule == "pages" else "information-fee.4")
    return rules


def _party(facts: LetterFacts) -> PartyFacts:
    if facts.party is None:
        raise ValueError(f"{facts.kind} goes to a party, and the facts name none")
    return facts.party


def _letter(
    facts: LetterFacts, title: str, paragraphs: list[str], attachments: list[str] | None = None, addressee: str = ""
) -> Content:
    return {
        "title": title,
        "addressee": addressee or facts.applicant.name or blank("申请人的姓名或者名称"),
        "paragraphs": paragraphs,
        "schedule": [],
        "attachments": attachments or [],
    }
