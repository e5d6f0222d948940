"""The reader of the event stream that proposes evidence for duties, and lets it fall when its source is withdrawn."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.ledger import quotas
from mingtang.ledger.actions.locking import locked
from mingtang.ledger.actions.prove import open_again
from mingtang.ledger.matching import Match, match
from mingtang.ledger.models import Assignment, Evidence, Ledger, Quota
from mingtang.ledger.wants import Wants
from mingtang.trace import evidence as claims_of
from mingtang.trace import readers
from mingtang.trace.actions import record
from mingtang.trace.evidence import Claim
from mingtang.trace.models import Cursor, Event, Head

READER = "ledger.evidence"
ACTOR = "system:evidence"
#: Of the duties that one claim fits without a quota, so many of the best are proposed; more would bury the body.
BEST = 5


def handle(events: list[Event]) -> None:
    """Take a batch of events: what proves something is proposed, what was taken back lets its evidence fall."""
    for event in events:
        if event.verb.startswith("ledger."):
            continue
        for claim in claims_of.claims(event):
            propose(claim, event.moment)
        if claims_of.revoked(event):
            fall(event.thing, event.moment)


def catch_up() -> int:
    """Read what is new in the stream, if anything is; cheap when nothing is. Returns how many events were read."""
    seen = Cursor.objects.filter(pk=READER).values_list("seq", flat=True).first() or 0
    last = Head.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
    return readers.catch_up(READER) if seen < last else 0


def propose(claim: Claim, moment: datetime, *, ledger: Ledger | None = None) -> list[Evidence]:
    """Propose a claim for every duty of its body that it fits; what was proposed before is left as it is.

    A claim counts from the notice's day on. Evidence that had fallen with its source is proposed anew when the source
    is back.
    """
    open_ones = Assignment.objects.filter(
        body__code=claim.body, state__in=Assignment.OPEN, ledger__state=Ledger.State.ISSUED,
        ledger__made_on__lte=claim.on,
    ).select_related("task", "body", "ledger").prefetch_related("task__quotas")  # fmt: skip
    if ledger is not None:
        open_ones = open_ones.filter(ledger=ledger)
    made = [_put(assignment, quota, claim, found, moment) for assignment, quota, found in _best(claim, open_ones)]
    return [one for one in made if one is not None]


def fall(thing: str, moment: datetime) -> int:
    """Let all evidence from `thing` fall; a completed duty that lacks proof without it is opened again."""
    fallen = Evidence.objects.filter(thing=thing, state__in=["proposed", "confirmed"]).select_related("assignment")
    count = 0
    for evidence in fallen.order_by("assignment_id", "pk"):
        assignment = locked(evidence.assignment)
        evidence.state, evidence.fallen_at = Evidence.State.FALLEN, moment
        evidence.save(update_fields=["state", "fallen_at"])
        count += 1
        data = {"evidence": evidence.pk, "thing": thing, "quota": evidence.quota_id}
        record(
            "ledger.evidence_fallen", assignment, actor=ACTOR, moment=moment, body=assignment.body.code, data=data
        )  # fmt: skip
        if assignment.state != Assignment.State.COMPLETED:
            continue
        if quotas.missing(assignment, on=timezone.localdate(moment)):
            open_again(assignment, reason=_("佐证的来源已撤下"), actor=ACTOR, moment=moment)
        elif assignment.proof_id == evidence.pk:
            assignment.proof = assignment.evidence.filter(state=Evidence.State.CONFIRMED).latest("decided_at")
            assignment.save(update_fields=["proof"])
    return count


def sweep(ledger: Ledger, *, moment: datetime) -> int:
    """Propose evidence for a ledger from events since its notice's day: they were read before it was issued here."""
    start = Event.objects.filter(verb__in=claims_of.verbs(), moment__date__gte=ledger.made_on).order_by("seq")
    count = 0
    for event in start.iterator(chunk_size=500):
        with transaction.atomic():
            for claim in claims_of.claims(event):
                count += len(propose(claim, moment, ledger=ledger))
            if claims_of.revoked(event):
                fall(event.thing, moment)
    return count


def _best(claim: Claim, assignments: Iterable[Assignment]) -> Iterator[tuple[Assignment, Quota | None, Match]]:
    """Every quota that the claim fits, and the best of the duties that it fits by words and marks."""
    loose: list[tuple[Assignment, Match]] = []
    for assignment in assignments:
        wanted = list(assignment.task.quotas.all())
        for quota in wanted:
            if found := match(claim, Wants.read(quota.wants), all_marks=True):
                yield assignment, quota, found
        if not wanted and (found := match(claim, Wants.read(assignment.task.wants))):
            loose.append((assignment, found))
    loose.sort(key=lambda pair: -pair[1].score)
    for assignment, found in loose[:BEST]:
        yield assignment, None, found


def _put(assignment: Assignment, quota: Quota | None, claim: Claim, found: Match, moment: datetime) -> Evidence | None:
    """Write the proposal; None when it already stands or was rejected (a running claim renews its numbers)."""
    facts = {
        "source": Evidence.Source.EVENT, "seq": claim.seq, "title": claim.title[:200], "path": claim.path[:300],
        "on": claim.on, "reason": _reason(assignment, claim, found), "score": found.score, "public": True,
        "made_at": moment,
    }  # fmt: skip
    evidence, new = Evidence.objects.get_or_create(
        assignment=assignment, quota=quota, thing=claim.thing, defaults=facts
    )
    if not new and evidence.state != Evidence.State.FALLEN:
        return _renewed(evidence, claim, moment) if claim.running else None
    if not new:
        for name, value in facts.items():
            setattr(evidence, name, value)
        evidence.state, evidence.fallen_at = Evidence.State.PROPOSED, None
        evidence.decided_at = evidence.decided_by = None
        evidence.save()
    record(
        "ledger.evidence_proposed", assignment, actor=ACTOR, moment=moment, body=assignment.body.code,
        data={"evidence": evidence.pk, "thing": claim.thing, "quota": quota.pk if quota else None},
    )  # fmt: skip
    return evidence


def _renewed(evidence: Evidence, claim: Claim, moment: datetime) -> None:
    """Newer numbers of a running claim take the place of the old; whether it was confirmed or rejected stands."""
    if (evidence.seq or 0) >= claim.seq:
        return
    evidence.seq, evidence.title, evidence.on = claim.seq, claim.title[:200], claim.on
    evidence.save(update_fields=["seq", "title", "on"])
    assignment = evidence.assignment
    record(
        "ledger.evidence_renewed", assignment, actor=ACTOR, moment=moment, body=assignment.body.code,
        data={"evidence": evidence.pk, "thing": claim.thing},
    )  # fmt: skip


def _reason(assignment: Assignment, claim: Claim, found: Match) -> str:
    """Why it fits; work of another year than the ledger's is proposed too, and said to be so."""
    if claim.on.year == assignment.ledger.year:
        return found.reason
    facts = {"reason": found.reason, "made": claim.on.year, "year": assignment.ledger.year}
    return (_("%(reason)s；%(made)s年发布，请核对是否计入%(year)s年") % facts)[:300]
