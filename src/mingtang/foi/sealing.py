"""What keeps a letter from being sealed, whatever its words say: decisions, searches, opinions, consent, the clock."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from mingtang.foi import standing
from mingtang.foi.models import (
    TO_OTHERS,
    Asked,
    Extension,
    FileKind,
    Letter,
    LetterKind,
    Opinion,
    Party,
    Request,
    Search,
)
from mingtang.law.clock import Kind
from mingtang.law.requests import Ground, Reply, Section

#: What a person may decide; the others follow from what the applicant did.
DECIDABLE = tuple(
    ground for ground in Ground if ground not in (Ground.NOT_CORRECTED, Ground.FEE_NOT_PAID, Ground.WITHDRAWN)
)
#: Grounds under which something is handed out.
PROVIDING = (Ground.PROVIDED, Ground.PARTLY_PROVIDED)
#: Grounds of articles 14 to 16, on which parts can be withheld.
EXCEPTIONS = tuple(ground for ground in Ground if ground.reply is Reply.REFUSED)
#: Grounds that need no words beside the decision itself.
SPEAK_FOR_THEMSELVES = (Ground.ALREADY_PUBLIC, *PROVIDING, Ground.NOT_CORRECTED, Ground.FEE_NOT_PAID)
BLANK = "〔待填"


def problems(row: Request, letter: Letter, content: dict[str, object], on: date) -> Iterator[str]:
    """Every reason, in Chinese with its mend. `row` comes from `actions.rows.opened`."""
    if BLANK in str(content):
        yield _("文书里还有“〔待填…〕”的空白：请填写。")
    if letter.is_reply:
        yield from _of_reply(row, letter, on)
    elif letter.kind == LetterKind.EXTENSION:
        yield from _of_extension(row)
    elif letter.kind in TO_OTHERS and letter.party is None:
        yield _("没有写明征求谁的意见：请作废后重新起草。")


def _of_reply(row: Request, letter: Letter, on: date) -> Iterator[str]:
    things = list(letter.things.prefetch_related("searches", "opinions"))
    if not things:
        yield _("这份文书没有答复任何申请事项：请作废后重新起草。")
    known = Known(row, letter, on)
    for asked in things:
        for problem in _of_thing(asked, known):
            yield _("第%(order)d项：%(problem)s") % {"order": asked.order, "problem": problem}
    if letter.kind == LetterKind.TRANSFER and row.asked.count() != len(things):
        yield _("只有整件申请都不属于本机关时才能用这种文书：请改用答复书。")
    if letter.kind != LetterKind.CLOSURE:
        yield from _unanswered(known)


class Known:
    """What is on file, read once for all things of a letter."""

    def __init__(self, row: Request, letter: Letter, on: date) -> None:
        self.row, self.letter = row, letter
        self.searches = list(row.searches.all())
        self.opinions = list(row.opinions.all())
        self.parties = list(row.parties.all())
        self.kinds = {step.kind for step in row.steps.all() if step.voided_at is None}
        self.provided = row.files.filter(
            kind__in=[FileKind.REPLY_ATTACHMENT, FileKind.REDACTED], purged_at=None, letter=letter
        ).exists()
        deadlines = standing.of(row, on).standing.deadlines
        self.waiting = {each.what: each.due for each in deadlines if each.done_on is None and each.due >= on}

    def searched(self, asked: Asked) -> list[Search]:
        """Searches for the thing, or for the request as a whole."""
        return [each for each in self.searches if each.asked_id in (None, asked.pk)]

    def reviewed(self, asked: Asked, kind: str) -> list[Opinion]:
        """Reviews of a kind, of the thing or of the whole."""
        return [each for each in self.opinions if each.kind == kind and each.asked_id in (None, asked.pk)]

    def third_parties(self) -> list[Party]:
        return [party for party in self.parties if party.kind == Party.Kind.THIRD_PARTY]


def _of_thing(asked: Asked, known: Known) -> Iterator[str]:
    ground = asked.decision
    if ground is None:
        yield _("还没有决定。")
        return
    if ground not in SPEAK_FOR_THEMSELVES and not asked.explanation.strip():
        yield _("没有说明理由。")
    yield from _evidence(asked, ground, known)
    if ground in PROVIDING:
        yield from _of_providing(asked, ground, known)
    if ground in (Ground.TRADE_SECRET, Ground.PRIVACY) and not known.third_parties() and not known.opinions:
        yield _("涉及第三方权益，应当书面征求第三方意见（第三十二条）；不能征求的，请用审查意见写明原因。")


def _evidence(asked: Asked, ground: Ground, known: Known) -> Iterator[str]:
    """What must be on file for a ground."""
    if ground is Ground.ALREADY_PUBLIC and not asked.where.strip():
        yield _("没有写明获取的方式、途径。")
    if ground is Ground.DOES_NOT_EXIST:
        searches = known.searched(asked)
        if not searches:
            yield _("答复信息不存在须有检索记录：请先登记在哪里、用什么词检索过。")
        elif any(search.found for search in searches):
            yield _("检索记录写着已经找到：请核对决定。")
    if ground is Ground.REPEATED and asked.repeats_id is None:
        yield _("没有写明与哪一件申请重复。")
    if ground is Ground.STILL_UNCLEAR and Kind.CORRECTION_RECEIVED.value not in known.kinds:
        yield _("没有告知过补正或者没有收到补正，不能以补正后仍不明确答复。")
    if ground is Ground.EXCESSIVE and Kind.REASONS_ASKED.value not in known.kinds:
        yield _("没有要求过申请人说明理由，不能以数量、频次过多不予处理（第三十五条）。")


def _of_providing(asked: Asked, ground: Ground, known: Known) -> Iterator[str]:
    secrecy = known.reviewed(asked, Opinion.Kind.SECRECY)
    if not secrecy:
        yield _("公开前须有保密审查意见（第十七条）：请先登记。")
    elif secrecy[-1].verdict == Opinion.Verdict.OBJECTS:
        yield _("保密审查不同意公开：请核对决定。")
    if not known.provided and not asked.where.strip():
        yield _("没有附上要提供的信息，也没有写明获取的方式、途径和时间。")
    if ground is Ground.PARTLY_PROVIDED and not asked.withheld:
        yield _("部分公开须列明不予公开的部分和依据。")
    refusing = [party for party in known.third_parties() if party.answer == Party.Answer.REFUSES]
    if refusing and ground is Ground.PROVIDED and not asked.explanation.strip():
        yield _("第三方不同意公开：请写明仍然公开的理由（第三十二条）。")


def _unanswered(known: Known) -> Iterator[str]:
    """Whoever was asked has answered, or has let the time pass."""
    for party in known.parties:
        due = known.waiting.get(f"{party.label}答复意见")
        if not party.answer and due is not None:
            yield _("%(party)s还没有答复，期限到 %(due)s：请等答复或者期满。") % {"party": party.label, "due": due}


def _of_extension(row: Request) -> Iterator[str]:
    if not row.extensions.filter(outcome=Extension.Outcome.GRANTED).exists():
        yield _("延期没有经政府信息公开工作机构负责人同意（第三十三条）。")


def kind_of_reply(things: Iterable[Asked], whole: bool) -> LetterKind:
    """Which letter answers these things; `whole` when they are all that the request asks."""
    grounds = {asked.decision for asked in things}
    if grounds == {Ground.NOT_THIS_BODY} and whole:
        return LetterKind.TRANSFER
    if all(ground and ground.reply is None and ground.row.section is Section.NOT_PROCESSED for ground in grounds):
        return LetterKind.NOT_PROCESSED
    given = any(ground in PROVIDING for ground in grounds)
    if Ground.PARTLY_PROVIDED in grounds or (given and any(ground in EXCEPTIONS for ground in grounds)):
        return LetterKind.PARTIAL
    return LetterKind.REPLY
