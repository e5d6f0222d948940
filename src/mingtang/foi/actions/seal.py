"""Sealing a letter (签发): once, by somebody else than who drafted it, whole or not at all."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.permissions import day_of
from mingtang.foi import files, gathering, letterpress, numbering, sealing
from mingtang.foi.access import user_of
from mingtang.foi.actions.letters import draft_of
from mingtang.foi.actions.rows import step, tell
from mingtang.foi.errors import NotSealable
from mingtang.foi.facts import LetterFacts
from mingtang.foi.files import Upload
from mingtang.foi.letterpress import Content, Letterpress
from mingtang.foi.models import FileKind, Letter, LetterKind, Request
from mingtang.law.clock import Kind
from mingtang.press.errors import PressError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@transaction.atomic
def seal(letter: Letter, *, version: int, actor: Any, moment: datetime) -> Letter:
    """Number, set and close a letter; a reply answers its things with it. Event `foi.letter_sealed`.

    The sealed files are on the disk before anything is committed; without the commit they are swept. Of two who seal
    at once one wins, the other gets `Stale`. Raises `NotPermitted`, `Stale`, `NotSealable` with every reason, and
    `Impossible` where the clock does not let the reply follow.
    """
    row, draft = draft_of(letter, version, actor=actor, moment=moment, verb="foi.seal")
    today = day_of(moment)
    press, content = letterpress.current(), draft.content
    facts = gathering.facts_for(draft, today)
    found = [*sealing.problems(row, draft, content, today), *press.problems(facts, content)]
    if not isinstance(actor, str) and draft.made_by_id == actor.pk:
        found.append(_("起草人不能签发自己起草的文书：请由他人签发。"))
    if found:
        raise NotSealable(list(dict.fromkeys(found)))
    draft.number, draft.sealed_on = numbering.letter_number(row.body, today), today
    facts = gathering.facts_for(draft, today)
    pdf, docx = _set(press, facts, content)
    name = f"{draft.get_kind_display()}_{draft.number}"
    acting: dict[str, Any] = {"actor": actor, "moment": moment, "letter": draft}
    draft.pdf = files.keep(row, FileKind.LETTER_PDF, Upload(f"{name}.pdf", pdf, PDF), **acting)
    draft.docx = files.keep(row, FileKind.LETTER_DOCX, Upload(f"{name}.docx", docx, DOCX), **acting)
    draft.digest = hashlib.sha256(pdf).hexdigest()
    draft.state, draft.sealed_at, draft.sealed_by = Letter.State.SEALED, moment, user_of(actor)
    draft.version += 1
    draft.save()
    tell(
        "letter_sealed", row, actor=actor, moment=moment, letter=draft.pk, kind=draft.kind, of=draft.number,
        digest=draft.digest,
    )  # fmt: skip
    if draft.is_reply:
        _answer(row, draft, actor=actor, moment=moment)
    return draft


def _set(press: Letterpress, facts: LetterFacts, content: Content) -> tuple[bytes, bytes]:
    """The letter as PDF and docx; what the press cannot set keeps it from being sealed."""
    try:
        return press.pdf(facts, content), press.docx(facts, content)
    except PressError as error:
        raise NotSealable([str(error)]) from error


def _answer(row: Request, letter: Letter, *, actor: Any, moment: datetime) -> None:
    """The letter's things are answered; with the last of them the request is."""
    letter.things.update(letter=letter)
    if row.asked.filter(letter=None).exists():
        return
    kind = Kind.TRANSFERRED if letter.kind == LetterKind.TRANSFER else Kind.REPLIED
    first = row.asked.order_by("order").first()
    ground = first.ground if first and row.asked.exclude(ground=first.ground).count() == 0 else ""
    step(row, kind, on=day_of(moment), actor=actor, moment=moment, letter=letter, ground=ground)
