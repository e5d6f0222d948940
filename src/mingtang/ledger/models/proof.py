"""What proves the work: an event of another room that counts, or something uploaded by hand."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang.ledger.models.notice import Quota
from mingtang.ledger.models.work import Assignment


def place_of(_evidence: "Evidence", name: str) -> str:
    """Where an uploaded proof is kept: a name nobody can guess, the ending as uploaded."""
    return f"ledger/evidence/{uuid.uuid4().hex}.{name.rpartition('.')[2].lower()}"


class Evidence(models.Model):
    """One proof for one assignment, perhaps for one of its quotas.

    From the event stream it carries the event's number and thing, and the reason why it was proposed; by hand it
    carries a note and a file or a link. Only what is confirmed counts; what falls with its source stops counting.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        REJECTED = "rejected", _("不采用")
        FALLEN = "fallen", _("已失效")

    class Source(models.TextChoices):
        EVENT = "event", _("自动发现")
        MANUAL = "manual", _("人工上传")

    assignment_id: int
    quota_id: int | None
    get_state_display: Callable[[], str]

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="evidence")
    quota = models.ForeignKey(Quota, models.PROTECT, null=True, blank=True, related_name="evidence")
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PROPOSED)
    source = models.CharField(_("来源"), max_length=8, choices=Source)
    seq = models.PositiveBigIntegerField(_("事件序号"), null=True)
    thing = models.CharField(_("对象"), max_length=128, blank=True)
    title = models.CharField(_("名称"), max_length=200)
    path = models.CharField(_("公开地址"), max_length=300, blank=True)
    link = models.URLField(_("网址"), max_length=300, blank=True)
    file = models.FileField(_("文件"), upload_to=place_of, blank=True)
    file_name = models.CharField(_("文件名"), max_length=200, blank=True)
    on = models.DateField(_("日期"))
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    score = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    public = models.BooleanField(_("向社会公开"), default=False)
    made_at = models.DateTimeField(_("提出时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("确认时间"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decision_note = models.CharField(_("不采用的理由"), max_length=300, blank=True)
    fallen_at = models.DateTimeField(_("失效时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("佐证")
        ordering = ["on", "id"]
        indexes = [
            models.Index(fields=["state", "assignment"], name="evidence_state"),
            models.Index(fields=["thing"], name="evidence_thing"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "thing"], condition=~Q(thing="") & Q(quota=None), name="evidence_once"
            ),
            models.UniqueConstraint(
                fields=["quota", "assignment", "thing"], condition=~Q(thing="") & Q(quota__isnull=False),
                name="evidence_once_a_quota",
            ),
            models.CheckConstraint(
                condition=Q(source="event") & ~Q(thing="") & ~Q(reason="")
                | Q(source="manual") & ~Q(note="") & (~Q(file="") | ~Q(link="")),
                name="evidence_has_ground",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "rejected"])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="evidence_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(decision_note=""), name="evidence_rejected_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state="fallen", fallen_at__isnull=False) | (~Q(state="fallen") & Q(fallen_at=None)),
                name="evidence_fallen_when",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title
