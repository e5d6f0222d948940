"""A publisher of another body neither sees nor reaches a row: in lists, search, choosers, exports, and by address."""

import json
import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from wagtail.admin.models import EditingSession

from mingtang.records import actions
from mingtang.records.models import AttachedFile, Attachment, NamedReader, Record, Relation
from mingtang.review import actions as review
from tests.county import MORNING, Place

from .desk_client import at_desk, form_of

TITLE = "只给教育局看的草稿（演示）"


@pytest.fixture
def record(place: Place) -> Record:
    """A draft of the education bureau with two revisions and a file."""
    record = place.draft(title=TITLE)
    file = AttachedFile(title="清单", body=place.education, uploaded_by_user=place.writer)
    file.file.save("qingdan.txt", ContentFile("清单内容".encode()))
    record.attachments = [Attachment(file=file, title="清单")]
    actions.save_draft(record, actor=place.writer, moment=MORNING)
    return record


LISTS = [
    "/desk/records/",
    "/desk/records/results/",
    "/desk/records/?q=草稿",
    "/desk/records/results/?q=草稿",
    "/desk/records/?export=csv",
    "/desk/records/?export=xlsx",
    "/desk/records/choose/",
    "/desk/records/choose/results/",
    "/desk/records/choose/results/?q=草稿",
    "/desk/documents/",
    "/desk/documents/?q=清单",
    "/desk/documents/chooser/",
    "/desk/documents/chooser/results/?q=清单",
    "/desk/review/",
    "/desk/",
]


@pytest.mark.parametrize("address", LISTS)
def test_lists_choosers_searches_and_exports_leave_the_row_out(place: Place, record: Record, address: str):
    review.submit(record, actor=place.writer, moment=MORNING)
    own, other = (at_desk(user).get(address) for user in (place.writer, place.outsider))
    assert own.status_code == other.status_code == 200
    shown = [b"".join(answer.streaming_content) if answer.streaming else answer.content for answer in (own, other)]
    if "documents" in address and "q=" in address:
        # Wagtail's search of files is filled by the worker, which does not run here: only that nothing leaks.
        assert "qingdan" not in shown[1].decode()
    elif "xlsx" not in address:
        mark = "清单" if "documents" in address else "教育局看的草稿"
        assert mark in strip_query(shown[0].decode("utf-8-sig"))
        assert mark not in strip_query(shown[1].decode("utf-8-sig"))
    else:
        assert len(shown[1]) < len(shown[0])


def strip_query(page: str) -> str:
    """The page without the places that repeat what was asked; a modal's page is taken out of its JSON."""
    page = json.loads(page)["html"] if page.startswith("{") else page
    return re.sub(r'value="[^"]*"|q=[^"&]*|<em>[^<]*</em>', "", page)


ADDRESSES = [
    "/desk/records/edit/{pk}/",
    "/desk/records/inspect/{pk}/",
    "/desk/records/delete/{pk}/",
    "/desk/records/usage/{pk}/",
    "/desk/records/history/{pk}/",
    "/desk/records/history-results/{pk}/",
    "/desk/records/history/{pk}/revisions/{revision}/view/",
    "/desk/records/history/{pk}/revisions/{revision}/revert/",
    "/desk/records/history/{pk}/revisions/compare/earliest...latest/",
    "/desk/records/preview/{pk}/",
    "/desk/records/workflow_history/{pk}/",
    "/desk/records/workflow/preview/{pk}/1/",
    "/desk/records/unpublish/{pk}/",
    "/desk/records/act/{pk}/withdraw/",
    "/desk/records/act/{pk}/publish/",
    "/desk/records/choose/{pk}/",
    "/desk/records/choose/chosen-multiple/?id={pk}",
    "/desk/review/{pk}/",
    "/desk/review/{pk}/submit/",
    "/desk/documents/edit/{file}/",
    "/desk/documents/delete/{file}/",
    "/desk/documents/usage/{file}/",
    "/desk/documents/chooser/{file}/",
    "/desk/documents/chooser/chosen-multiple/?id={file}",
    "/documents/{file}/{name}",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_direct_addresses_are_refused(place: Place, record: Record, address: str):
    file = AttachedFile.objects.get()
    there = address.format(pk=record.pk, revision=record.latest_revision_id, file=file.pk, name=file.filename)
    answer = at_desk(place.outsider).get(there)
    refused = answer.status_code in (302, 403, 404)
    if answer.status_code == 302:
        assert answer.headers["Location"] == "/desk/"  # Wagtail's way of saying no
    if "chosen-multiple" in address:
        assert TITLE not in answer.content.decode() and "qingdan" not in answer.content.decode()
        return
    assert refused, answer.status_code


@pytest.mark.parametrize(
    "address",
    [
        "/desk/records/lock/{pk}/",
        "/desk/records/unlock/{pk}/",
        "/desk/records/unpublish/{pk}/",
        "/desk/records/history/{pk}/revisions/{revision}/unschedule/",
        "/desk/records/workflow/action/{pk}/approve/1/",
        "/desk/bulk/records/record/delete/?id={pk}",
        "/desk/review/{pk}/recall/",
        "/desk/records/edit/{pk}/",
        "/desk/records/delete/{pk}/",
        "/desk/records/preview/{pk}/",
    ],
)
def test_posts_of_another_body_change_nothing(place: Place, record: Record, address: str):
    before = Record.objects.values().get(pk=record.pk)
    there = address.format(pk=record.pk, revision=record.latest_revision_id)
    for accept in ("text/html", "application/json"):
        answer = at_desk(place.outsider).post(there, form_of(place), headers={"accept": accept})
        assert answer.status_code in (302, 403, 404)
    assert Record.objects.values().get(pk=record.pk) == before


def test_editing_sessions_are_closed_to_another_body(place: Place, record: Record):
    kind = ContentType.objects.get_for_model(Record)
    session = EditingSession.objects.create(
        user=place.outsider, content_type=kind, object_id=str(record.pk), last_seen_at=MORNING
    )
    answer = at_desk(place.outsider).post(f"/desk/editing-sessions/ping/records/record/{record.pk}/{session.pk}/")
    assert answer.status_code == 404


def test_two_who_edit_the_same_text_are_told_of_each_other(place: Place, record: Record):
    first, second = at_desk(place.writer), at_desk(place.colleague)
    first.get(f"/desk/records/edit/{record.pk}/")
    second.get(f"/desk/records/edit/{record.pk}/")
    session = EditingSession.objects.get(user=place.colleague)
    answer = second.post(f"/desk/editing-sessions/ping/records/record/{record.pk}/{session.pk}/")
    assert [other["user"] for other in answer.json()["other_sessions"]] == [str(place.writer)]


def test_autosave_over_a_newer_text_is_refused(place: Place, record: Record):
    loaded = record.latest_revision
    actions.save_draft(record, actor=place.colleague, moment=MORNING)
    form = form_of(place) | {
        "loaded_revision_id": str(loaded.pk),
        "loaded_revision_created_at": loaded.created_at.isoformat(),
    }
    answer = at_desk(place.writer).post(
        f"/desk/records/edit/{record.pk}/", form, headers={"accept": "application/json"}
    )
    assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")


@pytest.mark.parametrize(
    "address",
    [
        "/desk/pages/",
        "/desk/images/",
        "/desk/reports/workflow/",
        "/desk/reports/workflow_tasks/",
        "/desk/reports/site-history/",
        "/desk/workflows/list/",
        "/desk/users/",
        "/desk/groups/",
        "/desk/collections/",
        "/desk/snippets/",
        "/desk/api/main/documents/",
        "/desk/api/main/pages/",
        "/desk/failwhale/",
        "/desk/test404/",
        "/desk/password_reset/",
    ],
)
def test_parts_of_wagtail_that_are_not_used_do_not_exist(place: Place, address: str):
    for user in (place.outsider, place.clerk, place.admin):
        assert at_desk(user).get(address).status_code == 404


def test_restricted_draft_is_open_to_author_named_reader_and_office_only(place: Place):
    record = place.draft(title=TITLE, restricted=True)
    NamedReader.objects.create(record=record, user=place.reviewer)
    address = f"/desk/records/inspect/{record.pk}/"
    for user, seen in [
        (place.writer, True),
        (place.reviewer, True),
        (place.clerk, True),
        (place.colleague, False),
        (place.head, False),
        (place.auditor, False),
        (place.outsider, False),
        (place.admin, False),
    ]:
        client = at_desk(user)
        assert (client.get(address).status_code == 200) is seen, user
        assert (TITLE in client.get("/desk/records/").content.decode()) is seen, user


def test_a_file_of_a_restricted_draft_is_closed_to_colleagues(place: Place):
    record = place.draft(restricted=True)
    file = AttachedFile(title="密件", body=place.education, uploaded_by_user=place.writer)
    file.file.save("mi.txt", ContentFile(b"text"))
    record.attachments = [Attachment(file=file)]
    actions.save_draft(record, actor=place.writer, moment=MORNING)
    address = f"/documents/{file.pk}/{file.filename}"
    assert at_desk(place.writer).get(address).status_code == 200
    assert at_desk(place.colleague).get(address).status_code == 403


def test_nobody_carries_or_links_by_number_what_they_may_not_look_at(place: Place, record: Record):
    file = AttachedFile.objects.get()
    linked = json.loads(form_of(place)["text"])
    linked["entityMap"] = {"0": {"type": "DOCUMENT", "mutability": "MUTABLE", "data": {"id": file.pk}}}
    linked["blocks"][0]["entityRanges"] = [{"offset": 0, "length": 1, "key": 0}]
    own = form_of(place) | {"body": str(place.health.pk)}
    stolen = [
        {"attachments-TOTAL_FORMS": "1", "attachments-0-file": str(file.pk), "attachments-0-ORDER": "1"},
        {"relations-TOTAL_FORMS": "1", "relations-0-kind": "interprets", "relations-0-to": str(record.pk)},
        {"text": json.dumps(linked)},
    ]
    client = at_desk(place.outsider)
    for changes in stolen:
        answer = client.post("/desk/records/add/", own | changes)
        assert answer.status_code == 200
        assert "您无权" in answer.content.decode()
    assert Record.objects.filter(body=place.health).count() == 0
    assert client.get(f"/documents/{file.pk}/{file.filename}").status_code == 403


def test_a_public_record_of_another_body_may_be_linked(place: Place):
    there = place.published()
    relation = {"relations-TOTAL_FORMS": "1", "relations-0-kind": "interprets", "relations-0-to": str(there.pk)}
    answer = at_desk(place.outsider).post(
        "/desk/records/add/", form_of(place) | relation | {"body": str(place.health.pk)}
    )
    assert answer.status_code == 302
    assert Record.objects.get(body=place.health).relations.get().to == there


def test_what_the_office_linked_stays_when_the_writer_goes_on(place: Place, record: Record):
    of_health = place.draft(body=place.health, actor=place.outsider)
    record.relations = [Relation(kind="answers", to=of_health)]
    actions.save_draft(record, actor=place.clerk, moment=MORNING)
    actions.save_draft(record, actor=place.writer, moment=MORNING)
    assert record.relations.get().to == of_health


def test_a_title_that_looks_like_a_formula_stays_words_in_the_export(place: Place):
    place.draft(title="=HYPERLINK(1)")
    answer = at_desk(place.writer).get("/desk/records/?export=csv")
    assert ",'=HYPERLINK(1)," in b"".join(answer.streaming_content).decode("utf-8-sig")


def test_an_amendment_may_be_restricted_while_the_public_goes_on_reading(place: Place):
    record = place.published()
    record.restricted, record.title, record.change_note = True, TITLE, "更正时间"
    record.named_readers = [NamedReader(user=place.reviewer)]
    actions.save_draft(record, actor=place.writer, moment=MORNING)
    address = f"/desk/records/inspect/{record.pk}/"
    for user, seen in [(place.writer, True), (place.reviewer, True), (place.clerk, True), (place.colleague, False)]:
        assert (at_desk(user).get(address).status_code == 200) is seen, user
    assert Record.objects.get(pk=record.pk).is_public
