"""What a notice asks: the uploaded file, the ledger read from it, its items, tasks and quotas, and each correction."""

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingtang.bodies.models import Body

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager

    from mingtang.ledger.models.proof import Evidence
    from mingtang.ledger.models.work import Assignment, Chase

Json = dict[str, Any]


def place_of(_notice: "Import", name: str) -> str:
    """Where an uploaded notice is kept: a name nobody can guess, the ending as uploaded."""
    ending = name.rpartition(".")[2].lower()
    return f"ledger/notices/{uuid.uuid4().hex}.{ending}"


class Import(models.Model):
    """An uploaded notice on its way to a draft ledger; `draft` keeps what was extracted, before anyone corrected it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("排队中")
        READING = "reading", _("读取中")
        DONE = "done", _("已读成草稿")
        FAILED = "failed", _("未能读取")

    ledger: "Ledger"
    get_state_display: Callable[[], str]

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("导入单位"))
    file = models.FileField(_("文件"), upload_to=place_of)
    file_name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("字节数"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(_("进度"), default=0)
    step = models.CharField(_("正在做"), max_length=60, blank=True)
    error = models.CharField(_("问题"), max_length=300, blank=True)
    draft: "models.JSONField[Any]" = models.JSONField(_("抽取结果"), null=True, blank=True)
    created_at = models.DateTimeField(_("上传时间"))
    touched_at = models.DateTimeField(_("最近动静"))
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("通知导入")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="import_progress_percent"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(error=""), name="import_failed_says_why"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(draft__isnull=False, finished_at__isnull=False),
                name="import_done_has_draft",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Ledger(models.Model):
    """A notice as work to be done: a draft that people correct, then issued to the bodies it binds."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        ISSUED = "issued", _("已下发")
        DISCARDED = "discarded", _("已作废")

    chapters: "RelatedManager[Chapter]"
    items: "RelatedManager[Item]"
    tasks: "RelatedManager[Task]"
    corrections: "RelatedManager[Correction]"
    assignments: "RelatedManager[Assignment]"
    chases: "RelatedManager[Chase]"
    previous_id: int | None
    get_state_display: Callable[[], str]

    body = models.ForeignKey(Body, models.PROTECT, related_name="ledgers", verbose_name=_("主管单位"))
    source = models.OneToOneField(Import, models.PROTECT, null=True, related_name="ledger", verbose_name=_("来源文件"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    title = models.CharField(_("标题"), max_length=200)
    issuer = models.CharField(_("发文机关"), max_length=120, blank=True)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    made_on = models.DateField(_("成文日期"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("年度"), null=True, blank=True)
    addressees = models.JSONField(_("主送"), default=list, blank=True)
    cites = models.JSONField(_("引用文件"), default=list, blank=True)
    problems = models.JSONField(_("读取时的疑点"), default=list, blank=True)
    text = models.TextField(_("原文"), blank=True)
    feedback_due = models.DateField(_("反馈期限"), null=True, blank=True)
    feedback_rules = models.JSONField(_("反馈期限依据"), default=list, blank=True)
    previous: models.ForeignKey["Ledger | None"] = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="following"
    )
    created_at = models.DateTimeField(_("建立时间"))
    issued_at = models.DateTimeField(_("下发时间"), null=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("工作台账")
        ordering = ["-year", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["year"], condition=Q(state="issued"), name="ledger_issued_once_a_year"
            ),
            models.CheckConstraint(
                condition=~Q(state="issued")
                | Q(
                    issued_at__isnull=False, issued_by__isnull=False, year__isnull=False,
                    made_on__isnull=False, feedback_due__isnull=False,
                ),
                name="ledger_issued_is_complete",
            ),
            models.CheckConstraint(condition=~Q(previous=F("id")), name="ledger_not_its_own_past"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Chapter(models.Model):
    """The first level of a notice (一、)."""

    items: "RelatedManager[Item]"

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="chapters")
    order = models.PositiveSmallIntegerField(_("顺序"))
    number = models.PositiveSmallIntegerField(_("序号"))
    title = models.CharField(_("标题"), max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = _("章")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["ledger", "order"], name="chapter_place_once")]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """The second level (（一）). `number` runs through the ledger, `printed` is the number as the notice writes it.

    `text[start:end]` of the ledger is the item in the notice; an item that a person added, and that of the look-back,
    have no place there.
    """

    class Kind(models.TextChoices):
        NOTICE = "notice", _("要点条目")
        LOOK_BACK = "look_back", _("回头看")
        ADDED = "added", _("补充")

    tasks: "RelatedManager[Task]"

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="items")
    chapter = models.ForeignKey(Chapter, models.CASCADE, null=True, blank=True, related_name="items")
    kind = models.CharField(_("来历"), max_length=10, choices=Kind, default=Kind.NOTICE)
    number = models.PositiveSmallIntegerField(_("条目号"))
    printed = models.CharField(_("原文序号"), max_length=20, blank=True)
    order = models.PositiveSmallIntegerField(_("顺序"))
    title = models.CharField(_("标题"), max_length=300)
    text = models.TextField(_("原文"), blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("条目")
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "number"], name="item_number_once"),
            models.UniqueConstraint(
                fields=["ledger"], condition=Q(kind="look_back"), name="item_look_back_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="item_number_positive"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class DeadlineKind(models.TextChoices):
    """How the notice sets a time (the kinds of `text.Deadline`)."""

    NONE = "", _("未写时限")
    BY = "by", _("某日之前")
    WITHIN = "within", _("若干日内")
    EVERY = "every", _("定期")
    ONGOING = "ongoing", _("持续")


class Task(models.Model):
    """One sentence that binds somebody. `extracted` is its form as first read; `removed_at` marks a deleted one.

    Tasks are never erased from a draft: extraction is measured against what people made of it. `version` grows with
    each correction, so that two people cannot overwrite each other unseen.
    """

    class Origin(models.TextChoices):
        EXTRACTED = "extracted", _("自动抽取")
        ADDED = "added", _("人工补充")
        SPLIT = "split", _("拆分而来")
        MERGED = "merged", _("合并而来")
        CARRIED = "carried", _("上年结转")

    ledger_id: int
    item_id: int
    carried_from_id: int | None
    quotas: "RelatedManager[Quota]"
    corrections: "RelatedManager[Correction]"
    assignments: "RelatedManager[Assignment]"
    carried_into: "RelatedManager[Task]"

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="tasks")
    item = models.ForeignKey(Item, models.CASCADE, related_name="tasks")
    order = models.PositiveIntegerField(_("顺序"))
    part = models.CharField(_("所在小项"), max_length=200, blank=True)
    text = models.TextField(_("任务"))
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    bodies = models.JSONField(_("责任单位"), default=list)
    lead = models.JSONField(_("牵头单位"), default=list, blank=True)
    supporting = models.JSONField(_("配合单位"), default=list, blank=True)
    inferred = models.BooleanField(_("单位系推定"), default=False)
    deadline_kind = models.CharField(_("时限种类"), max_length=8, choices=DeadlineKind, blank=True)
    deadline_text = models.CharField(_("时限原话"), max_length=120, blank=True)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    evidence_form = models.CharField(_("佐证形式"), max_length=120, blank=True)
    wants = models.JSONField(_("佐证线索"), default=dict, blank=True)
    origin = models.CharField(_("来历"), max_length=10, choices=Origin, default=Origin.EXTRACTED)
    extracted: "models.JSONField[Any]" = models.JSONField(_("抽取时的样子"), null=True, blank=True)
    carried_from: models.ForeignKey["Task | None"] = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_into"
    )
    removed_at = models.DateTimeField(_("删除时间"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = verbose_name_plural = _("任务")
        ordering = ["item__order", "order", "id"]
        indexes = [models.Index(fields=["ledger", "removed_at"], name="task_of_ledger")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="task_says_something"),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(start__lt=F("end")), name="task_place_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(origin="carried") | Q(carried_from__isnull=False), name="task_carried_from_somewhere"
            ),
            models.UniqueConstraint(
                fields=["ledger", "carried_from"], condition=Q(removed_at=None), name="task_carried_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text

    def as_json(self) -> Json:
        """The facts that a person may correct: what `Correction` keeps before and after."""
        return {
            "text": self.text,
            "bodies": self.bodies,
            "lead": self.lead,
            "supporting": self.supporting,
            "deadline_kind": self.deadline_kind,
            "deadline_text": self.deadline_text,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "evidence_form": self.evidence_form,
            "wants": self.wants,
            "quotas": [quota.as_json() for quota in self.quotas.all()],
        }


class Quota(models.Model):
    """How many of a form each bound body owes in each period (year, quarter, month)."""

    class Period(models.TextChoices):
        YEAR = "year", _("每年")
        HALF_YEAR = "half_year", _("每半年")
        QUARTER = "quarter", _("每季度")
        MONTH = "month", _("每月")

    task_id: int
    evidence: "RelatedManager[Evidence]"

    task = models.ForeignKey(Task, models.CASCADE, related_name="quotas")
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    form = models.CharField(_("形式"), max_length=60)
    at_least = models.PositiveSmallIntegerField(_("至少"))
    unit = models.CharField(_("单位"), max_length=8, default="次")
    period = models.CharField(_("周期"), max_length=10, choices=Period, default=Period.YEAR)
    wants = models.JSONField(_("佐证线索"), default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("数量要求")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["task", "form", "period"], name="quota_form_once"),
            models.CheckConstraint(condition=Q(at_least__gte=1), name="quota_at_least_one"),
            models.CheckConstraint(condition=~Q(form=""), name="quota_names_form"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.at_least}{self.unit}"

    def as_json(self) -> Json:
        """Form, number, unit, period and what counts."""
        return {
            "form": self.form, "at_least": self.at_least, "unit": self.unit, "period": self.period, "wants": self.wants,
        }  # fmt: skip


class Correction(models.Model):
    """What a person changed in a draft, before and after: the measure of the extraction."""

    class Kind(models.TextChoices):
        TEXT = "text", _("改任务文字")
        BODIES = "bodies", _("改责任单位")
        DEADLINE = "deadline", _("改时限")
        QUOTA = "quota", _("改数量要求")
        WANTS = "wants", _("改佐证线索")
        SPLIT = "split", _("拆分")
        MERGE = "merge", _("合并")
        ADD = "add", _("补充任务")
        DELETE = "delete", _("删除任务")
        RESTORE = "restore", _("恢复任务")
        NAME = "name", _("统一单位名称")
        HEAD = "head", _("改文件信息")

    get_kind_display: Callable[[], str]

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="corrections")
    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="corrections")
    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    before = models.JSONField(_("更正前"), null=True)
    after = models.JSONField(_("更正后"), null=True)
    made_at = models.DateTimeField(_("时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("更正")
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.get_kind_display()
