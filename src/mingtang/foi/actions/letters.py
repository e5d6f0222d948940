"""Letters as drafts: begun by the act that needs them, edited, written anew, discarded."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.permissions import day_of
from mingtang.foi import gathering, letterpress
from mingtang.foi.access import user_of
from mingtang.foi.actions.rows import locked, opened, said, tell
from mingtang.foi.errors import Invalid, Stale, WrongState
from mingtang.foi.letterpress import Content
from mingtang.foi.models import TO_OTHERS, Asked, Letter, LetterKind, Party, Request

#: Longest text of one letter, in characters.
LONGEST = 60_000


def begin(
    row: Request,
    kind: str,
    *,
    actor: Any,
    moment: datetime,
    party: Party | None = None,
    things: Iterable[Asked] = (),
    facts: dict[str, Any] | None = None,
) -> Letter:
    """Draft a letter for an act (inside its transaction); event `foi.letter_drafted`. One draft of a kind at a time."""
    same = row.letters.filter(kind=kind, party=party, state=Letter.State.DRAFT)
    if (waiting := same.first()) is not None:
        raise WrongState(_("已有一份%s草稿：请先签发或者作废它。") % waiting.get_kind_display())
    letter = Letter(request=row, kind=kind, party=party, facts=facts or {}, made_at=moment, made_by=user_of(actor))
    letter.seal({})
    letter.save(force_insert=True)
    letter.things.set(things)
    _write(letter, moment)
    tell("letter_drafted", row, actor=actor, moment=moment, letter=letter.pk, kind=kind)
    return letter


@transaction.atomic
def draft_receipt(request: Request, *, actor: Any, moment: datetime) -> Letter:
    """The receipt that the applicant is given; it moves no day. Raises `NotPermitted`, `WrongState`."""
    row = opened(request, "foi.handle", actor=actor, moment=moment)
    return begin(row, LetterKind.RECEIPT, actor=actor, moment=moment)


@transaction.atomic
def draft_amendment(letter: Letter, *, actor: Any, moment: datetime) -> Letter:
    """Draft the letter that puts a slip in a sealed one right; the sealed one stays as it was sent, and no day moves.

    It cannot change what was decided: that is decided anew. Raises `NotPermitted`, and `WrongState` for a draft or a
    letter to somebody else than the applicant.
    """
    row = opened(letter.request, "foi.handle", actor=actor, moment=moment)
    sealed = locked(letter)
    if not may_be_amended(sealed):
        raise WrongState(_("只有已签发的、给申请人的文书才能更正：草稿请直接修改。"))
    return begin(row, LetterKind.AMENDMENT, actor=actor, moment=moment, facts={"letter": sealed.pk})


def may_be_amended(letter: Letter) -> bool:
    """Whether a slip in the letter is put right by another letter: sealed, and for the applicant."""
    return letter.state == Letter.State.SEALED and letter.kind not in TO_OTHERS


@transaction.atomic
def save_letter(letter: Letter, *, version: int, content: Content, actor: Any, moment: datetime) -> Letter:
    """Keep a draft as a person wants it; event `foi.letter_edited`. Raises `Stale` when it was changed meanwhile."""
    row, draft = draft_of(letter, version, actor=actor, moment=moment)
    if not isinstance(content.get("title"), str) or not isinstance(content.get("paragraphs"), list):
        raise Invalid("content", _("文书须有标题和正文：请不要清空它们。"))
    said("content", str(content["title"]), _("请填写文书的标题。"))
    if len(str(content)) > LONGEST:
        raise Invalid("content", _("文书超过 %d 字：请把长的内容作为附件。") % LONGEST)
    draft.seal(content)
    draft.version += 1
    draft.save(update_fields=["sealed", "version"])
    tell("letter_edited", row, actor=actor, moment=moment, letter=draft.pk, version=draft.version)
    return draft


@transaction.atomic
def redraft(letter: Letter, *, version: int, actor: Any, moment: datetime) -> Letter:
    """Write a draft anew from what is known now; what was edited is given up. Event `foi.letter_edited`."""
    row, draft = draft_of(letter, version, actor=actor, moment=moment)
    draft.version += 1
    _write(draft, moment)
    tell("letter_edited", row, actor=actor, moment=moment, letter=draft.pk, version=draft.version, anew=True)
    return draft


@transaction.atomic
def discard_letter(letter: Letter, *, actor: Any, moment: datetime) -> Letter:
    """Give up a draft; event `foi.letter_discarded`. What is sealed stays."""
    row, draft = draft_of(letter, None, actor=actor, moment=moment)
    draft.state = Letter.State.DISCARDED
    draft.save(update_fields=["state"])
    if draft.kind == LetterKind.FEE:
        row.fee.delete()
    tell("letter_discarded", row, actor=actor, moment=moment, letter=draft.pk)
    return draft


def draft_of(
    letter: Letter, version: int | None, *, actor: Any, moment: datetime, verb: str = "foi.handle"
) -> tuple[Request, Letter]:
    """Request and letter, locked in this order; `Stale` unless the letter is still a draft of this version."""
    row = opened(letter.request, verb, actor=actor, moment=moment)
    draft = locked(letter)
    if draft.state != Letter.State.DRAFT or (version is not None and draft.version != version):
        raise Stale
    draft.request = row
    return row, draft


def _write(letter: Letter, moment: datetime) -> None:
    letter.seal(letterpress.current().draft(gathering.facts_for(letter, day_of(moment))))
    letter.save(update_fields=["sealed", "version"])
