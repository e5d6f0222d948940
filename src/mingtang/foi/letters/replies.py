"""Letters that decide: the seven replies of article 36 with their grounds, parts withheld, what is not processed."""

from collections.abc import Callable

from mingtang.foi.facts import LetterFacts, ThingFacts
from mingtang.foi.letterpress import Content
from mingtang.foi.letters.clauses import cite
from mingtang.foi.letters.words import (
    REGULATION,
    blank,
    day,
    ground_of,
    late,
    or_blank,
    received,
    refuses,
    remedies,
    remedy_rules,
    you,
)
from mingtang.law.requests import Ground
from mingtang.press.document import chinese_date

SCHEDULE_TITLE = "不予公开内容清单"
TITLES = {
    "reply": "政府信息公开申请答复书",
    "partial": "政府信息部分公开答复书",
    "not_processed": "政府信息公开申请不予处理告知书",
    "transfer": "不属于本机关负责公开告知书",
    "closure": "政府信息公开申请不再处理告知书",
}
#: What the information is, in the words of the articles, for each ground of refusal.
_REFUSED = {
    Ground.STATE_SECRET: "属于依法确定为国家秘密的政府信息",
    Ground.FORBIDDEN_BY_LAW: "属于法律、行政法规禁止公开的政府信息",
    Ground.NATIONAL_SECURITY: "公开后可能危及国家安全",
    Ground.PUBLIC_SECURITY: "公开后可能危及公共安全",
    Ground.ECONOMIC_SECURITY: "公开后可能危及经济安全",
    Ground.SOCIAL_STABILITY: "公开后可能危及社会稳定",
    Ground.TRADE_SECRET: "涉及第三方的商业秘密，公开会对第三方合法权益造成损害",
    Ground.PRIVACY: "涉及第三方的个人隐私，公开会对第三方合法权益造成损害",
    Ground.PERSONNEL: "属于行政机关人事管理方面的内部事务信息",
    Ground.LOGISTICS: "属于行政机关后勤管理方面的内部事务信息",
    Ground.INTERNAL_WORKFLOW: "属于行政机关内部工作流程方面的内部事务信息",
    Ground.DISCUSSION: "属于行政机关在履行行政管理职能过程中形成的讨论记录",
    Ground.DRAFT: "属于行政机关在履行行政管理职能过程中形成的过程稿",
    Ground.CONSULTATION_LETTER: "属于行政机关在履行行政管理职能过程中形成的磋商信函",
    Ground.REPORT_FOR_INSTRUCTION: "属于行政机关在履行行政管理职能过程中形成的请示报告",
    Ground.ENFORCEMENT_FILE: "属于行政执法案卷信息",
}


def reply(facts: LetterFacts) -> Content:
    """A reply to everything it answers, thing by thing, with the remedies."""
    paragraphs = [received(facts), *late(facts)]
    if len(facts.things) == 1:
        first, *more = _thing(facts.things[0], facts)
        paragraphs += [f"经审查，{first}", *more]
    else:
        paragraphs.append("经审查，现逐项答复如下：")
        for thing in facts.things:
            paragraphs.append(f"{thing.order}. 关于“{thing.text.strip().rstrip('。')}”")
            paragraphs += _thing(thing, facts)
    schedule = _schedule(facts)
    attachments = [SCHEDULE_TITLE] if schedule else []
    given = any(ground_of(each) in _PROVIDING and not each.where.strip() for each in facts.things)
    attachments += facts.enclosures or ([blank("所提供信息的名称")] if given else [])
    return {
        "title": TITLES[facts.kind],
        "addressee": facts.applicant.name or blank("申请人的姓名或者名称"),
        "paragraphs": [*paragraphs, remedies(facts, first=refuses(facts), whom=you(facts))],
        "schedule": schedule,
        "attachments": attachments,
    }


def required(facts: LetterFacts) -> tuple[str, ...]:
    """The rules that a reply must cite: of each thing's ground, of parts withheld, of the remedies."""
    rules = [each for thing in facts.things for each in thing_rules(thing)]
    return tuple(dict.fromkeys([*rules, *remedy_rules(facts.made_on, first=refuses(facts))]))


def allowed(facts: LetterFacts) -> tuple[str, ...]:
    """The rules by which a reply may be decided: those required, and those of what third parties were asked."""
    also = [f"{REGULATION}.32", f"{REGULATION}.15"] if any(each.kind == "third_party" for each in facts.parties) else []
    return (*required(facts), *also)


def thing_rules(thing: ThingFacts) -> tuple[str, ...]:
    """The rules on which a thing's decision rests."""
    ground = ground_of(thing)
    if ground is None:
        return ()
    own = [ground.rule.id, *([ground.reply.rule.id] if ground.reply else [])]
    if ground is Ground.PARTLY_PROVIDED:
        own.append(f"{REGULATION}.36-3")
        own += [each.rule.id for part in thing.withheld for each in Ground if each.value == part.ground]
    if ground is Ground.CONFIRM_OR_REISSUE:
        own = [f"{REGULATION}.38"]
    if ground is Ground.FEE_NOT_PAID:
        own.append(f"{REGULATION}.42")
    return tuple(dict.fromkeys(own))


def _thing(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    """The paragraphs that decide one thing."""
    ground = ground_of(thing)
    if ground is None:
        return [f"{you(facts)}申请获取的信息{blank('处理决定')}。"]
    if ground in _REFUSED:
        return _refused(thing, ground, facts)
    return _WRITERS[ground](thing, facts)


def _basis(thing: ThingFacts) -> str:
    return f"依据{cite(*thing_rules(thing))}"


def _why(thing: ThingFacts, before: str = "理由：") -> str:
    return f"{before}{or_blank(thing.explanation, '理由')}。"


def _more(thing: ThingFacts) -> list[str]:
    """What else the handler wrote, where the ground speaks for itself."""
    return [thing.explanation.strip().rstrip("。") + "。"] if thing.explanation.strip() else []


def _refused(thing: ThingFacts, ground: Ground, facts: LetterFacts) -> list[str]:
    made = [f"{you(facts)}申请获取的信息{_REFUSED[ground]}。{_basis(thing)}，本机关决定不予公开。", _why(thing)]
    if ground in (Ground.TRADE_SECRET, Ground.PRIVACY):
        made += _asked_parties(facts)
    return made


def _asked_parties(facts: LetterFacts) -> list[str]:
    """That third parties were asked, and what they said; never who they are."""
    asked = [each for each in facts.parties if each.kind == "third_party"]
    if not asked:
        return []
    said = {"agrees": "同意公开", "refuses": "不同意公开", "partly": "只同意部分公开", "silent": "逾期没有提出意见"}
    answers = "；".join(f"{each.label}{said.get(each.answer, '尚未答复')}" for each in asked)
    return [f"本机关已依据{cite(f'{REGULATION}.32')}书面征求第三方意见：{answers}。"]


def _already_public(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    where = or_blank(thing.where, "获取的方式、途径")
    return [
        f"{you(facts)}申请获取的信息已经主动公开。{_basis(thing)}，现告知获取该信息的方式、途径：{where}。",
        *_more(thing),
    ]


def _provided(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    way = (
        f"现告知获取该信息的方式、途径和时间：{or_blank(thing.where, '')}"
        if thing.where.strip()
        else "现提供该信息（见附件）"
    )
    return [f"{you(facts)}申请获取的信息可以公开。{_basis(thing)}，{way}。", *_asked_parties(facts), *_more(thing)]


def _partly(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    way = f"获取的方式、途径和时间：{or_blank(thing.where, '')}" if thing.where.strip() else "见附件"
    return [
        f"{you(facts)}申请获取的信息中含有不应当公开的内容，但是能够作区分处理。{_basis(thing)}，"
        f"现提供可以公开的部分（{way}）；其余部分不予公开，各部分的内容、依据和理由见附件《{SCHEDULE_TITLE}》。",
        *_asked_parties(facts),
        *_more(thing),
    ]


def _does_not_exist(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    searches = [
        f"{chinese_date(each.on)}在{each.where}以“{each.words}”检索"
        + (f"，结果为：{each.result.strip().rstrip('。')}" if each.result.strip() else "")
        for each in thing.searches
    ]
    searched = "；".join(searches) or blank("在哪里、用什么词、哪一天检索过")
    return [
        f"本机关对{you(facts)}申请获取的信息作了检索：{searched}。",
        f"经检索没有该信息。{_basis(thing)}，现告知该政府信息不存在。" + _why(thing, "说明："),
    ]


def _not_this_body(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    right = (
        f"该信息由{thing.right_body}负责公开，"
        f"联系方式：{or_blank(thing.right_contact, '负责公开的机关的联系方式')}，可以向其提出申请。"
        if thing.right_body
        else "本机关不能确定负责公开该信息的机关。"
    )
    return [f"{you(facts)}申请获取的信息不属于本机关负责公开。{_why(thing)}", f"{_basis(thing)}，现予告知。{right}"]


def _must_be_made(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    return [
        f"{you(facts)}申请获取的内容，本机关没有现成的信息，需要对现有政府信息进行加工、分析。{_basis(thing)}，本机关不予提供。",
        _why(thing),
    ]


def _still_unclear(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    return [
        f"本机关已经一次性告知{you(facts)}补正；补正后申请内容仍不明确，不能指向特定的政府信息。{_basis(thing)}，本机关无法提供。",
        _why(thing),
    ]


def _repeated(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    before = f"本机关已于{chinese_date(thing.repeats_replied_on)}答复" if thing.repeats_replied_on else "本机关已经答复"
    number = thing.repeats or blank("以前那件申请的编号")
    return [
        f"{you(facts)}此前就相同的政府信息提出过申请（编号{number}），{before}。{_basis(thing)}，本机关不予重复处理。",
        _why(thing, "说明："),
    ]


def _special_rules(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    return [
        f"{you(facts)}申请获取的信息，法律、行政法规对其获取有特别规定。{_basis(thing)}，"
        f"请依照有关规定办理：{or_blank(thing.explanation, '特别规定的名称、条款和办理的途径')}。"
    ]


def _petition(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    return [
        f"{you(facts)}以政府信息公开申请的形式进行信访、投诉、举报等活动。{_basis(thing)}，"
        "本机关不作为政府信息公开申请处理，可以通过相应渠道提出。",
        _why(thing, "理由和相应渠道："),
    ]


def _periodicals(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    return [
        f"{you(facts)}申请提供的是政府公报、报刊、书籍等公开出版物。{_basis(thing)}，现告知获取的途径："
        f"{or_blank(thing.where or thing.explanation, '获取的途径')}。"
    ]


def _excessive(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    return [
        f"{you(facts)}申请政府信息公开的数量、频次明显超过合理范围，本机关已要求说明理由；经审查，理由不合理。"
        f"{_basis(thing)}，本机关不予处理。",
        _why(thing),
    ]


def _confirm_or_reissue(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    return [
        f"{you(facts)}要求本机关确认或者重新出具已经获取的政府信息。{_basis(thing)}，"
        "行政机关提供的是已制作或者获取的政府信息，本机关不予处理。",
        _why(thing),
    ]


def _not_corrected(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    return [
        f"{_notice(facts, '告知补正')}，{you(facts)}没有正当理由逾期没有补正。{_basis(thing)}，"
        "视为放弃申请，本机关不再处理该申请。",
        *_more(thing),
    ]


def _fee_not_paid(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    return [
        f"{_notice(facts, '通知缴纳信息处理费')}，{you(facts)}逾期没有缴纳。{_basis(thing)}，本机关不再处理该申请。",
        *_more(thing),
    ]


def _notice(facts: LetterFacts, what: str) -> str:
    """Which notice was not followed, and until when it could have been."""
    closure = facts.closure
    if closure is None:
        return f"本机关已{what}"
    on = f"于{chinese_date(closure.notice_on)}" if closure.notice_on else ""
    number = f"（{closure.notice_number}）" if closure.notice_number else ""
    return f"本机关{on}以书面形式{what}{number}，期限为{day(closure.until, '期限的最后一日')}"


def _withdrawn(thing: ThingFacts, facts: LetterFacts) -> list[str]:
    return [f"{you(facts)}已经撤回申请，本机关不再处理。", *_more(thing)]


def _schedule(facts: LetterFacts) -> list[list[str]]:
    """What is withheld, on which clause and why: the heads first, then a row a part."""
    rows: list[list[str]] = []
    for thing in facts.things:
        for part in thing.withheld:
            ground = next((each for each in Ground if each.value == part.ground), None)
            named = _REFUSED.get(ground, ground.label) if ground else blank("不予公开的依据")
            clause = cite(ground.rule.id) if ground else blank("条款")
            rows.append([str(len(rows) + 1), part.what, clause, named])
    return [["序号", "不予公开的内容", "依据", "理由"], *rows] if rows else []


_PROVIDING = (Ground.PROVIDED, Ground.PARTLY_PROVIDED)
_WRITERS: dict[Ground, Callable[[ThingFacts, LetterFacts], list[str]]] = {
    Ground.ALREADY_PUBLIC: _already_public,
    Ground.PROVIDED: _provided,
    Ground.PARTLY_PROVIDED: _partly,
    Ground.DOES_NOT_EXIST: _does_not_exist,
    Ground.NOT_THIS_BODY: _not_this_body,
    Ground.MUST_BE_MADE: _must_be_made,
    Ground.STILL_UNCLEAR: _still_unclear,
    Ground.REPEATED: _repeated,
    Ground.SPECIAL_RULES: _special_rules,
    Ground.PETITION: _petition,
    Ground.PERIODICALS: _periodicals,
    Ground.EXCESSIVE: _excessive,
    Ground.CONFIRM_OR_REISSUE: _confirm_or_reissue,
    Ground.NOT_CORRECTED: _not_corrected,
    Ground.FEE_NOT_PAID: _fee_not_paid,
    Ground.WITHDRAWN: _withdrawn,
}
