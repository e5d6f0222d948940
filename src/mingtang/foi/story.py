"""What happened to a request, in plain words: for its applicant, and for those who work on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.foi import history, standing
from mingtang.foi.models import FOR_APPLICANT, TO_OTHERS, File, Letter, LetterKind, Request, Step
from mingtang.law.clock import Kind
from mingtang.law.rules import Rule

#: Letters to the applicant that are no step of the clock.
BESIDE_STEPS = (LetterKind.RECEIPT, LetterKind.AMENDMENT)


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. `code` is what it is (a `Kind` code, or a word for what is no step)."""

    on: date
    code: str
    title: str
    words: str = ""
    rules: tuple[Rule, ...] = ()
    letter: Letter | None = None
    step: Step | None = None
    files: tuple[File, ...] = field(default=())
    voided: bool = False


def public(request: Request) -> list[Entry]:
    """What the applicant is told: nothing about others, only letters that were handed over; five queries."""
    row = _read(request)
    letters = _letters(row)
    told = [_receipt(row), *_confirmation(row), *(_for_applicant(step, letters) for step in _valid(row))]
    others = (letter for letter in letters.values() if letter.kind in BESIDE_STEPS or letter.is_reply)
    shown = {entry.letter.pk for entry in told if entry.letter}
    told += [_handed_over(letter) for letter in others if letter.deliveries.all() and letter.pk not in shown]
    return sorted(told, key=_place)


def internal(request: Request) -> list[Entry]:
    """Everything on record, voided steps too; about ten queries."""
    row = _read(request)
    letters = _letters(row)
    told = [_receipt(row), *_confirmation(row), *_work(row)]
    told += [_for_desk(step, letters) for step in row.steps.all()]
    told += [_sealed(letter) for letter in letters.values() if letter.sealed_on]
    return sorted(told, key=_place)


def _read(request: Request) -> Request:
    return standing.with_steps(Request.objects.select_related("body", "unit")).get(pk=request.pk)


def _letters(row: Request) -> dict[int, Letter]:
    """Sealed letters by key, with how they were handed over and their files."""
    sealed = row.letters.filter(state=Letter.State.SEALED).select_related("party", "sealed_by__person")
    return {letter.pk: letter for letter in sealed.prefetch_related("deliveries", "files")}


def _valid(row: Request) -> list[Step]:
    return [step for step in row.steps.all() if step.voided_at is None]


def _place(entry: Entry) -> tuple[date, int]:
    """By day; what begins comes first, and a sealing before the step that it brings."""
    order = {"received": 0, "confirmed": 1, "sealed": 3}
    return entry.on, order.get(entry.code, 2 if entry.step is None else 4 + Kind(entry.step.kind).rank)


def _receipt(row: Request) -> Entry:
    words = _("编号 %(number)s，%(channel)s。") % {"number": row.number, "channel": row.get_channel_display()}
    return Entry(row.arrived_on, "received", _("收到申请"), words, history.receipt_of(row).rules)


def _confirmation(row: Request) -> Iterator[Entry]:
    if row.confirmed_on and row.received_on == row.confirmed_on:
        rules = history.receipt_of(row).rules
        yield Entry(row.confirmed_on, "confirmed", _("双方确认，这一天为收到申请之日"), "", rules)


def _for_applicant(step: Step, letters: dict[int, Letter]) -> Entry:
    letter = letters.get(step.letter_id) if step.letter_id else None
    mine = letter if letter and letter.kind not in TO_OTHERS and letter.deliveries.all() else None
    files = _files(mine) if mine else ()
    title, words = _plain(step)
    return Entry(step.on, step.kind, title, words, (Kind(step.kind).rule,), mine, step, files)


def _plain(step: Step) -> tuple[str, str]:
    """Title and words of a step for somebody who knows nothing of the procedure."""
    kind = Kind(step.kind)
    if kind is Kind.CORRECTION_ASKED:
        return _("请您补正"), _("请在 %s 以前补充说明，以便我们查找。") % step.until
    if kind in (Kind.THIRD_PARTY_ASKED, Kind.BODY_ASKED):
        return _("正在征求有关方面的意见"), _("征求意见的时间不计入答复期限。")
    if kind in (Kind.THIRD_PARTY_ANSWERED, Kind.BODY_ANSWERED):
        return _("有关方面已经答复"), ""
    if kind is Kind.EXTENDED:
        return _("答复期限延长"), _("延长 %d 个工作日。") % (step.working_days or 0)
    if kind is Kind.POSTPONED:
        return _("确定延迟答复的期限"), _("我们将在 %s 以前答复您。") % step.until
    if kind is Kind.FEE_NOTIFIED:
        return _("请您缴纳信息处理费"), _("等待缴费的时间不计入答复期限。")
    if kind is Kind.REPLIED:
        return _("已经答复"), ""
    return kind.label, ""


def _handed_over(letter: Letter) -> Entry:
    delivery = letter.deliveries.all()[0]
    return Entry(delivery.on, "letter", letter.get_kind_display(), letter.number, (), letter, None, _files(letter))


def _files(letter: Letter) -> tuple[File, ...]:
    return tuple(file for file in letter.files.all() if file.kind in FOR_APPLICANT and not file.purged_at)


def _for_desk(step: Step, letters: dict[int, Letter]) -> Entry:
    kind = Kind(step.kind)
    parts = [step.party.label if step.party else "", step.reason]
    if step.until:
        parts.append(_("截至 %s") % step.until)
    if step.working_days:
        parts.append(_("%d 个工作日") % step.working_days)
    if step.consent:
        parts.append(_("%s 同意") % step.consent.get_full_name())
    if step.voided_at:
        parts.append(_("已作废：%s") % step.void_reason)
    letter = letters.get(step.letter_id) if step.letter_id else None
    words = "，".join(part for part in parts if part)
    return Entry(step.on, step.kind, kind.label, words, (kind.rule,), letter, step, voided=bool(step.voided_at))


def _sealed(letter: Letter) -> Entry:
    by = letter.sealed_by.get_full_name() if letter.sealed_by else ""
    words = f"{letter.number}　{by}".strip("　")
    on = letter.sealed_on or timezone.localtime(letter.made_at).date()
    return Entry(on, "sealed", _("签发%s") % letter.get_kind_display(), words, (), letter, None, _files(letter))


def _work(row: Request) -> Iterator[Entry]:
    """Searches, reviews, extensions asked, remedies."""
    for search in row.searches.select_related("by__person"):
        found = _("找到") if search.found else _("没有找到")
        words = _("%(where)s，“%(words)s”：%(found)s。%(by)s") % {
            "where": search.where, "words": search.words, "found": found, "by": search.by.get_full_name(),
        }  # fmt: skip
        yield Entry(search.on, "searched", _("检索"), words)
    for opinion in row.opinions.select_related("by__person"):
        words = _("%(verdict)s：%(text)s（%(by)s）") % {
            "verdict": opinion.get_verdict_display(), "text": opinion.text, "by": opinion.by.get_full_name(),
        }  # fmt: skip
        yield Entry(timezone.localtime(opinion.made_at).date(), "opinion", opinion.get_kind_display(), words)
    for one in row.extensions.select_related("decided_by__person"):
        by = one.decided_by.get_full_name() if one.decided_by else ""
        words = f"{one.reason}（{one.get_outcome_display()}{' ' + by if by else ''}）"
        title = _("申请延期 %d 个工作日") % one.working_days
        yield Entry(timezone.localtime(one.asked_at).date(), "extension", title, words)
    for remedy in row.remedies.all():
        words = f"{remedy.authority} {remedy.case_number} {remedy.get_outcome_display()}"
        yield Entry(remedy.filed_on, "remedy", remedy.get_kind_display(), words)
