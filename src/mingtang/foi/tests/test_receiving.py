"""A request comes in: numbered, its day of receipt by its channel, its secret and its applicant kept from all eyes."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from mingtang.bodies.errors import NotPermitted
from mingtang.foi import actions, files, tracking, vault
from mingtang.foi.errors import Damaged, Impossible, Invalid, KeyExposed, KeyMissing, WrongState
from mingtang.foi.files import Upload
from mingtang.foi.models import Applicant, File, Request
from mingtang.foi.tests.conftest import MOMENT, SOMEBODY, TODAY, County, later
from mingtang.trace.models import Event


def test_numbers_run_by_body_and_year_without_gaps(county: County) -> None:
    first, second = county.receive(), county.receive()
    other = county.receive(body=county.health, actor=county.clerk)
    assert [each.number for each in (first, second, other)] == ["jyj-2024-00001", "jyj-2024-00002", "wjw-2024-00001"]
    with pytest.raises(Invalid):
        county.receive(provision="telegram")
    assert county.receive().number == "jyj-2024-00003"
    next_year = county.receive(moment=later(365))
    assert next_year.number == "jyj-2025-00001"


def test_what_is_handed_in_counts_from_that_day_and_has_its_last_day(county: County) -> None:
    request = county.receive()
    assert (request.received_on, request.state) == (TODAY, "running")
    assert request.due_on == date(2024, 7, 2)  # 20 working days; the Dragon Boat Festival of 10 June is off
    assert request.next_what == "答复申请人"


def test_what_comes_online_waits_for_the_word_of_both(county: County) -> None:
    request = county.receive(channel="online", actor=actions.APPLICANT)
    assert (request.state, request.received_on, request.due_on) == ("unconfirmed", None, None)
    assert (request.next_what, request.next_due) == ("与申请人确认收到", TODAY)
    row = actions.confirm(request, actor=county.handler, moment=later(1))
    assert (row.state, row.received_on) == ("running", TODAY + timedelta(days=1))
    with pytest.raises(WrongState, match="不需要再确认"):
        actions.confirm(request, actor=county.handler, moment=later(2))


def test_days_that_run_backwards_are_refused_with_the_reason(county: County) -> None:
    with pytest.raises(Impossible, match="早于申请到达"):
        county.receive(channel="fax", arrived_on=TODAY, confirmed_on=TODAY - timedelta(days=1))
    with pytest.raises(Invalid, match="还没有到"):
        county.receive(arrived_on=TODAY + timedelta(days=1))
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"wanted": ""}, "wanted"),
        ({"wanted": "一" * 5001}, "wanted"),
        ({"channel": "pigeon"}, "channel"),
        ({"applicant_kind": "royal"}, "applicant_kind"),
        ({"identity": SOMEBODY.__class__(name="")}, "name"),
        ({"identity": SOMEBODY.__class__(name="演示某")}, "phone"),
        ({"things": [f"第{n}项" for n in range(51)]}, "things"),
    ],
)
def test_what_is_missing_or_wrong_is_named(county: County, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        county.receive(**fields)
    assert caught.value.field == field


def test_nobody_takes_in_requests_for_another_body(county: County) -> None:
    for actor in (county.outsider, county.publisher, county.auditor):
        with pytest.raises(NotPermitted):
            county.receive(actor=actor)


def test_registration_corrects_and_is_told_once(county: County) -> None:
    request = county.receive()
    row = actions.register(
        request, subject="校车合同", applicant_kind="commercial", actor=county.handler, moment=later(1)
    )
    assert (row.subject, row.applicant_kind, row.registered_at) == ("校车合同", "commercial", later(1))
    again = actions.register(request, delivery="post", actor=county.handler, moment=later(2))
    assert (again.registered_at, again.delivery) == (later(1), "post")


def test_another_unit_is_for_the_office_and_frees_the_handler(county: County) -> None:
    request = county.receive()
    assert actions.assign(request, handler=county.colleague, actor=county.handler, moment=MOMENT).handler
    with pytest.raises(NotPermitted):
        actions.assign(request, unit=county.health, actor=county.handler, moment=MOMENT)
    with pytest.raises(Invalid, match="不是承办机构"):
        actions.assign(request, handler=county.outsider, actor=county.handler, moment=MOMENT)
    row = actions.assign(request, unit=county.health, actor=county.clerk, moment=MOMENT)
    assert (row.unit, row.handler) == (county.health, None)
    mine = actions.assign(request, handler=county.outsider, actor=county.outsider, moment=MOMENT)
    assert mine.handler == county.outsider


# --- the secret ------------------------------------------------------------------------------------------------------


def test_the_secret_opens_one_request_and_is_not_stored(county: County) -> None:
    received, other = county.received(), county.received()
    number, secret = received.request.number, received.secret
    assert tracking.find(number, secret) == received.request
    assert tracking.find(f" {number.upper()} ", secret.lower().replace("-", " ")) == received.request
    assert tracking.find(number, other.secret) is None
    assert tracking.find("jyj-2024-09999", secret) is None
    assert tracking.find(number, "") is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret_hash FROM foi_request")
        assert all(secret.replace("-", "") not in row[0] for row in cursor.fetchall())


def test_a_new_secret_ends_the_former(county: County) -> None:
    received = county.received()
    fresh = actions.new_secret(received.request, actor=county.handler, moment=later(1))
    assert tracking.find(received.request.number, received.secret) is None
    assert tracking.find(received.request.number, fresh) == received.request


def test_without_the_key_the_stored_digest_proves_nothing(county: County, settings: Any, tmp_path: Path) -> None:
    received = county.received()
    settings.HOME = tmp_path / "elsewhere"
    assert tracking.find(received.request.number, received.secret) is None


# --- what is personal ------------------------------------------------------------------------------------------------


def test_who_asks_is_encrypted_in_the_database(county: County) -> None:
    request = county.receive()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM foi_applicant")
        kept = bytes(cursor.fetchone()[0])
    assert not any(value.encode() in kept for value in SOMEBODY.secrets())
    assert Request.objects.get(pk=request.pk).applicant.identity == SOMEBODY


def test_the_same_applicant_is_recognised_without_being_named(county: County) -> None:
    first, second = county.receive().applicant, county.receive().applicant
    stranger = county.receive(identity=SOMEBODY.__class__(name="演示乙某", phone="10000000002")).applicant
    assert first.same == second.same != stranger.same
    assert SOMEBODY.id_number not in first.same


def test_ciphertexts_cannot_change_places(county: County) -> None:
    first, second = county.receive().applicant, county.receive().applicant
    Applicant.objects.filter(pk=second.pk).update(sealed=first.sealed)
    with pytest.raises(Damaged):
        _ = Applicant.objects.get(pk=second.pk).identity


def test_a_masked_identity_tells_little() -> None:
    masked = SOMEBODY.masked()
    assert (masked.name, masked.phone, masked.id_number) == (
        "演＊＊＊",
        "100＊＊＊＊0001",
        "990001＊＊＊＊＊＊＊＊1234",
    )
    assert masked.email == "j＊＊＊@example.invalid"
    assert masked.address.startswith("云岭旗演示路") and "2单元" not in masked.address


def test_nothing_personal_is_in_the_stream_or_in_the_log(county: County, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    proof = Upload("演示甲某身份证.jpg", b"scan of " + SOMEBODY.id_number.encode(), "image/jpeg")
    request = county.receive(proofs=[proof])
    actions.register(request, actor=county.handler, moment=MOMENT)
    files.read(request.files.get(), actor=county.handler, moment=MOMENT)
    told = "".join(
        f"{event.verb}{event.thing}{event.actor}{event.data}{event.before}{event.after}"
        for event in Event.objects.filter(verb__startswith="foi.")
    )
    assert "foi.file_opened" in told
    assert not [value for value in (*SOMEBODY.secrets(), proof.name) if value in told or value in caplog.text]


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_proof_of_identity_lies_encrypted_and_opens_for_few(county: County) -> None:
    request = county.receive(proofs=[Upload("证件.jpg", b"\xff\xd8\xff secret scan", "image/jpeg")])
    file = request.files.get()
    kept = files.place_of(file.pk).read_bytes()
    assert b"secret scan" not in kept and "证件" not in str(files.place_of(file.pk))
    assert files.read(file, actor=county.handler, moment=MOMENT) == b"\xff\xd8\xff secret scan"
    for actor in (county.auditor, county.outsider):
        with pytest.raises(NotPermitted):
            files.read(file, actor=actor, moment=MOMENT)


def test_a_changed_file_or_key_says_so(county: County, settings: Any) -> None:
    request = county.receive(attachments=[Upload("a.txt", b"text")])
    file = request.files.get()
    place = files.place_of(file.pk)
    kept = place.read_bytes()
    place.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    with pytest.raises(Damaged):
        files.content(file)
    place.write_bytes(kept)
    key = Path(settings.HOME) / "keys" / "foi" / "data.key"
    key.chmod(0o644)
    with pytest.raises(KeyExposed):
        files.content(file)
    key.unlink()
    with pytest.raises(KeyMissing):
        files.content(file)
    vault.seal(b"x", "y")  # makes another key
    with pytest.raises(KeyMissing):
        files.content(file)


def test_what_was_left_without_a_row_is_swept(county: County) -> None:
    kept = county.receive(attachments=[Upload("a.txt", b"text")]).files.get()
    with pytest.raises(Invalid):
        county.receive(attachments=[Upload("a.txt", b"text")], things=["x"] * 51)
    lost = File(kind="attachment")
    files._write(files.place_of(lost.pk), b"left behind")
    assert files.sweep(later(0)) == 0  # it may still be committed
    import time
    from datetime import UTC, datetime

    soon = datetime.fromtimestamp(time.time(), UTC) + timedelta(hours=2)
    assert files.sweep(soon) == 1
    assert files.place_of(kept.pk).exists() and not files.place_of(lost.pk).exists()
