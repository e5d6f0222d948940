"""Gathers from the database what a letter is written from."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mingtang.bodies.models import Body
from mingtang.bodies.models import Kind as BodyKind
from mingtang.foi import history, standing
from mingtang.foi.errors import Impossible, Purged
from mingtang.foi.facts import (
    AmendedFacts,
    BandFacts,
    BodyFacts,
    ClosureFacts,
    CorrectionFacts,
    ExtensionFacts,
    FeeFacts,
    LaterFacts,
    LetterFacts,
    OpinionFacts,
    PartyFacts,
    RequestFacts,
    SearchFacts,
    ThingFacts,
    WithheldFacts,
)
from mingtang.foi.identity import Identity
from mingtang.foi.models import Asked, Extension, Fee, FileKind, Letter, LetterKind, Party, Request, Search, Step
from mingtang.foi.standing import Clocked
from mingtang.law.clock import Kind
from mingtang.law.shelf import parameter


def facts_for(letter: Letter, on: date) -> LetterFacts:
    """Everything that the letter is written from, as things stand on the day; about a dozen queries."""
    row = standing.with_steps(Request.objects.select_related("body", "applicant")).get(pk=letter.request_id)
    clocked = standing.of(row, on)
    given = letter.facts
    return LetterFacts(
        kind=letter.kind,
        number=letter.number,
        made_on=letter.sealed_on or on,
        body=body_facts(row.body),
        applicant=_identity(row.applicant),
        request=_request(row, clocked),
        things=tuple(_thing(asked, row) for asked in _things(letter, row)),
        opinions=tuple(OpinionFacts(each.kind, each.verdict, each.text) for each in row.opinions.all()),
        parties=tuple(_party(party) for party in row.parties.all()),
        party=_party(letter.party) if letter.party else None,
        correction=CorrectionFacts(given["items"], date.fromisoformat(given["until"])) if "items" in given else None,
        extension=_extension(row, clocked, on) if letter.kind == LetterKind.EXTENSION else None,
        fee=_fee(row, on) if letter.kind == LetterKind.FEE else None,
        reasons=given.get("why", "") if letter.kind in (LetterKind.REASONS, LetterKind.OVERRULED) else "",
        enclosures=_enclosures(letter),
        later=_later(given, clocked) if letter.kind == LetterKind.LATER_DATE else None,
        closure=_closure(row, given) if letter.kind == LetterKind.CLOSURE else None,
        amended=_amended(row, given) if letter.kind == LetterKind.AMENDMENT else None,
    )


def _enclosures(letter: Letter) -> tuple[str, ...]:
    """What goes out with the letter, without the endings of file names."""
    sent = letter.files.filter(kind__in=[FileKind.REPLY_ATTACHMENT, FileKind.REDACTED], purged_at=None).order_by("pk")
    return tuple(name.rpartition(".")[0] or name for name in sent.values_list("name", flat=True))


def body_facts(body: Body) -> BodyFacts:
    """What letters and printed forms say of a body; one query for each level above it."""
    return BodyFacts(
        body.name, body.short_name, body.openness_office, body.address, body.office_hours, body.openness_phone,
        body.openness_email, _review_body(body),
    )  # fmt: skip


def _review_body(body: Body) -> str:
    """Who reviews its decisions: the government that it is under (reconsideration-law.24); "" if unknown."""
    above = body.parent
    while above is not None and above.kind != BodyKind.GOVERNMENT:
        above = above.parent
    return above.name if above else ""


def _identity(holder: Any) -> Identity:
    try:
        return holder.identity
    except Purged:
        return Identity(name="")


def _request(row: Request, clocked: Clocked) -> RequestFacts:
    return RequestFacts(
        row.number, row.subject, row.corrected or row.wanted, row.received_on, row.channel, row.provision, row.delivery,
        row.applicant_kind, clocked.standing.reply_due, clocked.standing.late_by,
    )  # fmt: skip


def _things(letter: Letter, row: Request) -> list[Asked]:
    """What the letter answers; all things of the request where it answers none in particular."""
    chosen = letter.things.all() if letter.is_reply else row.asked.all()
    return list(chosen.select_related("repeats").prefetch_related("searches__by__person"))


def _thing(asked: Asked, row: Request) -> ThingFacts:
    searches = [*asked.searches.all(), *row.searches.filter(asked=None).select_related("by__person")]
    return ThingFacts(
        order=asked.order,
        text=asked.text,
        ground=asked.ground,
        reply=asked.reply.value if asked.reply else "",
        explanation=asked.explanation,
        right_body=asked.right_body,
        right_contact=asked.right_contact,
        where=asked.where,
        repeats=asked.repeats.number if asked.repeats else "",
        repeats_replied_on=asked.repeats.replied_on if asked.repeats else None,
        withheld=tuple(WithheldFacts(each["what"], each["ground"]) for each in asked.withheld),
        searches=tuple(_search(each) for each in searches),
    )


def _search(search: Search) -> SearchFacts:
    return SearchFacts(
        search.where, search.words, search.on, search.by.get_full_name(), search.found, search.result
    )  # fmt: skip


def _party(party: Party) -> PartyFacts:
    return PartyFacts(
        party.kind, party.label, _identity(party), party.concerning, party.answer, party.answered_on
    )  # fmt: skip


def _extension(row: Request, clocked: Clocked, on: date) -> ExtensionFacts | None:
    """The extension with the day it moves the reply to, as the clock would have it if the notice went out today."""
    found = row.extensions.exclude(outcome=Extension.Outcome.REFUSED).first()
    if found is None:
        return None
    told = row.steps.filter(kind=Kind.EXTENDED.value, voided_at=None).exists()
    decided = timezone.localtime(found.decided_at).date() if found.decided_at else None
    head = found.decided_by
    return ExtensionFacts(
        working_days=found.working_days,
        reason=found.reason,
        consent=head.get_full_name() if head else "",
        consent_title=_title(head, row, on),
        consented_on=decided,
        first_due=None if told else clocked.standing.reply_due,
        new_due=clocked.standing.reply_due if told else _due_if_extended(row, found, on),
    )


def _due_if_extended(row: Request, extension: Extension, on: date) -> date | None:
    trial = Step(request=row, seq=10_000, kind=Kind.EXTENDED.value, on=on, working_days=extension.working_days)
    trial.consent = extension.decided_by
    try:
        return standing.folded(history.of(row, [trial]), on).standing.reply_due
    except Impossible:
        return None


def _title(head: Any, row: Request, on: date) -> str:
    """What the head's post in the body is called."""
    if head is None or head.person is None:
        return ""
    post = head.person.posts.filter(body=row.body, starts_on__lte=on).order_by("-starts_on").first()
    return (post.title or post.get_role_display()) if post else ""


def _fee(row: Request, on: date) -> FeeFacts | None:
    found = Fee.objects.filter(request=row).first()
    if found is None:
        return None
    bands = tuple(
        BandFacts(band["first"], band["last"], band["count"], Decimal(band["unit_price"]), Decimal(band["amount"]))
        for band in found.bands
    )
    within = parameter("information-fee.6-payment", "within", on=on).number
    return FeeFacts(found.schedule, found.count, found.already, found.amount, bands, within)


def _later(given: dict[str, Any], clocked: Clocked) -> LaterFacts:
    return LaterFacts(date.fromisoformat(given["until"]), given["why"], clocked.standing.reply_due)


def _closure(row: Request, given: dict[str, Any]) -> ClosureFacts:
    """Which notice was not followed, and until when it could have been."""
    kind = LetterKind.CORRECTION if given["ground"] == "not_corrected" else LetterKind.FEE
    notice = row.letters.filter(kind=kind, state=Letter.State.SEALED).order_by("-sealed_at").first()
    return ClosureFacts(
        given["ground"], notice.number if notice else "", notice.sealed_on if notice else None,
        date.fromisoformat(given["until"]) if given.get("until") else None,
    )  # fmt: skip


def _amended(row: Request, given: dict[str, Any]) -> AmendedFacts:
    """The sealed letter that the amendment is about."""
    wrong = row.letters.get(pk=given["letter"])
    return AmendedFacts(wrong.get_kind_display(), wrong.number, wrong.sealed_on or row.arrived_on)
