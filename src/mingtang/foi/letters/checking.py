"""What keeps the words of a letter from being sealed: blanks, clauses, remedies, lateness, who is named in it."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from mingtang.foi.facts import LetterFacts
from mingtang.foi.letterpress import Content
from mingtang.foi.letters import clauses, notices, replies
from mingtang.foi.letters.words import FIRST_RECONSIDERATION, number, refuses, remedy_rules
from mingtang.law.requests import Ground

_BLANK = re.compile(r"[〔【［\[]待填[：:]?([^〔〕【】［］\[\]]*)[〕】］\]]")
_UNCLOSED = re.compile(r"[〔【［\[]待填")
#: Grounds whose reasons the letter must give in words of its own.
_WITHOUT_REASONS = (
    Ground.ALREADY_PUBLIC, Ground.PROVIDED, Ground.PARTLY_PROVIDED, Ground.NOT_CORRECTED, Ground.FEE_NOT_PAID,
    Ground.WITHDRAWN, Ground.PERIODICALS, Ground.SPECIAL_RULES,
)  # fmt: skip
TO_OTHERS = ("third_party", "consultation", "overruled")


def problems(facts: LetterFacts, content: Content) -> list[str]:
    """Every reason not to seal the letter as it stands, in Chinese with the mend; empty when there is none."""
    text = words_of(content)
    found = [*_blanks(text), *_form(facts, content), *_clauses(facts, text)]
    if facts.kind in replies.TITLES:
        found += [*_reasons(facts), *_lateness(facts, text), *_withheld(facts, content), *_enclosed(facts, content)]
    if facts.kind in (*replies.TITLES, "overruled"):
        found += _remedies(facts, text)
    if facts.kind in TO_OTHERS:
        found += _strangers(facts, text)
    return list(dict.fromkeys(found))


def words_of(content: Content) -> str:
    """All words of a letter, a line a paragraph, cell or name."""
    cells = [str(cell) for row in content.get("schedule") or () for cell in row]
    parts = [content.get("title", ""), content.get("addressee", ""), *(content.get("paragraphs") or ()), *cells]
    return "\n".join(map(str, [*parts, *(content.get("attachments") or ())]))


def _blanks(text: str) -> Iterator[str]:
    named = _BLANK.findall(text)
    for what in named:
        yield _("还没有填写：%s。") % (what or _("未说明的空白"))
    if len(_UNCLOSED.findall(text)) > len(named):
        yield _("有一处“待填”的括号不完整：请填写后删去括号。")


def _form(facts: LetterFacts, content: Content) -> Iterator[str]:
    if not str(content.get("title", "")).strip():
        yield _("没有标题：请填写。")
    if not any(str(each).strip() for each in content.get("paragraphs") or ()):
        yield _("没有正文：请填写，或者重新起草。")
    whom = facts.party.identity.name if facts.party else facts.applicant.name
    if whom and whom not in str(content.get("addressee", "")):
        yield _("抬头与这份文书的收件人不符：请核对姓名或者名称。")


def _clauses(facts: LetterFacts, text: str) -> Iterator[str]:
    """Each clause that must be cited is; none is cited that does not hold or belongs to another reply."""
    reply = facts.kind in replies.TITLES
    required = replies.required(facts) if reply else notices.required(facts)
    for missing in clauses.missing(text, required):
        yield _("没有引用%s：请写明依据。") % missing
    for found in clauses.not_in_force(text, facts.made_on):
        yield _("引用的%(clause)s在%(day)s没有生效：请核对。") % {"clause": found, "day": facts.made_on.isoformat()}
    allowed = replies.allowed(facts) if reply else (*required, *_BESIDE.get(facts.kind, ()))
    for found in clauses.foreign(text, allowed):
        yield _("引用的%s不是这种处理决定的依据：请改正，或者改变处理决定后重新起草。") % found


#: Clauses that notices may name beside those that they must.
_BESIDE = {
    "correction": ("disclosure-regulation.30-abandoned",),
    "third_party": ("disclosure-regulation.15",),
    "overruled": ("disclosure-regulation.15",),
    "consultation": ("disclosure-regulation.14", "disclosure-regulation.15"),
    "fee": ("information-fee.6-payment",),
    "reasons": ("disclosure-regulation.35-refused",),
    "later_date": ("disclosure-regulation.35-refused",),
}


def _reasons(facts: LetterFacts) -> Iterator[str]:
    for thing in facts.things:
        ground = next((each for each in Ground if each.value == thing.ground), None)
        if ground is None:
            yield _("第%d项还没有决定：请先作出处理决定。") % thing.order
        elif ground not in _WITHOUT_REASONS and not thing.explanation.strip():
            yield _("第%d项没有说明理由：请在处理决定里填写后重新起草。") % thing.order


def _remedies(facts: LetterFacts, text: str) -> Iterator[str]:
    """That and how the decision can be fought; the clauses themselves are among those required."""
    rules = remedy_rules(facts.made_on, first=refuses(facts))
    days = number(next(each for each in rules if each.startswith("reconsideration-law") and not each.endswith(".23")),
                  "within", facts.made_on)  # fmt: skip
    if "行政复议" not in text or "行政诉讼" not in text:
        yield _("没有告知救济途径：请写明可以怎样申请行政复议、提起行政诉讼。")
        return
    if f"{days}日" not in text:
        yield _("没有写明申请行政复议的期限（%d日）。") % days
    if FIRST_RECONSIDERATION not in rules and f"{number('litigation-law.46', 'within', facts.made_on)}个月" not in text:
        yield _("没有写明提起行政诉讼的期限（6个月）。")
    if FIRST_RECONSIDERATION in rules and "先向" not in text:
        yield _("不予公开的决定须告知先申请行政复议（行政复议法第二十三条）：请写明。")
    if facts.body.review_body and facts.body.review_body not in text:
        yield _("没有写明行政复议机关（%s）。") % facts.body.review_body


def _lateness(facts: LetterFacts, text: str) -> Iterator[str]:
    if facts.request.late_by > 0 and not re.search(r"逾期的原因：\s*[^〔【\s。]", text):
        yield _("答复已经超过期限%d天：请写明“逾期的原因：……”。") % facts.request.late_by


def _withheld(facts: LetterFacts, content: Content) -> Iterator[str]:
    """Each part that is withheld stands in the schedule."""
    rows = "\n".join(str(cell) for row in content.get("schedule") or () for cell in row)
    for thing in facts.things:
        for part in thing.withheld:
            if part.what not in rows:
                yield _("附件清单里没有“%s”：请补上，或者重新起草。") % part.what


def _enclosed(facts: LetterFacts, content: Content) -> Iterator[str]:
    """The note of attachments names as many files as go out with the letter; how it calls them is the writer's."""
    bound_in = 1 if content.get("schedule") else 0
    named = len([each for each in content.get("attachments") or () if str(each).strip()]) - bound_in
    if named < len(facts.enclosures):
        names = "、".join(facts.enclosures)
        yield _("附件说明列的附件少于随文提供的文件（%s）：请补上，或者重新起草。") % names


def _strangers(facts: LetterFacts, text: str) -> Iterator[str]:
    """A letter to others does not say who asks."""
    for secret in facts.applicant.secrets():
        if secret in text and secret not in (facts.party.identity.name if facts.party else ""):
            yield _("征求意见的文书里写有申请人的个人信息：请删去，只写申请编号。")
            return
