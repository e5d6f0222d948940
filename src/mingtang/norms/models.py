"""Normative documents, what they rest on, the acts on them, the periods computed from these, and clean-ups."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingtang.bodies.models import Body
from mingtang.law import validity
from mingtang.records.models import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models.manager import RelatedManager


class NormKind(models.TextChoices):
    """What a document is by who makes it (norm-measures.3); regulations are a row of their own in the annual report."""

    GOVERNMENT = "government", _("政府规范性文件")
    DEPARTMENT = "department", _("部门规范性文件")
    TOWNSHIP = "township", _("苏木乡镇规范性文件")
    REGULATION = "regulation", _("政府规章")


class Norm(Record):
    """A normative document: a record with its registration, how it was made, and the acts on it.

    All fields here are facts about the document, not its text: revisions never bring them back (`LIFE_FIELDS`), and
    `validity` is a projection of the acts that nobody types.
    """

    record_ptr_id: int
    joint: "RelatedManager[JointIssuer]"
    references: "RelatedManager[Reference]"
    acts: "RelatedManager[Act]"
    periods: "RelatedManager[Period]"
    get_kind_display: "Callable[[], str]"
    get_validity_display: "Callable[[], str]"

    kind = models.CharField(_("类别"), max_length=12, choices=NormKind, default=NormKind.DEPARTMENT)
    registration_number = models.CharField(_("登记号"), max_length=60, blank=True)
    unified_number = models.CharField(_("统一编号"), max_length=60, blank=True)
    registered_on = models.DateField(_("登记日期"), null=True, blank=True)
    drafting_body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="drafted_norms", verbose_name=_("起草单位")
    )
    applies_to = models.CharField(_("适用对象"), max_length=200, blank=True)
    legality_by = models.CharField(_("合法性审核单位"), max_length=120, blank=True)
    legality_on = models.DateField(_("合法性审核日期"), null=True, blank=True)
    legality_number = models.CharField(_("审核意见文号"), max_length=60, blank=True)
    decided_at = models.CharField(_("集体审议会议"), max_length=120, blank=True)
    decided_on = models.DateField(_("集体审议日期"), null=True, blank=True)
    comment_link = models.URLField(_("征求意见公告网址"), max_length=300, blank=True)
    comment_from = models.DateField(_("征求意见起"), null=True, blank=True)
    comment_to = models.DateField(_("征求意见止"), null=True, blank=True)
    no_comment_reason = models.CharField(_("未公开征求意见的理由"), max_length=200, blank=True)
    filing_to = models.CharField(_("备案机关"), max_length=120, blank=True)
    filing_due = models.DateField(_("备案截止日"), null=True, blank=True, editable=False)
    filed_on = models.DateField(_("报送备案日期"), null=True, blank=True)
    filing_number = models.CharField(_("备案号"), max_length=60, blank=True)
    stock_source = models.CharField(_("历史文件来源"), max_length=200, blank=True)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    #: Facts that are stated about the document and corrected by an act of their own.
    FACTS = (
        "kind", "registration_number", "unified_number", "registered_on", "drafting_body", "applies_to", "legality_by",
        "legality_on", "legality_number", "decided_at", "decided_on", "comment_link", "comment_from", "comment_to",
        "no_comment_reason", "filing_to", "filing_due", "filed_on", "filing_number", "stock_source", "source_digest",
    )  # fmt: skip
    LIFE_FIELDS = (*Record.LIFE_FIELDS, "validity", *FACTS)

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride]  # nobody extends the Meta of a mixin
        verbose_name = verbose_name_plural = _("规范性文件")
        constraints = [
            models.UniqueConstraint(
                fields=["registration_number"],
                condition=~Q(registration_number=""),
                name="norm_registration_number_once",
                violation_error_message=_("登记号已有别的文件使用，请核对登记号。"),
            ),
            models.UniqueConstraint(
                fields=["unified_number"],
                condition=~Q(unified_number=""),
                name="norm_unified_number_once",
                violation_error_message=_("统一编号已有别的文件使用，请核对统一编号。"),
            ),
            models.UniqueConstraint(
                fields=["source_digest"], condition=~Q(source_digest=""), name="norm_taken_in_once"
            ),
            models.CheckConstraint(
                condition=Q(comment_from=None) | Q(comment_to=None) | Q(comment_to__gte=F("comment_from")),
                name="norm_comment_days_in_order",
                violation_error_message=_("征求意见的截止日期不得早于开始日期。"),
            ),
        ]

    def stand(self, day: date) -> validity.Span | None:
        """What the document is worth on the day, computed from its acts; None before it was made."""
        return validity.on_day(self.life(), day)

    def life(self, acts: "Sequence[Act] | None" = None) -> tuple[validity.Span, ...]:
        """Its whole life by its own days and the acts on it that hold (given, prefetched or asked for)."""
        if self.made_on is None and self.effective_on is None:
            return ()
        known = self.standing_acts() if acts is None else acts
        made = self.made_on or self.effective_on
        assert made is not None  # noqa: S101 - for the type checker: one of the two is there
        return validity.spans(made, self.effective_on, self.expires_on, (act.value for act in known))

    def standing_acts(self) -> "list[Act]":
        """The acts that hold, in the order of their days."""
        return sorted((act for act in self.acts.all() if act.voided_at is None), key=lambda a: (a.effective_on, a.pk))


class JointIssuer(models.Model):
    """Another body that issues the document together with its own; by name where it is none of the directory."""

    body_id: int | None

    norm = models.ForeignKey(Norm, models.CASCADE, related_name="joint")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("联合机构"))
    name = models.CharField(_("名称"), max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("联合发文机构")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["norm", "name"], name="norm_joint_once")]

    def __str__(self) -> str:
        return self.name


class Reference(models.Model):
    """A document that a norm rests on or names: one of the library, or one outside by its title and number."""

    norm_id: int
    to_id: int | None
    get_role_display: "Callable[[], str]"

    class Role(models.TextChoices):
        """Why the document is named."""

        BASIS = "basis", _("制定依据")
        CITED = "cited", _("引用")

    norm = models.ForeignKey(Norm, models.CASCADE, related_name="references")
    role = models.CharField(_("关系"), max_length=8, choices=Role)
    to = models.ForeignKey(Norm, models.PROTECT, null=True, blank=True, related_name="cited_from")
    title = models.CharField(_("名称"), max_length=200, blank=True)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    clause = models.CharField(_("条款"), max_length=60, blank=True)
    link = models.URLField(_("网址"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("依据与引用")
        ordering = ["role", "id"]
        indexes = [
            models.Index(fields=["to", "role"], name="norm_cited_by"),
            models.Index(fields=["number"], name="norm_reference_number"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["norm", "role", "title", "number", "clause"], name="norm_reference_once"),
            models.CheckConstraint(condition=~Q(title="") | ~Q(number=""), name="norm_reference_names_something"),
            models.CheckConstraint(
                condition=Q(to=None) | ~Q(norm=F("to")),
                name="norm_reference_to_another",
                violation_error_message=_("文件不能以自己为依据。"),
            ),
        ]

    def __str__(self) -> str:
        title = f"《{self.title}》" if self.title else ""
        return f"{title}{f'（{self.number}）' if self.number and title else self.number}{self.clause}"


class ActKind(models.TextChoices):
    """What an act does to a document; the codes are those of `law.validity.Kind`."""

    AMENDED = "amended", _("修改")
    REPEALED = "repealed", _("废止")
    LAPSED = "lapsed", _("失效")
    INVALIDATED = "invalidated", _("宣布失效")
    REPLACED = "replaced", _("被替代")
    INTERPRETED = "interpreted", _("解释")
    EXTENDED = "extended", _("延长有效期")


#: Acts after which the whole document binds no more.
ENDING = (ActKind.REPEALED, ActKind.LAPSED, ActKind.INVALIDATED, ActKind.REPLACED)


class Act(models.Model):
    """One act on a document, from which its validity is computed. A mistaken one is voided with a reason, not lost."""

    norm_id: int
    by_id: int | None
    item_id: int | None
    get_kind_display: "Callable[[], str]"

    norm = models.ForeignKey(Norm, models.PROTECT, related_name="acts", verbose_name=_("文件"))
    kind = models.CharField(_("行为"), max_length=12, choices=ActKind)
    effective_on = models.DateField(_("生效日期"))
    by = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="norm_acts", verbose_name=_("依据的文件")
    )
    by_title = models.CharField(_("库外依据"), max_length=200, blank=True)
    item = models.ForeignKey(
        "CampaignItem", models.PROTECT, null=True, blank=True, related_name="acts", verbose_name=_("清理决定")
    )
    whole = models.BooleanField(_("针对全文"), default=True)
    clauses: "models.JSONField[list[str]]" = models.JSONField(_("所涉条款"), default=list, blank=True)
    until = models.DateField(_("延长至"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(_("撤销登记时间"), null=True)
    void_reason = models.CharField(_("撤销登记的原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("效力行为")
        ordering = ["effective_on", "id"]
        indexes = [models.Index(fields=["by", "kind"], name="norm_acts_by")]
        constraints = [
            models.CheckConstraint(
                condition=Q(by=None) | ~Q(norm=F("by")),
                name="norm_act_by_another",
                violation_error_message=_("文件不能修改、废止或替代自己。"),
            ),
            models.CheckConstraint(
                condition=Q(kind="extended", until__isnull=False, until__gte=F("effective_on"), whole=True)
                | (~Q(kind="extended") & Q(until=None)),
                name="norm_extension_has_end",
            ),
            models.CheckConstraint(
                condition=~Q(kind="replaced") | Q(by__isnull=False) | ~Q(by_title=""),
                name="norm_replaced_by_something",
                violation_error_message=_("“被替代”须写明由哪件文件替代。"),
            ),
            models.CheckConstraint(condition=Q(voided_at=None) | ~Q(void_reason=""), name="norm_voided_act_has_reason"),
            models.UniqueConstraint(
                fields=["norm"],
                condition=Q(kind__in=["repealed", "lapsed", "invalidated", "replaced"], whole=True, voided_at=None),
                name="norm_ends_once",
                violation_error_message=_("该文件已经废止或失效，不能再次终止。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effective_on} {self.get_kind_display()}"

    @property
    def value(self) -> validity.Act:
        """The act as `law.validity` counts with it."""
        return validity.Act(validity.Kind(self.kind), self.effective_on, self.whole, self.until, self.pk or 0)


class Period(models.Model):
    """Days during which a document has one standing: computed by `law.validity` whenever it is acted on.

    So that "what held on that day" is one join, whatever the size of the library.
    """

    norm_id: int
    act_id: int | None

    norm = models.ForeignKey(Norm, models.CASCADE, related_name="periods")
    standing = models.CharField(max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    act = models.ForeignKey(Act, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["norm", "starts_on"]
        indexes = [models.Index(fields=["standing", "starts_on", "ends_on"], name="norm_periods")]
        constraints = [models.UniqueConstraint(fields=["norm", "starts_on"], name="norm_period_once")]

    def __str__(self) -> str:
        return f"{self.standing} {self.starts_on}–{self.ends_on or ''}"

    @property
    def label(self) -> str:
        """The standing as people read it."""
        return validity.Standing(self.standing).label


class Campaign(models.Model):
    """A clean-up (清理): the office asks bodies what shall become of each document in its scope, then decides."""

    items: "RelatedManager[CampaignItem]"
    announcement_id: int | None

    class State(models.TextChoices):
        """Where a clean-up stands."""

        OPEN = "open", _("征集意见")
        CLOSED = "closed", _("已办结")

    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.OPEN)
    name = models.CharField(_("名称"), max_length=120)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    bodies = models.ManyToManyField(Body, related_name="+", verbose_name=_("机构范围"))
    scope_kinds: "models.JSONField[list[str]]" = models.JSONField(_("文件类别"), default=list, blank=True)
    made_from = models.DateField(_("成文日期自"), null=True, blank=True)
    made_to = models.DateField(_("成文日期至"), null=True, blank=True)
    opened_at = models.DateTimeField(_("启动时间"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    deadline = models.DateField(_("反馈截止日"))
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    announcement = models.ForeignKey(
        Record, models.PROTECT, null=True, related_name="+", verbose_name=_("清理结果公告")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("清理")
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_from=None) | Q(made_to=None) | Q(made_to__gte=F("made_from")),
                name="norm_campaign_days_in_order",
                violation_error_message=_("成文日期的范围前后颠倒，请核对。"),
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(closed_at__isnull=False), name="norm_campaign_closed_has_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Outcome(models.TextChoices):
    """What shall become of a document (normative-documents.catalogue)."""

    VALID = "valid", _("继续有效")
    AMEND = "amend", _("修改")
    REPEALED = "repealed", _("废止")
    LAPSED = "lapsed", _("失效")


class CampaignItem(models.Model):
    """One document in a clean-up: what its body proposes, what the office decides."""

    norm_id: int
    body_id: int
    campaign_id: int
    acts: "RelatedManager[Act]"
    get_proposal_display: "Callable[[], str]"
    get_decision_display: "Callable[[], str]"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="items")
    norm = models.ForeignKey(Norm, models.PROTECT, related_name="cleanups", verbose_name=_("文件"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("清理责任单位"))
    proposal = models.CharField(_("清理意见"), max_length=8, choices=Outcome, blank=True)
    proposal_reason = models.CharField(_("理由"), max_length=200, blank=True)
    proposed_at = models.DateTimeField(_("提出时间"), null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(_("清理决定"), max_length=8, choices=Outcome, blank=True)
    decision_reason = models.CharField(_("决定理由"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    chased_at = models.DateTimeField(_("催办时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("清理文件")
        ordering = ["body", "norm"]
        indexes = [models.Index(fields=["body", "proposal"], name="norm_cleanup_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "norm"], name="norm_cleaned_up_once"),
            models.CheckConstraint(
                condition=Q(proposal="") | (Q(proposed_at__isnull=False)), name="norm_proposal_has_moment"
            ),
            models.CheckConstraint(
                condition=Q(decision="") | Q(decided_at__isnull=False), name="norm_decision_has_moment"
            ),
            models.CheckConstraint(
                condition=Q(proposal__in=["", "valid"]) | ~Q(proposal_reason=""), name="norm_proposal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.norm}"
