"""The levels of review as Wagtail workflow tasks, and the signatures that people set."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, Task

from mingtang.bodies.models import Body, Post, Role
from mingtang.records.models import Record


class Gate(models.TextChoices):
    """The five gates that a signer answers for. The first is human alone: no word list judges opinions."""

    POLITICS = "politics", _("政治关")
    LAW = "law", _("法律关")
    POLICY = "policy", _("政策关")
    SECRECY = "secrecy", _("保密关")
    WORDING = "wording", _("文字关")


class Level(models.IntegerChoices):
    """The three levels, in order."""

    SECTION = 1, _("科室审核")
    HEAD = 2, _("单位签发")
    OFFICE = 3, _("公开办终审")


#: Whose signature a level wants.
ROLE_OF_LEVEL = {Level.SECTION: Role.REVIEWER, Level.HEAD: Role.APPROVER, Level.OFFICE: Role.OFFICE}


class GateTask(Task):
    """One level of the workflow: which role signs, and through which gates.

    Wagtail's own approve and reject are not offered: a signature is more than a click (`review.actions.sign`).
    """

    level = models.PositiveSmallIntegerField(_("级次"), choices=Level)
    role = models.CharField(_("签字岗位"), max_length=20, choices=Role)
    gates = models.JSONField(_("关口"), default=list)

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride]  # Django keeps no Meta of a table's class
        verbose_name = verbose_name_plural = _("审核环节")

    # Wagtail's own methods return one fixed value, which the checker takes for all they may return.
    def locked_for_user(self, obj: Any, user: Any) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        """While it is in review nobody changes the text under the signers; it is recalled or returned first."""
        return True

    def on_action(self, task_state: Any, user: Any, action_name: str, **_options: Any) -> None:
        """Closed: signing and returning go through `review.actions`."""
        raise PermissionDenied(_("请在审核页面签字或退回。"))

    @classmethod
    def get_description(cls) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        """What Wagtail's settings say about this kind of task."""
        return str(_("由规定岗位的人核对五关并签字"))


class SetAside(models.Model):
    """A finding that somebody set aside with a reason: for one record, or (without one) for all texts of the body."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("机构"))
    record = models.ForeignKey(
        Record, models.CASCADE, null=True, blank=True, related_name="set_aside", verbose_name=_("信息")
    )
    key = models.CharField(_("提示的指纹"), max_length=32)
    what = models.CharField(_("提示"), max_length=300)
    reason = models.CharField(_("理由"), max_length=300)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("搁置人"))
    moment = models.DateTimeField(_("时刻"))

    class Meta:
        verbose_name = verbose_name_plural = _("搁置的提示")
        ordering = ["-moment"]
        constraints = [
            models.UniqueConstraint(fields=["record", "key"], name="set_aside_once"),
            models.UniqueConstraint(
                fields=["body", "key"], condition=models.Q(record=None), name="set_aside_for_good_once"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="set_aside_has_reason"),
        ]

    def __str__(self) -> str:
        return self.what


class SignOff(models.Model):
    """One gate, signed by one person in one post: passed, or not passed with the reason. Never changed or deleted."""

    record_id: int
    get_level_display: Callable[[], str]
    get_gate_display: Callable[[], str]

    record = models.ForeignKey(Record, models.PROTECT, related_name="sign_offs", verbose_name=_("信息"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("版本"))
    round = models.PositiveBigIntegerField(_("轮次"), help_text=_("工作流状态的编号，一次送审一轮"))
    level = models.PositiveSmallIntegerField(_("级次"), choices=Level)
    gate = models.CharField(_("关口"), max_length=12, choices=Gate)
    passed = models.BooleanField(_("通过"))
    remark = models.CharField(_("意见"), max_length=500, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("签字人"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("岗位"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("签字人所在机构"))
    moment = models.DateTimeField(_("时刻"))

    class Meta:
        verbose_name = verbose_name_plural = _("审核签字")
        ordering = ["round", "level", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "level", "gate"], name="sign_off_once"),
            models.CheckConstraint(
                condition=models.Q(passed=True) | ~models.Q(remark=""), name="sign_off_refusal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.get_level_display()} {self.get_gate_display()} {self.user}"
