"""A small fictitious banner with columns and records in every state that the public can meet."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from mingtang.bodies.models import Body, Kind, Level
from mingtang.records.models import (
    AttachedFile,
    Attachment,
    Column,
    Record,
    Relation,
    RelationKind,
    State,
    Validity,
)
from mingtang.trace import actions as trace

START = datetime(2022, 6, 30, 1, 0, tzinfo=UTC)
WITHDRAWN_AT = START + timedelta(days=9)
REASON = "内容有误，正在核实。"
TEXT = (
    "<h2>一、总体要求</h2><p>各单位应当按时公开本单位制作的信息，并保证内容准确。</p>"
    "<h3>（一）公开时限</h3><p>信息形成后二十个工作日内公开。</p><ul><li>机构职能；</li><li>办事指南。</li></ul>"
    '<p>办法全文见<a href="https://example.gov.cn/">上级网站</a>。</p>'
)


def build(records: int = 25) -> dict[str, Any]:
    """Bodies, columns and `records` published records, one withdrawn, one superseded, one archived, one draft."""
    bodies = _bodies()
    columns = _columns()
    made = [_record(number, bodies, columns, State.PUBLISHED) for number in range(1, records + 1)]
    special = {
        "withdrawn": _record(
            9001,
            bodies,
            columns,
            State.WITHDRAWN,
            withdrawn_at=WITHDRAWN_AT,
            withdrawal_reason=REASON,
        ),
        "superseded": _record(9002, bodies, columns, State.SUPERSEDED, validity=Validity.REPEALED),
        "archived": _record(9003, bodies, columns, State.ARCHIVED),
        "draft": _record(9004, bodies, columns, State.DRAFT),
    }
    Relation.objects.create(record=made[0], kind=RelationKind.REPLACES, to=special["superseded"])
    Relation.objects.create(record=made[1], kind=RelationKind.INTERPRETS, to=made[0])
    attach(made[0], "办理流程.txt", "流程".encode() * 700)
    with transaction.atomic():
        for record in made:
            trace.record("records.published", record, actor="system:test", moment=record.published_at)
        trace.record(
            "records.changed",
            made[0],
            actor="system:test",
            moment=START + timedelta(days=3),
            data={"change_note": "更正了联系电话。"},
        )
        trace.record(
            "records.withdrawn",
            special["withdrawn"],
            actor="system:test",
            moment=WITHDRAWN_AT,
            data={"reason": REASON},
        )
    return {"bodies": bodies, "columns": columns, "records": made, **special}


def attach(record: Record, name: str, content: bytes) -> AttachedFile:
    """Hang a file on a record."""
    file = AttachedFile(title=name.rpartition(".")[0], body=record.body)
    file.file.save(name, ContentFile(content), save=False)
    file.save()
    Attachment.objects.create(record=record, file=file)
    return file


def _bodies() -> list[Body]:
    government = Body.objects.create(
        code="yl", name="云岭旗人民政府（演示）", short_name="旗政府", kind=Kind.GOVERNMENT, level=Level.COUNTY, order=1
    )
    office = Body.objects.create(
        code="yl-office",
        name="云岭旗人民政府办公室（演示）",
        short_name="旗政府办",
        kind=Kind.OFFICE,
        level=Level.COUNTY,
        parent=government,
        openness_office="旗政务公开办公室（演示）",
        openness_phone="0000-0000000",
        openness_email="gongkai@yunling.example",
        address="云岭旗示范大街1号（演示）",
        office_hours="工作日 9:00—12:00，14:30—17:30",
        order=2,
    )
    bureau = Body.objects.create(
        code="yl-education",
        name="云岭旗教育局（演示）",
        short_name="旗教育局",
        kind=Kind.DEPARTMENT,
        level=Level.COUNTY,
        parent=government,
        order=3,
    )
    return [government, office, bureau]


def _columns() -> list[Column]:
    files = Column.objects.create(name="政策文件", slug="policy", order=1, description="旗政府和各部门印发的文件。")
    interpretation = Column.objects.create(name="政策解读", slug="interpretation", parent=files, order=1)
    notices = Column.objects.create(name="通知公告", slug="notices", order=2)
    empty = Column.objects.create(name="规划计划", slug="plans", order=3)
    return [files, interpretation, notices, empty]


def _record(number: int, bodies: list[Body], columns: list[Column], state: State, **fields: Any) -> Record:
    record = _unsaved(number, bodies, columns, state, **fields)
    record.save()
    return record


def _unsaved(number: int, bodies: list[Body], columns: list[Column], state: State, **fields: Any) -> Record:
    moment = START + timedelta(hours=number if number < 9000 else number - 9000)
    public = state != State.DRAFT
    return Record(
        **{
            "index_number": f"yl/2022-{number:05d}",
            "slug": f"yl-2022-{number:05d}",
            "title": f"关于做好第{number}批公开事项有关工作的通知",
            "body": bodies[number % len(bodies)],
            "document_number": f"云政办发〔2022〕{number}号",
            "column": columns[number % 3],
            "topic": "A",
            "genre": "notice",
            "made_on": date(2022, 6, 28),
            "validity": Validity.VALID,
            "text": TEXT,
            "state": state,
            "created_at": moment,
            "published_at": moment if public else None,
            **fields,
        }
    )


def more(records: int) -> None:
    """Further public records in the columns that there are."""
    bodies, columns = list(Body.objects.order_by("order")), list(Column.objects.order_by("pk"))
    for number in range(1001, 1001 + records):
        _record(number, bodies, columns, State.PUBLISHED)


def many(records: int) -> None:
    """Public records by the thousand, an hour apart over as many days as it takes; made without events."""
    bodies, columns = list(Body.objects.order_by("order")), list(Column.objects.order_by("pk"))
    fresh = (
        _unsaved(
            10_000 + number, bodies, columns, State.PUBLISHED, published_at=START + timedelta(hours=number % 90_000)
        )
        for number in range(records)
    )
    Record.objects.bulk_create(fresh, batch_size=1000)
