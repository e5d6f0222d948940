"""What a record must hold before it is stored, and before the public sees it."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Revision

from mingtang.records import kinds
from mingtang.records.errors import Incomplete
from mingtang.records.models import Disclosure, Record

#: Fields that a draft may leave empty and the public's view of the record needs.
LATER = ("topic", "genre")


def require_coherent(record: Record) -> None:
    """Raise `Incomplete` where the database would refuse the row: fields too long, constraints that do not hold."""
    if not record.title.strip():
        raise Incomplete({"title": _("标题：不能为空，请填写标题。")})
    problems: dict[str, str] = {}
    try:
        blank = [name for name in LATER if not getattr(record, name)]
        record.clean_fields(exclude=[*record.LIFE_FIELDS, "text", *blank])
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            problems[name] = f"{record._meta.get_field(name).verbose_name}：{''.join(messages)}"
    try:
        record.validate_constraints(exclude=["index_number", "slug"])
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            problems.setdefault("" if name == NON_FIELD_ERRORS else name, "".join(messages))
    if problems:
        raise Incomplete(problems)


def missing(record: Record) -> dict[str, str]:
    """Fields that the public's view of the record needs and that are empty: name → what to do.

    The fields of the national catalogue: index number, topic, issuing body, date made, title, document number and
    validity where there is one, and a text or an attachment.
    """
    found: dict[str, str] = {}
    if record.disclosure != Disclosure.PROACTIVE:
        found["disclosure"] = _("公开方式：只有“主动公开”的信息可以发布，请核对公开方式。")
    if not record.topic:
        found["topic"] = _("主题分类：请选择主题分类。")
    if not record.genre:
        found["genre"] = _("体裁分类：请选择体裁分类。")
    if record.made_on is None:
        found["made_on"] = _("成文日期：请填写文件或信息形成的日期。")
    if not record.text.strip() and not record.attachments.exists():
        found["text"] = _("正文：正文和附件至少有一项，请填写正文或上传附件。")
    if record.published_at is not None and not record.change_note.strip():
        found["change_note"] = _("更改说明：再次发布须写明改了什么，公众可见。")
    return {**found, **kinds.of(record).missing(record)}


def require_complete(record: Record) -> None:
    """Raise `Incomplete` when something that the public must be told is missing."""
    if found := missing(record):
        raise Incomplete(found)


def writers_of(record: Record) -> set[int]:
    """Ids of the accounts that wrote the newest text: who drafted it, and all who edited it since it last went out."""
    return writers_of_each([record])[record.pk]


def writers_of_each(records: Sequence[Record]) -> dict[int, set[int]]:
    """The writers of several records (one query), by the record's primary key."""
    writers = {record.pk: {pk for pk in [record.author_id] if pk is not None} for record in records}
    live = {record.pk: record.live_revision_id or 0 for record in records}
    kind = ContentType.objects.get_for_model(Record)
    edits = Revision.objects.filter(base_content_type=kind, object_id__in=[str(pk) for pk in live], user__isnull=False)
    for object_id, revision, user in edits.values_list("object_id", "pk", "user_id"):
        if revision > live[int(object_id)]:
            writers[int(object_id)].add(user)
    return writers
