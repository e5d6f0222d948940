"""Letters of a request: drafted, sealed once, handed over with proof."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang.foi.models.files import File
from mingtang.foi.models.request import Asked, Handover, Request, Step
from mingtang.foi.models.sealed import SealedModel
from mingtang.foi.models.work import Party

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager


class LetterKind(models.TextChoices):
    """Every kind of letter that a request can bring about."""

    RECEIPT = "receipt", _("登记回执")
    CORRECTION = "correction", _("补正告知书")
    THIRD_PARTY = "third_party", _("征求第三方意见书")
    CONSULTATION = "consultation", _("征求其他机关意见函")
    EXTENSION = "extension", _("延期答复告知书")
    FEE = "fee", _("收费通知书")
    REASONS = "reasons", _("要求说明理由通知书")
    LATER_DATE = "later_date", _("延迟答复告知书")
    REPLY = "reply", _("答复书")
    PARTIAL = "partial", _("部分公开答复书")
    NOT_PROCESSED = "not_processed", _("不予处理告知书")
    TRANSFER = "transfer", _("不属于本机关负责公开告知书")
    CLOSURE = "closure", _("不再处理告知书")
    OVERRULED = "overruled", _("决定公开告知书（致第三方）")
    AMENDMENT = "amendment", _("更正告知书")


#: Letters that answer what was asked.
REPLIES = (LetterKind.REPLY, LetterKind.PARTIAL, LetterKind.NOT_PROCESSED, LetterKind.TRANSFER, LetterKind.CLOSURE)
#: Letters that go to somebody else than the applicant.
TO_OTHERS = (LetterKind.THIRD_PARTY, LetterKind.CONSULTATION, LetterKind.OVERRULED)


class Letter(SealedModel):
    """A letter. Its text is personal (it names whom it is for) and encrypted; the sealed files are kept as files.

    `facts` are what the action that drafted it decided (days, numbers; nothing personal).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        SEALED = "sealed", _("已签发")
        DISCARDED = "discarded", _("已作废")

    request_id: int
    party_id: int | None
    made_by_id: int | None
    asked_things: "RelatedManager[Asked]"
    deliveries: "RelatedManager[Delivery]"
    files: "RelatedManager[File]"
    steps: "RelatedManager[Step]"
    get_kind_display: Callable[[], str]
    get_state_display: Callable[[], str]

    request = models.ForeignKey(Request, models.PROTECT, related_name="letters")
    kind = models.CharField(_("文书"), max_length=16, choices=LetterKind)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="letters")
    things = models.ManyToManyField(Asked, blank=True, related_name="drafts", verbose_name=_("答复的事项"))
    facts: "models.JSONField[dict[str, Any]]" = models.JSONField(_("要素"), default=dict, blank=True)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(_("起草时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField(_("签发时间"), null=True, blank=True)
    sealed_on = models.DateField(_("签发日期"), null=True, blank=True)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(_("PDF 摘要"), max_length=64, blank=True)
    pdf = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    docx = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(SealedModel.Meta):
        verbose_name = verbose_name_plural = _("文书")
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="foi_letter_number_once"),
            models.CheckConstraint(
                condition=~Q(state="sealed")
                | Q(sealed_at__isnull=False, sealed_on__isnull=False, pdf__isnull=False, docx__isnull=False)
                & ~Q(number="")
                & ~Q(digest=""),
                name="foi_sealed_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.get_kind_display()}（草稿）"

    @property
    def content(self) -> dict[str, Any]:
        """The text, decrypted: title, addressee, paragraphs, schedule, attachments."""
        return self.unseal()

    @property
    def is_reply(self) -> bool:
        return self.kind in REPLIES


class Delivery(models.Model):
    """A letter handed over: how, when, and when it reached whom it was for."""

    letter_id: int
    proof_id: int | None
    steps: "RelatedManager[Step]"
    get_means_display: Callable[[], str]

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="deliveries")
    means = models.CharField(_("方式"), max_length=12, choices=Handover)
    on = models.DateField(_("交付日期"))
    received_on = models.DateField(_("对方收到日期"), null=True, blank=True)
    tracking_number = models.CharField(_("邮件号码"), max_length=40, blank=True)
    proof = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("凭证"))
    made_at = models.DateTimeField(_("记录时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("送达")
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(received_on__gte=models.F("on")), name="foi_received_after_sent"
            ),
            models.UniqueConstraint(fields=["letter"], name="foi_delivered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.get_means_display()} {self.on}"
