"""Who sees what of requests at the desk: each page for each role, and what is personal only when it is asked for."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from mingtang.foi import actions
from mingtang.foi.models import FileKind
from mingtang.foi.tests.conftest import SOMEBODY, County
from mingtang.foi.tests.signed_in import a_pdf, at, code_of, do, fresh
from mingtang.trace.models import Event

# --- who may see what -------------------------------------------------------------------------------------------------


@pytest.fixture
def dossier(county: County) -> dict[str, Any]:
    """A request of the education bureau with one of everything, and the address of each of its pages."""
    upload = actions.Upload("证件.jpg", b"\xff\xd8\xff scan", "image/jpeg")
    row = fresh(county, proofs=[upload], attachments=[actions.Upload("a.txt", b"text", "text/plain")])
    now = {"actor": county.handler, "moment": timezone.now()}
    letter = actions.ask_third_party(row, identity=SOMEBODY, concerning="合同金额", **now)
    proof, attachment = row.files.get(kind=FileKind.IDENTITY), row.files.get(kind=FileKind.ATTACHMENT)
    material = actions.keep_file(
        row, kind="material", upload=actions.Upload("合同.pdf", a_pdf(), "application/pdf"), **now
    )
    return {
        "request": reverse("foi:request", args=[row.pk]),
        "count": reverse("foi:count", args=[row.pk, 0]),
        "letter": reverse("foi:letter", args=[letter.pk]),
        "preview": reverse("foi:preview", args=[letter.pk]),
        "file": reverse("foi:file", args=[attachment.pk]),
        "proof": reverse("foi:file", args=[proof.pk]),
        "redact": reverse("foi:redact", args=[material.pk]),
        "page": reverse("foi:page", args=[material.pk, 0]),
        "similar": reverse("foi:similar", args=[row.pk]),
        "reveal": reverse("foi:reveal", args=[row.pk]),
        "reveal_party": reverse("foi:reveal_party", args=[letter.party_id]),
    }


#: Handler and head of the body, the office, the auditor; a handler elsewhere, another role of the body, a stranger.
PEOPLE = ("handler", "head", "clerk", "auditor", "outsider", "publisher", "nobody")
#: What each of them is answered at each page of a request of the education bureau.
EXPECTED: dict[str, tuple[int, ...]] = {
    "request": (200, 200, 200, 200, 404, 404, 302),
    "count": (200, 200, 200, 200, 404, 404, 302),
    "letter": (200, 200, 200, 200, 404, 404, 302),
    "preview": (200, 200, 200, 403, 404, 404, 302),
    "file": (200, 200, 200, 403, 404, 404, 302),
    "proof": (200, 200, 200, 403, 404, 404, 302),
    "redact": (200, 403, 200, 403, 404, 404, 302),
    "page": (200, 403, 200, 403, 404, 404, 302),
    "similar": (200, 200, 200, 200, 404, 404, 302),
    "reveal": (200, 200, 200, 403, 404, 404, 302),
    "reveal_party": (200, 200, 200, 403, 404, 404, 302),
}


def test_each_page_of_a_request_opens_only_for_its_people(county: County, dossier: dict[str, Any]) -> None:
    clients = [Client() if who == "nobody" else at(getattr(county, who)) for who in PEOPLE]
    found = {
        page: tuple(code_of((c.post if page.startswith("reveal") else c.get)(dossier[page])) for c in clients)
        for page in EXPECTED
    }
    assert found == EXPECTED


#: Pages that belong to no request, for handler, head, office, auditor and another role.
GENERAL: dict[str, tuple[int, ...]] = {
    "board": (200, 200, 200, 200, 403),
    "export": (200, 200, 200, 200, 403),
    "new": (200, 403, 200, 403, 403),
    "feed": (200, 403, 200, 403, 403),
    "remedies": (200, 200, 200, 200, 403),
    "proposals": (200, 200, 200, 200, 403),
}


def test_the_general_pages_open_by_role(county: County) -> None:
    clients = [at(getattr(county, who)) for who in ("handler", "head", "clerk", "auditor", "publisher")]
    found = {page: tuple(code_of(client.get(reverse(f"foi:{page}"))) for client in clients) for page in GENERAL}
    assert found == GENERAL


@pytest.mark.parametrize("who", ["auditor", "head", "outsider", "publisher"])
def test_nobody_else_does_the_handlers_work_by_address(county: County, who: str) -> None:
    row = fresh(county)
    user = getattr(county, who)
    for name in ("ask_correction", "search", "withdraw", "register", "void_step", "keep_file", "archive"):
        answer = do(at(user), row, name, items="x", until="2030-01-01", where="x", words="x")
        assert code_of(answer) in (403, 404), name
    assert not row.steps.exists() and not row.letters.exists()


def test_lists_and_menu_show_only_what_is_ones_own(county: County) -> None:
    mine, other = fresh(county), fresh(county, body=county.health, actor=county.clerk, subject="医院采购清单")
    board = at(county.outsider).get(reverse("foi:board"))
    assertContains(board, other.number)
    assertNotContains(board, mine.number)
    exported = at(county.outsider).get(reverse("foi:export") + "?state=all").content
    cells = [str(cell.value) for line in openpyxl.load_workbook(io.BytesIO(exported)).active for cell in line]
    assert other.number in cells and mine.number not in cells


# --- what is personal -------------------------------------------------------------------------------------------------


def test_the_applicant_is_masked_until_revealed_and_the_revealing_is_told(county: County) -> None:
    row = fresh(county)
    client = at(county.handler)
    page = client.get(reverse("foi:request", args=[row.pk]))
    assertContains(page, SOMEBODY.masked().name)
    secrets = [value for value in SOMEBODY.secrets() if value != SOMEBODY.postcode]
    assert not [value for value in secrets if value.encode() in page.content]
    assert "no-store" in page["Cache-Control"]
    shown = client.post(reverse("foi:reveal", args=[row.pk]))
    assertContains(shown, SOMEBODY.phone)
    event = Event.objects.get(verb="foi.identity_shown")
    assert event.actor.endswith(str(county.handler.pk)) or str(county.handler.pk) in event.actor
    assert not [value for value in SOMEBODY.secrets() if value in f"{event.data}{event.thing}"]
    assertNotContains(client.get(reverse("foi:request", args=[row.pk])), SOMEBODY.phone)


def test_who_may_not_see_the_applicant_sees_no_letter_or_name_of_a_file(county: County) -> None:
    row = fresh(county, attachments=[actions.Upload("演示甲某的申请书.txt", b"text", "text/plain")])
    letter = actions.draft_receipt(row, actor=county.handler, moment=timezone.now())
    auditor = at(county.auditor)
    for page in (reverse("foi:request", args=[row.pk]), reverse("foi:letter", args=[letter.pk])):
        assertNotContains(auditor.get(page), SOMEBODY.name)
        assert code_of(auditor.get(page)) == 200


def test_the_export_holds_nothing_personal(county: County) -> None:
    fresh(county)
    data = at(county.handler).get(reverse("foi:export") + "?state=all").content
    book = openpyxl.load_workbook(io.BytesIO(data))
    told = " ".join(str(cell.value) for line in book.active for cell in line)
    assert "校车服务采购合同" in told
    assert not [value for value in SOMEBODY.secrets() if value in told]
