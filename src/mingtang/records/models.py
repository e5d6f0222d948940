"""Columns, records and what hangs on them: attachments, relations, numbering, named readers of a draft."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from mingtang.bodies.models import Body
from mingtang.records import classes, files
from mingtang.records.errors import FileRefused

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager

RICH_TEXT = ["h2", "h3", "h4", "bold", "ol", "ul", "hr", "link", "document-link", "superscript", "subscript"]


class Column(models.Model):
    """A column (栏目) of the portal, in a tree whose depth no walk may exceed (`MAX_DEPTH`)."""

    MAX_DEPTH = 6

    children: "RelatedManager[Column]"

    name = models.CharField(_("栏目名称"), max_length=60)
    slug = models.SlugField(_("地址段"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    description = models.CharField(_("说明"), max_length=200, blank=True)
    order = models.PositiveIntegerField(_("排序"), default=1000)

    class Meta:
        verbose_name = verbose_name_plural = _("栏目")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "slug"], name="column_slug_once", nulls_distinct=False),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="column_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return " › ".join(column.name for column in self.line())

    def line(self) -> list["Column"]:
        """This column and those above it, topmost first."""
        line: list[Column] = []
        column: Column | None = self
        while column is not None and len(line) < self.MAX_DEPTH:
            line.insert(0, column)
            column = column.parent
        return line

    @property
    def path(self) -> str:
        """Address below `columns/`: the slugs from the top down, as `zwgk/tzgg`."""
        return "/".join(column.slug for column in self.line())

    def clean(self) -> None:
        """Refuse a parent that lies below this column, and a tree that grows too deep."""
        above = self.parent.line() if self.parent else []
        if self.pk and any(column.pk == self.pk for column in above):
            raise ValidationError({"parent": _("上级栏目不能是本栏目或其下级。")})
        if len(above) >= self.MAX_DEPTH:
            raise ValidationError({"parent": _("栏目最多六级，请选择更高一级的上级栏目。")})


class State(models.TextChoices):
    """Life of a record. Only `records.actions` moves it."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("审核中")
    RETURNED = "returned", _("已退回")
    APPROVED = "approved", _("已签发")
    SCHEDULED = "scheduled", _("待定时发布")
    PUBLISHED = "published", _("已发布")
    SUPERSEDED = "superseded", _("已被替代")
    WITHDRAWN = "withdrawn", _("已撤下")
    ARCHIVED = "archived", _("已归档")


#: States in which the public sees the text; a withdrawn record shows only that it was withdrawn, when and why.
PUBLIC_STATES = (State.PUBLISHED, State.SUPERSEDED, State.ARCHIVED)


class Disclosure(models.TextChoices):
    """Disclosure mode (Regulation, articles 13–16, 19, 27)."""

    PROACTIVE = "proactive", _("主动公开")
    ON_REQUEST = "on_request", _("依申请公开")
    CLOSED = "closed", _("不予公开")


class Validity(models.TextChoices):
    """What a document is worth today."""

    NOT_YET = "not_yet", _("尚未施行")
    VALID = "valid", _("有效")
    AMENDED = "amended", _("已修改")
    REPEALED = "repealed", _("已废止")
    LAPSED = "lapsed", _("已失效")
    NOT_APPLICABLE = "not_applicable", _("不适用")


# The mixins' `save` passes on what it is given; the checker compares their names for it.
class Record(  # pyright: ignore[reportIncompatibleMethodOverride]
    WorkflowMixin, LockableMixin, DraftStateMixin, RevisionMixin, PreviewableMixin, ClusterableModel
):
    """Anything put before the public, with the metadata of the national catalogue. Capabilities extend it."""

    body_id: int
    column_id: int
    author_id: int | None
    latest_revision_id: int | None
    attachments: "RelatedManager[Attachment]"
    relations: "RelatedManager[Relation]"
    named_readers: "RelatedManager[NamedReader]"
    live_revision_id: int | None
    get_genre_display: Callable[[], str]
    snippet_viewset: Any

    index_number = models.CharField(_("索引号"), max_length=80, unique=True, editable=False)
    slug = models.SlugField(_("地址"), max_length=80, unique=True, editable=False)
    title = models.CharField(_("标题"), max_length=200)
    body = models.ForeignKey(Body, models.PROTECT, related_name="records", verbose_name=_("发布机构"))
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    column = models.ForeignKey(Column, models.PROTECT, related_name="records", verbose_name=_("栏目"))
    # Django takes choices from a callable, and Wagtail's field takes features: the stubs of Django know neither.
    topic = models.CharField(_("主题分类"), max_length=8, choices=classes.topic_choices)  # pyright: ignore[reportArgumentType]
    genre = models.CharField(_("体裁分类"), max_length=20, choices=classes.genre_choices)  # pyright: ignore[reportArgumentType]
    form = models.CharField(_("表现形式"), max_length=16, choices=classes.form_choices, default="text")  # pyright: ignore[reportArgumentType]
    keywords: "models.JSONField[list[str]]" = models.JSONField(_("主题词"), default=list, blank=True)
    disclosure = models.CharField(_("公开方式"), max_length=12, choices=Disclosure, default=Disclosure.PROACTIVE)
    disclosure_basis = models.CharField(_("公开依据"), max_length=200, blank=True)
    made_on = models.DateField(_("成文日期"), null=True, blank=True)
    effective_on = models.DateField(_("施行日期"), null=True, blank=True)
    expires_on = models.DateField(_("有效期至"), null=True, blank=True)
    validity = models.CharField(_("有效性"), max_length=16, choices=Validity, default=Validity.NOT_APPLICABLE)
    text = RichTextField(_("正文"), features=RICH_TEXT, blank=True)  # pyright: ignore[reportCallIssue]  # see `topic`
    source = models.CharField(_("来源"), max_length=100, blank=True)
    change_note = models.CharField(
        _("更改说明"), max_length=200, blank=True, help_text=_("再次发布时须说明改了什么，公众可见。")
    )
    restricted = models.BooleanField(_("仅指定人员可见"), default=False)

    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.DRAFT, editable=False)
    amendment = models.CharField(_("修改稿状态"), max_length=12, choices=State, blank=True, default="", editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(_("起草时间"), editable=False)
    published_at = models.DateTimeField(_("发布时间"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True, editable=False)
    withdrawal_reason = models.CharField(_("撤下原因"), max_length=200, blank=True, editable=False)

    #: Fields that belong to the life of the record, not to its text: a revision never brings them back.
    LIFE_FIELDS = (
        "index_number",
        "slug",
        "state",
        "amendment",
        "author",
        "created_at",
        "published_at",
        "withdrawn_at",
        "withdrawal_reason",
    )

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride]  # nobody extends the Meta of a mixin
        verbose_name = verbose_name_plural = _("信息")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["state", "-published_at"], name="record_public"),
            models.Index(fields=["body", "state", "-published_at"], name="record_of_body"),
            models.Index(fields=["column", "state", "-published_at"], name="record_in_column"),
            # Lists in the order of publication, read from their newest end.
            models.Index(fields=["published_at", "id"], name="record_by_time"),
            models.Index(fields=["column", "published_at", "id"], name="record_column_by_time"),
            models.Index(fields=["body", "published_at", "id"], name="record_body_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "document_number"],
                condition=~Q(document_number="") & ~Q(state=State.WITHDRAWN),
                name="record_document_number_once",
                violation_error_message=_("本机构已有相同文号的信息，请核对文号。"),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "superseded", "withdrawn", "archived"])
                | Q(published_at__isnull=False),
                name="record_public_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="record_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "superseded", "archived"]) | Q(disclosure="proactive"),
                name="record_public_is_proactive",
            ),
            models.CheckConstraint(
                condition=Q(amendment="") | Q(state__in=["published", "withdrawn"]),
                name="record_amends_what_was_public",
            ),
            models.CheckConstraint(
                condition=Q(disclosure="proactive") | ~Q(disclosure_basis=""), name="record_closed_has_basis"
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(effective_on=None) | Q(expires_on__gte=F("effective_on")),
                name="record_days_in_order",
                violation_error_message=_("有效期至不得早于施行日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """Whether the public sees the text."""
        return self.state in PUBLIC_STATES

    @property
    def stage(self) -> State:
        """Where the newest text stands: the amendment's state while one is in work, else the record's own."""
        return State(self.amendment or self.state)

    @classmethod
    def get_default_workflow(cls) -> Any:
        """The workflow of records, for every kind of record: capabilities do not need to assign it again."""
        return WorkflowMixin.get_default_workflow.__func__(Record)  # type: ignore[attr-defined]

    def with_content_json(self, content: dict[str, Any]) -> "Record":
        """The record as a revision has it, with its life as the database has it."""
        edition = super().with_content_json(content)
        for name in self.LIFE_FIELDS:
            attname = self._meta.get_field(name).attname
            setattr(edition, attname, getattr(self, attname))
        return edition

    def make_preview_request(self, *_request: Any, **_options: Any) -> HttpResponse:
        """The public page with this text; Wagtail would ask the whole site for it, which answers with what is baked."""
        from mingtang.records import preview  # which itself reads records

        return preview.respond(self, timezone.now())

    def publish(self, *_args: Any, **_options: Any) -> None:
        """Closed: Wagtail would publish without signatures, trace or change note; see `records.actions.publish`."""
        raise PermissionDenied(_("信息只能在审核签发后发布。"))

    def unpublish(self, *_args: Any, **_options: Any) -> None:
        """Closed: a withdrawal states its reason; see `records.actions.withdraw`."""
        raise PermissionDenied(_("撤下信息须说明原因，请使用“撤下”。"))

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Remove a draft; what was ever public stays (the database refuses it too)."""
        if self.published_at is not None:
            raise PermissionDenied(_("已发布过的信息不能删除，请使用“撤下”或“归档”。"))
        return super().delete(*args, **options)


class AttachedFile(AbstractDocument):
    """An uploaded file; it belongs to a body and is served to the public only as part of a published record."""

    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="files", verbose_name=_("机构"))

    admin_form_fields = ("title", "file")
    search_fields = [*AbstractDocument.search_fields, index.FilterField("id")]

    class Meta(AbstractDocument.Meta):
        verbose_name = verbose_name_plural = _("附件文件")
        indexes = [models.Index(fields=["file_hash"], name="attached_file_by_content")]

    def clean(self) -> None:
        """Refuse a new file whose content is not what its name says, that is too large, or that holds macros."""
        super().clean()
        if self.file and not self.file._committed:  # pyright: ignore[reportAttributeAccessIssue]  # not in the stubs
            try:
                files.examine(self.file.file, self.file.name)
            except FileRefused as error:
                raise ValidationError({"file": str(error)}) from error


class Attachment(Orderable):
    """A file that a record carries."""

    file_id: int

    record = ParentalKey(Record, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(AttachedFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    title = models.CharField(_("名称"), max_length=120, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("附件")


class RelationKind(models.TextChoices):
    """How one record stands to another: this record … that one."""

    INTERPRETS = "interprets", _("解读")
    AMENDS = "amends", _("修改")
    REPEALS = "repeals", _("废止")
    REPLACES = "replaces", _("替代")
    ANSWERS = "answers", _("回应")
    ATTACHES = "attaches", _("附于")


class Relation(Orderable):
    """A link from a record to another one."""

    to_id: int

    record = ParentalKey(Record, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("关系"), max_length=12, choices=RelationKind)
    to = models.ForeignKey(Record, models.PROTECT, related_name="related_from", verbose_name=_("对象"))

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("关联信息")
        constraints = [
            models.UniqueConstraint(fields=["record", "kind", "to"], name="relation_once"),
            models.CheckConstraint(condition=~Q(record=F("to")), name="relation_to_another"),
        ]


class NamedReader(models.Model):
    """Somebody who may see a restricted draft besides its author."""

    record = ParentalKey(Record, on_delete=models.CASCADE, related_name="named_readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("人员"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "user"], name="named_reader_once")]


class IndexCounter(models.Model):
    """The last sequence number that a body has given in a year."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "year"], name="index_counter_once")]


class Edition(models.Model):
    """What the public saw through one public act: the very bytes whose digests the transparency log holds.

    `content` is absent where the act changed no text. No trigger guards the rows: the log shows any change, and what
    the law wants erased must be erasable.
    """

    record_id: int

    event_seq = models.PositiveBigIntegerField(_("事件序号"), unique=True)
    record = models.ForeignKey(Record, models.PROTECT, related_name="editions", verbose_name=_("信息"))
    content = models.BinaryField(_("公开内容"), null=True)
    metadata = models.BinaryField(_("目录信息"))

    class Meta:
        verbose_name = verbose_name_plural = _("公开版本")
        ordering = ["event_seq"]

    def __str__(self) -> str:
        return f"{self.record} @ {self.event_seq}"
