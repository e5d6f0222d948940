"""What a body owes and how it fares: assignments, objections, progress, postponements and chases."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang.bodies.models import Body, Expansion
from mingtang.ledger.models.notice import Ledger, Task

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager

    from mingtang.ledger.models.proof import Evidence


class Assignment(models.Model):
    """A task as the duty of one body. Its state is moved by actions only.

    `due_on` is the notice's day, or the body's own where the notice sets none; only a consented postponement moves it
    afterwards. A completed assignment rests on `proof`, a confirmed piece of evidence.
    """

    class Role(models.TextChoices):
        RESPONSIBLE = "responsible", _("责任")
        LEAD = "lead", _("牵头")
        SUPPORTING = "supporting", _("配合")

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("待认领")
        OBJECTED = "objected", _("有异议")
        ACCEPTED = "accepted", _("办理中")
        COMPLETED = "completed", _("已完成")
        WITHDRAWN = "withdrawn", _("已撤销")
        CARRIED = "carried", _("已转入下年")

    #: States in which something is still owed.
    OPEN = (State.ASSIGNED, State.OBJECTED, State.ACCEPTED)

    ledger_id: int
    task_id: int
    body_id: int
    proof_id: int | None
    carried_from_id: int | None
    objections: "RelatedManager[Objection]"
    reports: "RelatedManager[Progress]"
    postponements: "RelatedManager[Postponement]"
    reopenings: "RelatedManager[Reopening]"
    chases: "RelatedManager[Chase]"
    evidence: "RelatedManager[Evidence]"
    carried_into: "RelatedManager[Assignment]"
    get_state_display: Callable[[], str]

    ledger = models.ForeignKey(Ledger, models.PROTECT, related_name="assignments")
    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    body = models.ForeignKey(Body, models.PROTECT, related_name="assignments", verbose_name=_("单位"))
    role = models.CharField(_("分工"), max_length=12, choices=Role, default=Role.RESPONSIBLE)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ASSIGNED)
    named_as = models.CharField(_("通知中的称谓"), max_length=120)
    expansion = models.ForeignKey(Expansion, models.PROTECT, null=True, related_name="+", verbose_name=_("机构组"))
    due_on = models.DateField(_("期限"), null=True, blank=True)
    responsible = models.CharField(_("责任人"), max_length=60, blank=True)
    measures = models.TextField(_("措施"), blank=True)
    planned_on = models.DateField(_("计划完成"), null=True, blank=True)
    percent = models.PositiveSmallIntegerField(_("进度"), default=0)
    answered_at = models.DateTimeField(_("反馈时间"), null=True)
    accepted_at = models.DateTimeField(_("认领时间"), null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    completed_at = models.DateTimeField(_("完成时间"), null=True)
    proof: models.ForeignKey["Evidence | None"] = models.ForeignKey(
        "ledger.Evidence", models.PROTECT, null=True, related_name="+", verbose_name=_("佐证")
    )
    carried_from: models.ForeignKey["Assignment | None"] = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="carried_into"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("工作任务")
        ordering = ["task__item__order", "task__order", "body__order", "id"]
        indexes = [
            models.Index(fields=["ledger", "body", "state"], name="assignment_of_body"),
            models.Index(fields=["ledger", "state", "due_on"], name="assignment_due"),
            models.Index(fields=["body", "state"], name="assignment_open"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["task", "body"], name="assignment_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "completed"])
                | (~Q(responsible="") & Q(planned_on__isnull=False, accepted_at__isnull=False)),
                name="assignment_accepted_names_person",
            ),
            models.CheckConstraint(
                condition=Q(state="completed", proof__isnull=False, completed_at__isnull=False)
                | (~Q(state="completed") & Q(proof=None, completed_at=None)),
                name="assignment_completed_is_proved",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="assignment_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.body.short_name}：{self.task.text[:40]}"


#: What a body asks waits without a decision, or was decided at a moment by a person.
DECIDED_BY_SOMEONE = Q(outcome="", decided_at=None) | (
    ~Q(outcome="") & Q(decided_at__isnull=False, decided_by__isnull=False)
)


class Objection(models.Model):
    """A body says the duty is not its own; the office upholds the assignment or withdraws it."""

    class Outcome(models.TextChoices):
        PENDING = "", _("待裁定")
        UPHELD = "upheld", _("维持分工")
        WITHDRAWN = "withdrawn", _("撤销分工")

    assignment_id: int
    get_outcome_display: Callable[[], str]

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="objections")
    reason = models.CharField(_("理由"), max_length=500)
    made_at = models.DateTimeField(_("提出时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    outcome = models.CharField(_("裁定"), max_length=10, choices=Outcome, blank=True)
    answer = models.CharField(_("答复"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("裁定时间"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("异议")
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["assignment"], condition=Q(outcome=""), name="objection_one_pending"),
            models.CheckConstraint(condition=~Q(reason=""), name="objection_has_reason"),
            models.CheckConstraint(condition=DECIDED_BY_SOMEONE, name="objection_decided_by_someone"),
        ]


class Progress(models.Model):
    """A report on how far a duty has come."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reports")
    percent = models.PositiveSmallIntegerField(_("进度（%）"))
    text = models.CharField(_("进展情况"), max_length=1000)
    made_at = models.DateTimeField(_("时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("进展")
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="progress_percent"),
            models.CheckConstraint(condition=~Q(text=""), name="progress_says_something"),
        ]


class Postponement(models.Model):
    """A body asks for a later day; it holds only with the office's consent."""

    class Outcome(models.TextChoices):
        PENDING = "", _("待批")
        GRANTED = "granted", _("同意延期")
        REFUSED = "refused", _("不同意延期")

    assignment_id: int
    get_outcome_display: Callable[[], str]

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="postponements")
    until = models.DateField(_("延至"))
    was_due_on = models.DateField(_("原期限"), null=True)
    reason = models.CharField(_("理由"), max_length=500)
    made_at = models.DateTimeField(_("申请时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    outcome = models.CharField(_("审批"), max_length=10, choices=Outcome, blank=True)
    answer = models.CharField(_("答复"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("延期")
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["assignment"], condition=Q(outcome=""), name="postponement_one_pending"),
            models.CheckConstraint(condition=~Q(reason=""), name="postponement_has_reason"),
            models.CheckConstraint(
                condition=Q(was_due_on=None) | Q(until__gt=models.F("was_due_on")), name="postponement_is_later"
            ),
            models.CheckConstraint(condition=DECIDED_BY_SOMEONE, name="postponement_has_consent"),
        ]


class Reopening(models.Model):
    """A completed duty was opened again, and why; nobody (`made_by`) where its evidence fell by itself."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reopenings")
    reason = models.CharField(_("原因"), max_length=300)
    made_at = models.DateTimeField(_("时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("重新打开")
        ordering = ["made_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_reason")]


class Chase(models.Model):
    """The office chases (催办): a whole ledger that a body has not answered, or one duty. Once a day for each."""

    ledger_id: int
    assignment_id: int | None

    ledger = models.ForeignKey(Ledger, models.PROTECT, related_name="chases")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("单位"))
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="chases")
    text = models.CharField(_("催办内容"), max_length=500)
    on = models.DateField(_("日期"))
    made_at = models.DateTimeField(_("时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("回应时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("催办")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "body", "on"], condition=Q(assignment=None), name="chase_body_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["assignment", "on"],
                condition=Q(assignment__isnull=False),
                name="chase_duty_once_a_day",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="chase_says_something"),
        ]
        indexes = [models.Index(fields=["body", "answered_at"], name="chase_open")]
