"""What follows a report: its problems and what became of them, the late who were chased, reminders."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang.bodies.models import Body
from mingtang.reports.models.report import AnnualReport

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager


class Problem(models.Model):
    """A problem that a report names, and what will be done about it: next year's report says what became of it."""

    report_id: int
    follow_ups: "RelatedManager[FollowUp]"

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="problems")
    order = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("问题"), max_length=300)
    measure = models.CharField(_("改进措施"), max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = _("主要问题")
        ordering = ["report", "order", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(measure=""), name="annual_problem_has_measure"),
        ]

    def __str__(self) -> str:
        return self.text


class FollowUp(models.Model):
    """What became of a problem of last year's report; `text` and `measure` are as that report had them."""

    class Outcome(models.TextChoices):
        SOLVED = "solved", _("已解决")
        PARTLY = "partly", _("部分解决")
        OPEN = "open", _("尚未解决")

    report_id: int
    problem_id: int | None
    get_outcome_display: Callable[[], str]

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="follow_ups")
    problem: models.ForeignKey["Problem | None"] = models.ForeignKey(
        Problem, models.PROTECT, null=True, related_name="follow_ups"
    )
    text = models.CharField(_("上年问题"), max_length=300)
    measure = models.CharField(_("上年提出的措施"), max_length=300, blank=True)
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome)
    result = models.CharField(_("做了什么"), max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = _("上年问题整改")
        ordering = ["report", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "problem"], condition=Q(problem__isnull=False), name="annual_follow_up_once"
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(result=""), name="annual_follow_up_says_result"),
        ]

    def __str__(self) -> str:
        return self.text


class Chase(models.Model):
    """The office's word to a body whose report is wanted."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("机关"))
    year = models.PositiveSmallIntegerField(_("年度"))
    text = models.CharField(_("内容"), max_length=300)
    on = models.DateField(_("日期"))
    made_at = models.DateTimeField(_("时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("年度报告催报")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["body", "year", "on"], name="annual_chase_once_a_day")]

    def __str__(self) -> str:
        return f"{self.body} {self.year} {self.on}"


class Reminder(models.Model):
    """That a body was reminded of the last day of its report, so many days before it; once for each number."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("机关"))
    year = models.PositiveSmallIntegerField(_("年度"))
    days = models.SmallIntegerField(_("距最后一日"))
    due_on = models.DateField(_("最后一日"))
    made_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("年度报告提醒")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["body", "year", "days"], name="annual_reminder_once")]

    def __str__(self) -> str:
        return f"{self.body} {self.year} {self.days}"
