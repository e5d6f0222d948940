"""Phrases that letters share: who is addressed, days, blanks, how the request came, what remedies there are."""

import datetime
from collections.abc import Iterable

from mingtang.foi.facts import LetterFacts, ThingFacts
from mingtang.foi.letters.clauses import cite
from mingtang.law.receipt import Channel
from mingtang.law.requests import Applicant, Ground, Section
from mingtang.law.shelf import parameter, rule
from mingtang.press.document import chinese_date

REGULATION = "disclosure-regulation"
#: In force since 2024: who is refused asks for reconsideration before going to court.
FIRST_RECONSIDERATION = "reconsideration-law.23"
_RECONSIDERATION = ("reconsideration-law.20", "reconsideration-law-1999.9")


def blank(what: str) -> str:
    """A place that a person must fill in before the letter can be sealed."""
    return f"〔待填：{what}〕"


def or_blank(words: str, what: str) -> str:
    """The words without a full stop at their end, or the blank for them."""
    return words.strip().rstrip("。；;.") or blank(what)


def day(on: datetime.date | None, what: str) -> str:
    """A day as letters write it, or the blank for it."""
    return chinese_date(on) if on else blank(what)


def you(facts: LetterFacts) -> str:
    """How the applicant is addressed: a person, or an organisation."""
    natural = facts.request.applicant_kind in ("", Applicant.NATURAL.value)
    return "你" if natural else "你单位"


def number(rule_id: str, name: str, on: datetime.date) -> int:
    """A number of the law as of a day."""
    return parameter(rule_id, name, on=on).number


def received(facts: LetterFacts) -> str:
    """The first sentence of every letter to the applicant."""
    request = facts.request
    channel = next((f"（{each.label}）" for each in Channel if each.value == request.channel), "")
    return (
        f"本机关于{day(request.received_on, '收到申请的日期')}收到{you(facts)}提出的政府信息公开申请{channel}，"
        f"编号为{request.number}，申请获取的内容为：{or_blank(request.wanted or request.subject, '申请内容')}。"
    )


def late(facts: LetterFacts) -> list[str]:
    """The explanation of a reply after its last day."""
    if facts.request.late_by <= 0:
        return []
    return [f"本答复比规定期限迟{facts.request.late_by}个工作日。逾期的原因：{blank('没有按期答复的原因')}。"]


def ground_of(thing: ThingFacts) -> Ground | None:
    """The ground on which a thing is decided."""
    return next((each for each in Ground if each.value == thing.ground), None)


def refuses(facts: LetterFacts) -> bool:
    """Whether the letter keeps something from the applicant on a ground of articles 14 to 16, in whole or in part."""
    if facts.kind == "overruled":
        return False
    grounds = {ground_of(thing) for thing in facts.things}
    refused = {ground for ground in grounds if ground and ground.row.section is Section.REFUSED and ground.reply}
    refused.discard(Ground.SPECIAL_RULES)
    return bool(refused) or Ground.PARTLY_PROVIDED in grounds


def remedy_rules(on: datetime.date, *, first: bool) -> tuple[str, ...]:
    """The rules of the remedies that hold on a day; `first` when reconsideration must come before the court."""
    reconsideration = next((each for each in _RECONSIDERATION if rule(each).holds(on)), _RECONSIDERATION[0])
    if first and rule(FIRST_RECONSIDERATION).holds(on):
        return (f"{REGULATION}.51", reconsideration, FIRST_RECONSIDERATION, "litigation-law.45")
    return (f"{REGULATION}.51", reconsideration, "litigation-law.46")


def remedies(facts: LetterFacts, *, first: bool, whom: str) -> str:
    """What can be done against the decision, where and by when."""
    on = facts.made_on
    rules = remedy_rules(on, first=first)
    days = number(next(each for each in rules if each in _RECONSIDERATION), "within", on)
    body = facts.body.review_body or blank("行政复议机关的名称")
    if FIRST_RECONSIDERATION in rules:
        after = number("litigation-law.45", "within", on)
        return (
            f"{whom}如果不服本决定，依据{cite(*rules)}，应当自收到本决定之日起{days}日内先向{body}申请行政复议；"
            f"对行政复议决定仍不服的，可以自收到行政复议决定书之日起{after}日内依法向人民法院提起行政诉讼。"
        )
    months = number("litigation-law.46", "within", on)
    return (
        f"{whom}如果不服本决定，依据{cite(*rules)}，可以自收到本决定之日起{days}日内向{body}申请行政复议，"
        f"或者自收到本决定之日起{months}个月内依法向人民法院提起行政诉讼。"
    )


def lines(words: str) -> Iterable[str]:
    """The lines of what somebody typed, without empty ones."""
    return (line.strip() for line in words.splitlines() if line.strip())
