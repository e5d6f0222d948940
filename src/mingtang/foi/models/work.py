"""The work on a request: who was asked, where it was searched, what reviewers said, extensions and the fee."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang.bodies.models import Body
from mingtang.foi.identity import Identity
from mingtang.foi.models.request import Asked, Request
from mingtang.foi.models.sealed import SealedModel

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager

    from mingtang.foi.models.files import File


class Party(SealedModel):
    """A third party or another body whose opinion is asked. `label` names it where its name must not stand."""

    class Kind(models.TextChoices):
        THIRD_PARTY = "third_party", _("第三方")
        BODY = "body", _("其他机关")
        JOINT = "joint", _("共同制作的机关")

    class Answer(models.TextChoices):
        WAITING = "", _("尚未答复")
        AGREES = "agrees", _("同意公开")
        PARTLY = "partly", _("同意部分公开")
        REFUSES = "refuses", _("不同意公开")
        SILENT = "silent", _("逾期未答复")

    request_id: int
    body_id: int | None
    files: "RelatedManager[File]"
    get_kind_display: Callable[[], str]
    get_answer_display: Callable[[], str]

    request = models.ForeignKey(Request, models.PROTECT, related_name="parties")
    kind = models.CharField(_("种类"), max_length=12, choices=Kind)
    label = models.CharField(_("称呼"), max_length=120)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("机构"))
    concerning = models.TextField(_("征求意见的事项"))
    answer = models.CharField(_("答复"), max_length=8, choices=Answer, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)

    class Meta(SealedModel.Meta):
        verbose_name = verbose_name_plural = _("被征求意见方")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "label"], name="foi_party_label_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None) | ~Q(answer="") & Q(answered_on__isnull=False),
                name="foi_party_answered_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def identity(self) -> Identity:
        """Name and contact, decrypted."""
        return Identity.of(self.unseal())

    @property
    def answer_words(self) -> str:
        """What it answered, in its words, decrypted."""
        return str(self.unseal().get("answer_words", ""))

    @property
    def is_open(self) -> bool:
        return not self.answer


class Search(models.Model):
    """Where somebody looked for the information, and whether it was found."""

    asked_id: int | None

    request = models.ForeignKey(Request, models.PROTECT, related_name="searches")
    asked = models.ForeignKey(Asked, models.PROTECT, null=True, blank=True, related_name="searches")
    where = models.CharField(_("检索范围"), max_length=300)
    words = models.CharField(_("检索词"), max_length=300)
    on = models.DateField(_("检索日期"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("检索人"))
    found = models.BooleanField(_("找到"))
    result = models.TextField(_("结果"))
    made_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("检索记录")
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(where="") & ~Q(words="") & ~Q(result=""), name="foi_search_is_told")
        ]


class Opinion(models.Model):
    """A review within the body: secrecy, legality, or a unit that was consulted."""

    class Kind(models.TextChoices):
        SECRECY = "secrecy", _("保密审查")
        LEGAL = "legal", _("法制审核")
        CONSULTED = "consulted", _("业务机构意见")

    class Verdict(models.TextChoices):
        AGREES = "agrees", _("同意")
        CONDITIONAL = "conditional", _("附条件同意")
        OBJECTS = "objects", _("不同意")

    asked_id: int | None
    get_kind_display: Callable[[], str]
    get_verdict_display: Callable[[], str]

    request = models.ForeignKey(Request, models.PROTECT, related_name="opinions")
    asked = models.ForeignKey(Asked, models.PROTECT, null=True, blank=True, related_name="opinions")
    kind = models.CharField(_("种类"), max_length=12, choices=Kind)
    verdict = models.CharField(_("意见"), max_length=12, choices=Verdict)
    text = models.TextField(_("说明"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("审查人"))
    made_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("审查意见")
        ordering = ["made_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="foi_opinion_says_something")]


class Extension(models.Model):
    """An extension asked of the head of the openness office, who consents or not (Order 711, article 33)."""

    class Outcome(models.TextChoices):
        PENDING = "", _("待批")
        GRANTED = "granted", _("同意延长")
        REFUSED = "refused", _("不同意延长")

    request_id: int
    asked_by_id: int
    decided_by_id: int | None
    get_outcome_display: Callable[[], str]

    request = models.ForeignKey(Request, models.PROTECT, related_name="extensions")
    working_days = models.PositiveSmallIntegerField(_("延长工作日"))
    reason = models.CharField(_("理由"), max_length=500)
    asked_at = models.DateTimeField(_("提出时间"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(_("批复时间"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("延期")
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="foi_extension_has_reason"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None)
                | (~Q(outcome="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="foi_extension_names_who_consents",
            ),
            models.UniqueConstraint(fields=["request"], condition=~Q(outcome="refused"), name="foi_one_extension"),
        ]


class Fee(models.Model):
    """The information processing fee of one request: by items or by pages, never both (国办函〔2020〕109号)."""

    class Schedule(models.TextChoices):
        ITEMS = "items", _("按件计收")
        PAGES = "pages", _("按量计收")

    get_schedule_display: Callable[[], str]

    request = models.OneToOneField(Request, models.PROTECT, related_name="fee")
    schedule = models.CharField(_("计收方式"), max_length=8, choices=Schedule)
    count = models.PositiveIntegerField(_("件数或页数"))
    already = models.PositiveIntegerField(_("本月已申请件数"), default=0)
    amount = models.DecimalField(_("金额（元）"), max_digits=12, decimal_places=2)
    bands: "models.JSONField[list[dict[str, Any]]]" = models.JSONField(_("分档"), default=list)
    paid = models.DecimalField(_("实缴（元）"), max_digits=12, decimal_places=2, null=True, blank=True)
    paid_on = models.DateField(_("缴费日期"), null=True, blank=True)
    receipt_number = models.CharField(_("票据号"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("信息处理费")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="foi_fee_is_something"),
            models.CheckConstraint(
                condition=Q(paid=None, paid_on=None) | Q(paid__isnull=False, paid_on__isnull=False),
                name="foi_paid_on_a_day",
            ),
        ]
