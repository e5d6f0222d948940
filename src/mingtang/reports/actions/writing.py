"""Writing the narrative: the texts of the chapters, the problems, what became of last year's."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mingtang.bodies.permissions import day_of
from mingtang.law.annual.facts import Facts, UnknownFact
from mingtang.law.annual.narrating import skeleton
from mingtang.reports import queries
from mingtang.reports.actions.rows import LONGEST_TEXT, opened, said, tell, user_of
from mingtang.reports.errors import Invalid, Stale
from mingtang.reports.models import AnnualReport, FollowUp, Problem, Text

FILL = "reports.fill"


@transaction.atomic
def write_text(
    report: AnnualReport, number: int, text: str, *, version: int, actor: Any, moment: datetime
) -> Text:  # fmt: skip
    """Keep the text of a chapter; `version` is the one that the writer saw (0 for none yet). Raises `Stale`.

    What stands in braces is a fact that follows the tables (`law.annual.facts`); a name that is none is `Invalid`.
    """
    row = opened(report, FILL, _("修改正文"), actor=actor, moment=moment)
    if len(text) > LONGEST_TEXT:
        raise Invalid("text", _("这一部分超过 %d 字，请精简。") % LONGEST_TEXT)
    kept = row.texts.filter(number=number).first() or Text(report=row, number=number)
    if kept.version != version:
        raise Stale
    plain = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    if "{" in plain:
        try:
            Facts(queries.written(row, on=day_of(moment))).fill(plain)
        except UnknownFact as error:
            raise Invalid("text", str(error)) from error
    if plain == kept.text and kept.version:
        return kept
    kept.text, kept.version = plain, version + 1
    kept.edited_at, kept.edited_by = moment, user_of(actor)
    kept.save()
    tell("written", row, actor=actor, moment=moment, chapter=number, version=kept.version, characters=len(plain))
    return kept


@transaction.atomic
def narrate(report: AnnualReport, *, actor: Any, moment: datetime) -> list[Text]:
    """Write a first draft into every chapter that holds no words yet: what the data says, its numbers left live."""
    row = opened(report, FILL, _("撰写初稿"), actor=actor, moment=moment)
    made: list[Text] = []
    for chapter in skeleton(queries.written(row, on=day_of(moment))):
        kept = queries.text_of(row, chapter.number)
        if chapter.paragraphs and not (kept and kept.paragraphs):
            version = kept.version if kept else 0
            text = "\n".join(chapter.paragraphs)
            made.append(write_text(row, chapter.number, text, version=version, actor=actor, moment=moment))
    return made


@transaction.atomic
def save_problem(
    report: AnnualReport, text: str, measure: str, *, actor: Any, moment: datetime, problem: Problem | None = None
) -> Problem:
    """Add a problem with its measure, or change one; event `reports.problem_saved`."""
    row = opened(report, FILL, _("修改主要问题"), actor=actor, moment=moment)
    last = row.problems.aggregate(last=Max("order"))["last"] or 0
    kept = row.problems.get(pk=problem.pk) if problem else Problem(report=row, order=last + 1)
    kept.text = said("text", text, _("问题"), 300, least=4)
    kept.measure = said("measure", measure, _("改进措施"), 300, least=4)
    kept.save()
    tell("problem_saved", row, actor=actor, moment=moment, problem=kept.pk)
    return kept


@transaction.atomic
def drop_problem(problem: Problem, *, actor: Any, moment: datetime) -> None:
    """Take a problem out of the report; one that the next year has answered stays."""
    row = opened(problem.report, FILL, _("删除主要问题"), actor=actor, moment=moment)
    if problem.follow_ups.exists():
        raise Invalid("problem", _("下一年的报告已经回应了这个问题，不能删除。"))
    tell("problem_dropped", row, actor=actor, moment=moment, problem=problem.pk)
    problem.delete()


@transaction.atomic
def follow_up(
    report: AnnualReport, *, outcome: str, result: str, actor: Any, moment: datetime, problem: Problem | None = None,
    text: str = "", measure: str = "",
) -> FollowUp:  # fmt: skip
    """Say what became of a problem of last year's report; `text` and `measure` where that report is not kept here."""
    row = opened(report, FILL, _("填写整改结果"), actor=actor, moment=moment)
    if outcome not in FollowUp.Outcome.values:
        raise Invalid("outcome", _("请选择整改结果。"))
    if problem is not None and (problem.report.body_id, problem.report.year) != (row.body_id, row.year - 1):
        raise Invalid("problem", _("这不是本机关上年报告里的问题，请刷新页面再选。"))
    if problem is not None:
        text, measure = problem.text, problem.measure
    what = said("text", text, _("上年问题"), 300, least=4)
    told = said("result", result, _("整改情况"), 300, least=2)
    found = row.follow_ups.filter(problem=problem) if problem else row.follow_ups.filter(problem=None, text=what)
    kept = found.first() or FollowUp(report=row, problem=problem, text=what)
    kept.measure, kept.outcome, kept.result = measure.strip()[:300], outcome, told
    kept.save()
    tell("followed_up", row, actor=actor, moment=moment, problem=problem.pk if problem else None, outcome=outcome)
    return kept
