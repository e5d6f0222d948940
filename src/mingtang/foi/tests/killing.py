"""Run by `test_whole.py` in a process of its own: requests taken in, sealed and handed over, killed or done by two.

Prints one JSON value: what was there after each kill (see `tests.killing`).
"""

import json
import sys
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse

from mingtang.bodies.models import Role, User
from mingtang.foi import actions, files, letterpress
from mingtang.foi.actions import Upload
from mingtang.foi.models import Delivery, File, Letter, Request, Step
from mingtang.foi.tests.conftest import MOMENT, County, later
from mingtang.foi.tests.plain_press import PlainPress
from mingtang.trace.models import Event
from tests.killing import killed_everywhere, together

PROOF = Upload("证件.jpg", b"\xff\xd8\xff scan", "image/jpeg")


def main() -> None:
    """Do all trials and print what was seen."""
    letterpress.use(PlainPress())
    json.dump(_trials(), sys.stdout)


def _counted() -> list[int]:
    """Requests, files, sealed letters, steps, deliveries, events of this room."""
    return [
        Request.objects.count(), File.objects.count(), Letter.objects.filter(state="sealed").count(),
        Step.objects.count(), Delivery.objects.count(), Event.objects.filter(verb__startswith="foi.").count(),
    ]  # fmt: skip


def _trials() -> dict[str, Any]:
    county = County()
    media = str(settings.MEDIA_ROOT)
    county.receive()  # makes the keys
    found: dict[str, Any] = {"before": _counted()}
    found["receive"] = killed_everywhere(lambda: county.receive(proofs=[PROOF]), _counted, media)
    letter = _draft(county)
    found["drafted"] = _counted()
    found["seal"] = killed_everywhere(lambda: _seal(letter.pk, county), _counted, media)
    found["deliver"] = killed_everywhere(lambda: _deliver(letter.pk, county), _counted, media)
    found["sound"] = [file.size == len(files.content(file)) for file in File.objects.all()]
    found["left"] = files.sweep(later(3650))
    found["left_after"] = files.sweep(later(3650))
    found["numbers"] = [Letter.objects.get(pk=letter.pk).number]
    other = _draft(county)
    found["two_seal"] = together(*[lambda: _seal(other.pk, county)] * 2)
    other.refresh_from_db()
    found["two_seal_left"] = [other.state, other.files.count(), other.number]
    third = _draft(county)
    second_head = county.user(Role.APPROVER, county.education, "二")
    found["two_at_desk"] = together(*[partial(_seal_at_desk, third.pk, head) for head in (county.head, second_head)])
    third.refresh_from_db()
    found["two_at_desk_left"] = [third.state, third.files.count(), third.number]
    found["two_receive"] = together(*[lambda: county.receive()] * 2)
    numbers = list(Request.objects.values_list("number", flat=True))
    found["numbers_once"] = len(numbers) == len(set(numbers))
    connections.close_all()
    return found


def _draft(county: County) -> Letter:
    """A request with a reply that waits for its seal."""
    request = county.receive()
    acting: dict[str, Any] = {"actor": county.handler, "moment": MOMENT}
    actions.give_opinion(request, kind="secrecy", verdict="agrees", text="不涉密。", **acting)
    actions.decide(request.asked.get(), ground="provided", where="随信附送", **acting)
    return actions.draft_reply(request, **acting)


def _seal(pk: int, county: County) -> None:
    actions.seal(Letter.objects.get(pk=pk), version=1, actor=county.head, moment=MOMENT)


def _seal_at_desk(pk: int, head: User) -> None:
    """Press the button of the letter's page; whoever is not told that it is done fails."""
    desk = Client(SERVER_NAME="127.0.0.1")
    desk.force_login(head, backend="mingtang.bodies.signin.PostBackend")
    page = desk.post(reverse("foi:letter", args=[pk]), {"do": "seal", "version": "1"}, follow=True)
    if "已签发。请登记送达。" not in page.content.decode():
        raise SystemExit("told that it is not done")


def _deliver(pk: int, county: County) -> None:
    letter = Letter.objects.get(pk=pk)
    actions.deliver(letter, means="post", proof=PROOF, actor=county.handler, moment=MOMENT)
