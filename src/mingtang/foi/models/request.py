"""The request: who asked which body for what, the separate things it asks, and the steps that the clock folds."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingtang.bodies.models import Body
from mingtang.foi.identity import Identity
from mingtang.foi.models.sealed import SealedModel
from mingtang.law.clock import Kind
from mingtang.law.clock import State as ClockState
from mingtang.law.receipt import Channel
from mingtang.law.requests import Applicant as ApplicantKind
from mingtang.law.requests import Ground, Reply, Row

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager

    from mingtang.foi.models.after import Archive, Proposal, Remedy
    from mingtang.foi.models.files import File
    from mingtang.foi.models.letter import Delivery, Letter
    from mingtang.foi.models.work import Extension, Fee, Opinion, Party, Search

#: The state of a letter that came twice and is answered under the other number.
MERGED = "merged"
APPLICANTS = [(kind.value, kind.label) for kind in ApplicantKind]
CHANNELS = [(channel.value, channel.label) for channel in Channel]
STATES = [(state.value, state.label) for state in ClockState] + [(MERGED, "已并入另一件")]
OPEN_STATES = tuple(state.value for state in ClockState if state.is_open)
GROUNDS = [(ground.value, ground.label) for ground in Ground]
KINDS = [(kind.value, kind.label) for kind in Kind]


class Provision(models.TextChoices):
    """In what form the information is wanted."""

    PAPER = "paper", _("纸质文件")
    ELECTRONIC = "electronic", _("电子文件")
    DISC = "disc", _("光盘")
    INSPECT = "inspect", _("当场查阅、抄录")


class Handover(models.TextChoices):
    """How letters reach somebody."""

    POST = "post", _("邮寄")
    ONLINE = "online", _("网上下载")
    EMAIL = "email", _("电子邮件")
    PICKUP = "pickup", _("当面领取")
    FAX = "fax", _("传真")
    OTHER_BODY = "other_body", _("委托其他行政机关送达")


class Applicant(SealedModel):
    """Who asked: identity and contact, encrypted; `same` recognises the same applicant without saying who it is."""

    same = models.CharField(_("同一申请人"), max_length=64, blank=True, db_index=True, editable=False)
    purged_at = models.DateTimeField(_("清除时间"), null=True)

    class Meta(SealedModel.Meta):
        verbose_name = verbose_name_plural = _("申请人资料")

    def __str__(self) -> str:
        return f"申请人 {self.pk}"

    @property
    def identity(self) -> Identity:
        """Decrypted; raises `Purged` once it is no longer kept."""
        return Identity.of(self.unseal())


class Counter(models.Model):
    """The last number given by a body in a year: one series of requests and one of letters."""

    class Series(models.TextChoices):
        REQUEST = "request", _("申请")
        LETTER = "letter", _("文书")

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    series = models.CharField(max_length=8, choices=Series)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "series", "year"], name="foi_counter_once")]


class Campaign(models.Model):
    """Similar requests that are worked on together."""

    requests: "RelatedManager[Request]"

    name = models.CharField(_("名称"), max_length=100)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("受理机关"))
    reason = models.CharField(_("为何归在一起"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("同类申请")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class Request(models.Model):
    """One application. What follows from its steps (state, days) is cached here and written only by `standing.fold`.

    `body` is the body asked: it replies in its name and counts the request. `unit` does the work, usually the same.
    """

    body_id: int
    unit_id: int
    handler_id: int | None
    applicant_id: int
    campaign_id: int | None
    merged_into_id: int | None
    get_state_display: Callable[[], str]
    get_channel_display: Callable[[], str]
    get_applicant_kind_display: Callable[[], str]
    get_provision_display: Callable[[], str]
    get_delivery_display: Callable[[], str]
    asked: "RelatedManager[Asked]"
    steps: "RelatedManager[Step]"
    parties: "RelatedManager[Party]"
    files: "RelatedManager[File]"
    searches: "RelatedManager[Search]"
    opinions: "RelatedManager[Opinion]"
    extensions: "RelatedManager[Extension]"
    letters: "RelatedManager[Letter]"
    remedies: "RelatedManager[Remedy]"
    proposals: "RelatedManager[Proposal]"
    duplicates: "RelatedManager[Request]"
    reminders: "RelatedManager[Any]"
    fee: "Fee"
    archive: "Archive"

    number = models.CharField(_("编号"), max_length=80, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="requests", verbose_name=_("受理机关"))
    unit = models.ForeignKey(Body, models.PROTECT, related_name="handled_requests", verbose_name=_("承办机构"))
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )
    applicant = models.OneToOneField(Applicant, models.PROTECT, related_name="request")
    applicant_kind = models.CharField(_("申请人类别"), max_length=16, choices=APPLICANTS)
    channel = models.CharField(_("渠道"), max_length=12, choices=CHANNELS)
    arrived_on = models.DateField(_("到达日期"))
    confirmed_on = models.DateField(_("与申请人确认日期"), null=True, blank=True)
    counted_on = models.DateField(_("本机关规定的收到日期"), null=True, blank=True)
    received_on = models.DateField(_("收到申请之日"), null=True, blank=True)
    subject = models.CharField(_("所需信息"), max_length=200)
    wanted = models.TextField(_("内容描述"))
    corrected = models.TextField(_("补正内容"), blank=True)
    provision = models.CharField(_("提供形式"), max_length=12, choices=Provision)
    delivery = models.CharField(_("获取方式"), max_length=12, choices=Handover)
    secret_hash = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(_("录入时间"))
    registered_at = models.DateTimeField(_("登记时间"), null=True, blank=True)
    campaign = models.ForeignKey(
        Campaign, models.SET_NULL, null=True, blank=True, related_name="requests", verbose_name=_("同类申请")
    )
    merged_into: models.ForeignKey["Request | None"] = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", verbose_name=_("并入")
    )

    state = models.CharField(_("状态"), max_length=12, choices=STATES, default=ClockState.UNCONFIRMED.value)
    due_on = models.DateField(_("答复期限"), null=True, blank=True)
    provisional = models.BooleanField(_("期限暂停中"), default=False)
    estimated = models.BooleanField(_("期限为暂估"), default=False)
    next_what = models.CharField(_("下一步"), max_length=200, blank=True)
    next_due = models.DateField(_("下一步期限"), null=True, blank=True)
    replied_on = models.DateField(_("答复日期"), null=True, blank=True)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)

    archived_at = models.DateTimeField(_("归档时间"), null=True, blank=True)
    purge_on = models.DateField(_("个人信息清除日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("依申请公开")
        ordering = ["-arrived_on", "-id"]
        indexes = [
            models.Index(fields=["body", "state", "due_on"], name="foi_request_body"),
            models.Index(fields=["unit", "state", "due_on"], name="foi_request_unit"),
            models.Index(fields=["state", "due_on"], name="foi_request_due"),
            models.Index(fields=["body", "received_on"], name="foi_request_received"),
            models.Index(fields=["handler", "state"], name="foi_request_handler"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(received_on__gte=F("arrived_on")), name="foi_received_after_arrival"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["unconfirmed", MERGED]) | Q(received_on__isnull=False),
                name="foi_open_is_received",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) & ~Q(state=MERGED) | Q(merged_into__isnull=False, state=MERGED),
                name="foi_merged_names_other",
            ),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(wanted=""), name="foi_wants_something"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether the body still has something to do, as last folded."""
        return self.state in OPEN_STATES

    @property
    def kind_of_applicant(self) -> ApplicantKind:
        return ApplicantKind(self.applicant_kind)


class Asked(models.Model):
    """One separate thing that a request asks: it gets its own decision. Undecided while `ground` is empty."""

    request_id: int
    letter_id: int | None
    repeats_id: int | None
    searches: "RelatedManager[Search]"
    opinions: "RelatedManager[Opinion]"
    drafts: "RelatedManager[Letter]"
    get_ground_display: Callable[[], str]

    request = models.ForeignKey(Request, models.CASCADE, related_name="asked")
    order = models.PositiveSmallIntegerField(_("序号"))
    text = models.TextField(_("申请事项"))
    ground = models.CharField(_("决定"), max_length=24, choices=GROUNDS, blank=True)
    explanation = models.TextField(_("理由"), blank=True)
    right_body = models.CharField(_("负责公开的机关"), max_length=200, blank=True)
    right_contact = models.CharField(_("该机关的联系方式"), max_length=200, blank=True)
    where = models.CharField(_("获取方式、途径"), max_length=500, blank=True)
    repeats = models.ForeignKey(
        Request, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("重复的申请")
    )
    withheld: "models.JSONField[list[dict[str, str]]]" = models.JSONField(_("不予公开的部分"), default=list, blank=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    letter: models.ForeignKey["Letter | None"] = models.ForeignKey(
        "foi.Letter", models.PROTECT, null=True, blank=True, related_name="asked_things", verbose_name=_("答复文书")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("申请事项")
        ordering = ["request", "order", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="foi_asked_says_something"),
            models.CheckConstraint(condition=Q(letter=None) | ~Q(ground=""), name="foi_answered_is_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.order}"

    @property
    def decision(self) -> Ground | None:
        """The ground decided on; None while undecided."""
        return Ground(self.ground) if self.ground else None

    @property
    def reply(self) -> Reply | None:
        """The reply of article 36 under which it stands, if any."""
        return self.decision.reply if self.decision else None

    @property
    def row(self) -> Row | None:
        """The row of table 2 in which it counts."""
        return self.decision.row if self.decision else None


class Step(models.Model):
    """Something that happened, as the clock reads it. Only added; a mistaken one is voided with the reason.

    `delivery` is the handing over by which a letter's step began to work: its day of receipt is the step's.
    """

    party_id: int | None
    letter_id: int | None
    delivery_id: int | None
    get_kind_display: Callable[[], str]

    request = models.ForeignKey(Request, models.PROTECT, related_name="steps")
    seq = models.PositiveSmallIntegerField(_("序号"))
    kind = models.CharField(_("步骤"), max_length=24, choices=KINDS)
    on = models.DateField(_("日期"))
    party: models.ForeignKey[Any] = models.ForeignKey(
        "foi.Party", models.PROTECT, null=True, blank=True, related_name="+"
    )
    until = models.DateField(_("截至"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    working_days = models.PositiveSmallIntegerField(_("工作日"), null=True, blank=True)
    consent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ground = models.CharField(_("决定"), max_length=24, choices=GROUNDS, blank=True)
    means = models.CharField(_("送达方式"), max_length=12, choices=Handover, blank=True)
    letter: models.ForeignKey["Letter | None"] = models.ForeignKey(
        "foi.Letter", models.PROTECT, null=True, blank=True, related_name="steps"
    )
    delivery: models.ForeignKey["Delivery | None"] = models.ForeignKey(
        "foi.Delivery", models.PROTECT, null=True, blank=True, related_name="steps"
    )
    made_at = models.DateTimeField(_("记录时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(_("作废原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("步骤")
        ordering = ["request", "on", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["request", "seq"], name="foi_step_once"),
            models.CheckConstraint(
                condition=Q(voided_at=None, void_reason="") | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="foi_void_has_reason",
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(kind__in=["replied", "transferred"], voided_at=None),
                name="foi_one_reply",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
