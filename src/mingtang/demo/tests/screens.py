"""The hand that acts scripts out on the screens: the public form and tracking page, and the desk of handler and head.

It keeps a diary of its own of what it did on which day, from which the deadlines can be counted without asking the
product for anything.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from string import ascii_uppercase, digits
from typing import Any, ClassVar

from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from mingtang.bodies.models import User
from mingtang.demo.acting import Play, Wanted, filled, identity
from mingtang.foi.models import Letter, Request
from mingtang.law.documents import credit_code_is_valid
from mingtang.law.requests import Applicant

#: What the diary calls a letter that was handed over.
NOTICES = {
    "correction": "correction_asked", "third_party": "third_party_asked", "consultation": "body_asked",
    "fee": "fee_notified", "closure": "abandoned", "transfer": "transferred", "reply": "replied", "partial": "replied",
    "not_processed": "replied",
}  # fmt: skip
#: What the diary calls an act.
ACTS = {"receive_correction": "correction_received", "pay": "fee_paid", "withdraw": "withdrawn"}
#: What the tracking page calls the acts of the applicant.
ON_TRACK = {"receive_correction": "correct", "give_reasons": "reasons", "withdraw": "withdraw"}
SECRET = re.compile(r"<dd[^>]*>\s*(?:<[^>]*>)?([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})")


class Clock:
    """The installation's clock, in the place of Django's."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Screens(Play):
    """One request on its way through the pages."""

    clock: ClassVar[Clock] = Clock()
    #: Everyone who has acted since the list was emptied.
    all: ClassVar[list["Screens"]] = []
    received_on: date | None = None
    postponed_to: date | None = None
    diary: list[tuple[str, date, int]] = field(default_factory=list)
    secret: str = ""
    _longer: int = 0
    _signed_in: dict[tuple[int, datetime], Client] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.all.append(self)

    # --- coming in ---------------------------------------------------------------------------------------------------

    def enter(self, channel: str, wanted: Wanted) -> Request:
        self.clock.now = self.moment
        before = set(Request.objects.values_list("pk", flat=True))
        if channel == "online":
            self._apply_online(wanted)
        else:
            self._enter_at_desk(channel, wanted)
        self.received_on = self.today() if channel in ("counter", "post") else None
        return Request.objects.exclude(pk__in=before).get()

    def _apply_online(self, wanted: Wanted) -> None:
        citizen = Client()
        started = {"body": self.cast.body.code, "subject": wanted.subject, "wanted": wanted.wanted}
        following = _went(citizen.post("/foi/apply/", started))
        assert following in ("/foi/apply/you/", "/foi/apply/already/")
        assert _went(citizen.post("/foi/apply/you/", self._person(wanted))) == "/foi/apply/check/"
        assert _went(citizen.post("/foi/apply/check/", {"agreed": "1"})) == "/foi/apply/receipt/"
        receipt = citizen.get("/foi/apply/receipt/").content.decode()
        found = SECRET.search(receipt)
        assert found, receipt
        self.secret = found[1]

    def _person(self, wanted: Wanted) -> dict[str, str]:
        """The second page of the form, filled by somebody who does not exist, with right check digits."""
        known = identity(self.number, wanted.kind)
        shared = {
            "applicant_kind": wanted.kind.value, "phone": known.phone, "address": known.address,
            "postcode": known.postcode, "provision": "electronic", "delivery": wanted.delivery,
        }  # fmt: skip
        if wanted.kind is Applicant.NATURAL:
            return shared | {"name": known.name, "id_type": "护照", "id_number": f"E{self.number:08}"}
        start = f"91990001MA{self.number:07}"
        code = next(start + last for last in digits + ascii_uppercase if credit_code_is_valid(start + last))
        return shared | {
            "organisation": known.name, "organisation_code": code, "contact_person": known.contact_person
        }  # fmt: skip

    def _enter_at_desk(self, channel: str, wanted: Wanted) -> None:
        known = identity(self.number, wanted.kind)
        answer = self._at(self.cast.handler).post(
            reverse("foi:new"),
            known.as_json() | {
                "body": self.cast.body.pk, "channel": channel, "arrived_on": self.today().isoformat(),
                "applicant_kind": wanted.kind.value, "id_type": "", "subject": wanted.subject, "wanted": wanted.wanted,
                "things": "\n".join(wanted.things), "provision": "electronic", "delivery": wanted.delivery,
            },
        )  # fmt: skip
        assert "received" in answer.context, answer.context["form"].errors

    # --- at work -----------------------------------------------------------------------------------------------------

    def do(self, name: str, thing: Any = None, *, by: User | None = None, **fields: Any) -> None:
        form = {"do": name} | _as_sent(fields) | ({"part": thing.pk} if thing is not None else {})
        if name == "draft_reply" and len(fields["things"]) == 1:
            del form["things"]
        _went(self._at(by or self.cast.handler).post(reverse("foi:request", args=[self.request.pk]), form))
        self._note(name, thing)
        if name == "confirm":
            self.received_on = self.today()
        if name == "ask_extension":
            self._longer = fields["working_days"]
        if name == "postpone":
            self.postponed_to = fields["until"]

    def apply(self, name: str, **fields: Any) -> None:
        self.clock.now = self.moment
        citizen = Client()
        door = {"number": self.request.number, "secret": self.secret}
        assert _went(citizen.post("/foi/track/", door)) == "/foi/track/status/"
        sent = fields | {"act": ON_TRACK[name]} | ({"sure": "1"} if name == "withdraw" else {})
        assert _went(citizen.post("/foi/track/status/", sent)) == "/foi/track/status/"
        self._note(name)

    def send(self, means: str = "online") -> None:
        letter, handler = self.draft(), self._at(self.cast.handler)
        page = reverse("foi:letter", args=[letter.pk])
        words = filled(handler.get(page).context["form"].initial)
        _went(handler.post(page, words | {"do": "save"}))
        letter.refresh_from_db()
        _went(self._at(self.cast.head).post(page, {"do": "seal", "version": letter.version}))
        arrived = self.arrives_on(means)
        sent = {"do": "deliver", "means": means, "on": self.today().isoformat(), "received_on": arrived or ""}
        _went(handler.post(page, sent))
        letter.refresh_from_db()
        assert letter.state == Letter.State.SEALED
        assert letter.deliveries.exists()
        if letter.kind == "extension":
            self.diary.append(("extended", self.today(), self._longer))
        elif letter.kind in NOTICES:
            self.diary.append((NOTICES[letter.kind], self.today(), 0))

    def _note(self, name: str, thing: Any = None) -> None:
        if name == "answer":
            asked = "third_party" if thing.kind == "third_party" else "body"
            self.diary.append((f"{asked}_answered", self.today(), 0))
        elif name in ACTS:
            self.diary.append((ACTS[name], self.today(), 0))

    def _at(self, user: User) -> Client:
        """A browser of the user, signed in this moment: yesterday's session has long run out."""
        self.clock.now = self.moment
        known = self._signed_in.get((user.pk, self.moment))
        if known is None:
            known = self._signed_in[user.pk, self.moment] = Client()
            known.force_login(user, backend="mingtang.bodies.signin.PostBackend")
        return known


def _as_sent(fields: dict[str, Any]) -> dict[str, Any]:
    """What an action is given, as the fields of its form are sent."""
    sent: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "identity":
            sent |= {"party_name": value.name, "phone": value.phone, "address": value.address}
        elif name == "withheld":
            sent |= {key: word for n, (what, ground) in enumerate(value)
                     for key, word in ((f"what_{n}", what), (f"part_{n}", ground))}  # fmt: skip
        elif isinstance(value, bool):
            sent |= {name: "on" if name == "joint" else "yes" if value else "no"}
        elif value is not None:
            sent[name] = _key(value)
    return sent


def _key(value: Any) -> Any:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_key(each) for each in value]
    return getattr(value, "pk", value)


def _went(answer: HttpResponseBase) -> str:
    """Where an answer leads on; a page that comes back with reasons is a failure that shows them."""
    context: Any = getattr(answer, "context", None) or {}
    failed = context.get("failed") or context.get("form")
    assert answer.status_code in (302, 303), getattr(failed, "errors", None) or getattr(answer, "content", b"").decode()
    url = str(getattr(answer, "url", ""))
    assert url != "/desk/", "refused"
    return url
