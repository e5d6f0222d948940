"""The report of a body about a year, the texts of its chapters, the office's remarks, and what was frozen of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang.bodies.models import Body
from mingtang.records.models import PUBLIC_STATES, Record
from mingtang.records.models import State as RecordState

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager

    from mingtang.reports.models.follow import FollowUp, Problem
    from mingtang.reports.models.numbers import Correction, Exclusion, ImportedNumber, Inclusion


class AnnualReport(models.Model):
    """A body's report about a year, in work. What the public sees of it is the record, made from a frozen version.

    `frozen` holds the numbers as they were submitted (place → value and origin); while it is empty they are counted
    live. `edition` counts the editions that went out; `reopened_for` is why the next one is being made.
    """

    class Kind(models.TextChoices):
        BODY = "body", _("机关报告")
        GOVERNMENT = "government", _("政府报告（汇总）")

    class State(models.TextChoices):
        FILLING = "filling", _("填报中")
        SUBMITTED = "submitted", _("已报送")
        RETURNED = "returned", _("已退回")
        ACCEPTED = "accepted", _("已通过")
        RELEASED = "released", _("送审发布")

    #: States in which texts and numbers may be changed.
    OPEN = (State.FILLING, State.RETURNED)

    body_id: int
    record_id: int | None
    get_state_display: Callable[[], str]
    get_kind_display: Callable[[], str]
    texts: "RelatedManager[Text]"
    remarks: "RelatedManager[Remark]"
    versions: "RelatedManager[Version]"
    numbers: "RelatedManager[ImportedNumber]"
    corrections: "RelatedManager[Correction]"
    exclusions: "RelatedManager[Exclusion]"
    included: "RelatedManager[Inclusion]"
    problems: "RelatedManager[Problem]"
    follow_ups: "RelatedManager[FollowUp]"

    body = models.ForeignKey(Body, models.PROTECT, related_name="annual_reports", verbose_name=_("机关"))
    year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("类别"), max_length=12, choices=Kind, default=Kind.BODY)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.FILLING)
    record: models.OneToOneField[Record | None] = models.OneToOneField(
        Record, models.PROTECT, null=True, related_name="annual_report", verbose_name=_("公开信息")
    )
    frozen: "models.JSONField[dict[str, Any] | None]" = models.JSONField(_("报送时的数据"), null=True)
    edition = models.PositiveSmallIntegerField(_("已送审版次"), default=0)
    reopened_for = models.CharField(_("更正原因"), max_length=200, blank=True)
    opened_at = models.DateTimeField(_("开始填报"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("报送时间"), null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(_("通过时间"), null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("年度报告")
        ordering = ["-year", "body__order", "body__code"]
        indexes = [models.Index(fields=["year", "state"], name="annual_report_state")]
        constraints = [
            models.UniqueConstraint(fields=["body", "year"], name="annual_report_once"),
            models.CheckConstraint(condition=Q(year__gte=2008, year__lte=2999), name="annual_report_year"),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "accepted", "released"]) | Q(frozen__isnull=False),
                name="annual_report_submitted_is_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(record__isnull=False, edition__gte=1),
                name="annual_report_released_has_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body.name}{self.year}年政府信息公开工作年度报告"

    @property
    def is_government(self) -> bool:
        """Whether it puts together the reports of a government's bodies."""
        return self.kind == self.Kind.GOVERNMENT

    @property
    def is_open(self) -> bool:
        """Whether texts and numbers may be changed."""
        return self.state in self.OPEN

    @property
    def is_public(self) -> bool:
        """Whether an edition of it is before the public."""
        return self.record is not None and self.record.state in PUBLIC_STATES

    @property
    def is_settled(self) -> bool:
        """Whether the newest edition is before the public and nothing newer is in work."""
        return self.state == self.State.RELEASED and self.record is not None and self.record.stage in PUBLIC_STATES

    @property
    def stage(self) -> str:
        """Where it stands, as a code: its state, and of a released one where its record stands."""
        if self.state != self.State.RELEASED or self.record is None:
            return "correcting" if self.edition and self.is_open else str(self.state)
        if self.record.stage in PUBLIC_STATES:
            return "published"
        return "sent_back" if self.record.stage == RecordState.RETURNED else "in_review"

    @property
    def stage_label(self) -> str:
        """The same in words."""
        return str(STAGES[self.stage])


#: The stages of a report in words, in the order of its life.
STAGES = {
    "filling": _("填报中"),
    "submitted": _("已报送待审"),
    "returned": _("退回修改"),
    "accepted": _("审核通过"),
    "in_review": _("三级审签中"),
    "sent_back": _("审签退回"),
    "published": _("已公布"),
    "correcting": _("公布后更正中"),
}


class Text(models.Model):
    """The narrative of one chapter: paragraphs, one a line. `version` counts its changes, for writers who meet."""

    report_id: int

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField(_("部分"))
    text = models.TextField(_("正文"), blank=True)
    version = models.PositiveIntegerField(_("修改次数"), default=0)
    edited_at = models.DateTimeField(_("修改时间"))
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("报告正文")
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="annual_text_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=6), name="annual_text_chapter"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.number}"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs without empty lines and surrounding blanks."""
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())


class Remark(models.Model):
    """What the office wants mended: about a place of the report, or the whole; answered by who mends it."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="remarks")
    place = models.CharField(_("位置"), max_length=120, blank=True)
    text = models.CharField(_("意见"), max_length=500)
    made_at = models.DateTimeField(_("提出时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("答复"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("修改意见")
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="annual_remark_says_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="annual_remark_answer_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Version(models.Model):
    """The whole report as it was sent into review, never changed afterwards (the database refuses it).

    `content` is a `WrittenReport` as JSON, `digest` the SHA-256 of its canonical spelling. `shown` is the digest of
    the record's text that was made from it: by it the version that is before the public is found.
    """

    report_id: int

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("序号"))
    edition = models.PositiveSmallIntegerField(_("版次"))
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)
    content = models.JSONField(_("内容"))
    digest = models.CharField(_("摘要"), max_length=64)
    shown = models.CharField(_("正文摘要"), max_length=64)
    made_at = models.DateTimeField(_("定稿时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("报告定稿")
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="annual_version_once"),
            models.CheckConstraint(
                condition=Q(edition=1) | ~Q(reason=""), name="annual_version_later_edition_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} #{self.number}"
