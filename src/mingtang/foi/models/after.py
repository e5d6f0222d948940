"""After the reply: reconsideration and litigation, the archive, proposals for proactive publication, reminders."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang.bodies.models import Body
from mingtang.foi.models.files import File
from mingtang.foi.models.request import Request
from mingtang.records.models import Record

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager


class Remedy(models.Model):
    """A reconsideration or a lawsuit about a request, up to its outcome: what table 3 counts."""

    class Kind(models.TextChoices):
        RECONSIDERATION = "reconsideration", _("行政复议")
        LITIGATION = "litigation", _("未经复议直接起诉")
        AFTER_RECONSIDERATION = "litigation_after_review", _("复议后起诉")

    class Stage(models.TextChoices):
        FILED = "filed", _("已收到通知")
        ANSWERED = "answered", _("已提交答复和证据")
        HEARD = "heard", _("已审理")
        CONCLUDED = "concluded", _("已审结")

    class Outcome(models.TextChoices):
        PENDING = "pending", _("尚未审结")
        UPHELD = "upheld", _("结果维持")
        CORRECTED = "corrected", _("结果纠正")
        OTHER = "other", _("其他结果")

    request_id: int
    stages: "RelatedManager[RemedyStage]"
    get_kind_display: Callable[[], str]
    get_stage_display: Callable[[], str]
    get_outcome_display: Callable[[], str]

    request = models.ForeignKey(Request, models.PROTECT, related_name="remedies")
    kind = models.CharField(_("种类"), max_length=24, choices=Kind)
    filed_on = models.DateField(_("收到日期"))
    authority = models.CharField(_("复议机关或者法院"), max_length=120)
    case_number = models.CharField(_("案号"), max_length=80, blank=True)
    stage = models.CharField(_("进程"), max_length=10, choices=Stage, default=Stage.FILED)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, default=Outcome.PENDING)
    concluded_on = models.DateField(_("审结日期"), null=True, blank=True)
    note = models.TextField(_("说明"), blank=True)
    made_at = models.DateTimeField(_("记录时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("复议诉讼")
        ordering = ["-filed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="pending", concluded_on=None)
                | (~Q(outcome="pending") & Q(concluded_on__gte=models.F("filed_on"), stage="concluded")),
                name="foi_remedy_concluded_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.case_number or self.filed_on}"


class RemedyStage(models.Model):
    """One stage that a remedy reached."""

    get_stage_display: Callable[[], str]

    remedy = models.ForeignKey(Remedy, models.CASCADE, related_name="stages")
    stage = models.CharField(_("进程"), max_length=10, choices=Remedy.Stage)
    on = models.DateField(_("日期"))
    note = models.CharField(_("说明"), max_length=500, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "id"]


class Proposal(models.Model):
    """Information that several asked for, proposed for proactive publication (Order 711, article 44)."""

    class Outcome(models.TextChoices):
        PENDING = "", _("待处理")
        DRAFTED = "drafted", _("已起草公开信息")
        DECLINED = "declined", _("不转为主动公开")

    body_id: int
    record_id: int | None
    get_outcome_display: Callable[[], str]

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("机构"))
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("内容和理由"), blank=True)
    requests = models.ManyToManyField(Request, related_name="proposals", verbose_name=_("相关申请"))
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome, blank=True)
    reason = models.CharField(_("不转的理由"), max_length=300, blank=True)
    record = models.ForeignKey(Record, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("转主动公开的建议")
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.title


class Archive(models.Model):
    """The whole file of a request as one BagIt bag, encrypted like its files."""

    request = models.OneToOneField(Request, models.PROTECT, related_name="archive")
    file = models.OneToOneField(File, models.PROTECT, related_name="+")
    digest = models.CharField(_("清单摘要"), max_length=64)
    files = models.PositiveIntegerField(_("文件数"))
    made_at = models.DateTimeField(_("归档时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("归档")


class Reminder(models.Model):
    """Somebody was told that a day comes near, or that it moved; each level once for each day due."""

    class Level(models.IntegerChoices):
        TEN = 10, _("还有10个工作日")
        FIVE = 5, _("还有5个工作日")
        TWO = 2, _("还有2个工作日")
        ZERO = 0, _("今天到期")
        OVERDUE = -1, _("已经逾期")
        MOVED = 99, _("放假安排变化，期限移动")

    request_id: int
    get_level_display: Callable[[], str]

    request = models.ForeignKey(Request, models.CASCADE, related_name="reminders")
    level = models.SmallIntegerField(_("级别"), choices=Level)
    due_on = models.DateField(_("期限"))
    was_due_on = models.DateField(_("原期限"), null=True, blank=True)
    made_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("提醒")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "level", "due_on"], name="foi_reminder_once"),
        ]


class CalendarSeen(models.Model):
    """The calendar by which the open requests were last folded: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="foi_one_calendar")]
