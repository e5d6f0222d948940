"""The separate things that one letter asks: taken apart, put together, and each decided."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mingtang.foi.access import user_of
from mingtang.foi.actions.letters import begin
from mingtang.foi.actions.receive import MOST_THINGS
from mingtang.foi.actions.rows import locked, said, tell, working
from mingtang.foi.errors import Invalid, WrongState
from mingtang.foi.models import Asked, Letter, Request
from mingtang.foi.sealing import DECIDABLE, EXCEPTIONS, kind_of_reply
from mingtang.law.requests import Ground


@transaction.atomic
def split(asked: Asked, *, texts: Sequence[str], actor: Any, moment: datetime) -> list[Asked]:
    """Take one thing apart into several, each of which is then decided; event `foi.things_split`."""
    row = working(asked.request, actor=actor, moment=moment)
    thing = _free(asked)
    parts = [said("texts", text, _("拆分后的每一项都要写明内容。")) for text in texts]
    if len(parts) < 2 or row.asked.count() + len(parts) - 1 > MOST_THINGS:
        raise Invalid("texts", _("请拆成至少两项，一件申请最多 %d 项。") % MOST_THINGS)
    row.asked.filter(order__gt=thing.order).update(order=F("order") + len(parts) - 1)
    thing.text, thing.ground = parts[0], ""
    thing.save(update_fields=["text", "ground"])
    more = [Asked(request=row, order=thing.order + place, text=text) for place, text in enumerate(parts[1:], start=1)]
    for each in more:
        each.save(force_insert=True)
    tell("things_split", row, actor=actor, moment=moment, asked=thing.pk, parts=len(parts))
    return [thing, *more]


@transaction.atomic
def merge(things: Sequence[Asked], *, actor: Any, moment: datetime) -> Asked:
    """Put several things of one request together into the first; event `foi.things_merged`."""
    if len({asked.request_id for asked in things}) != 1 or len(things) < 2:
        raise Invalid("things", _("请选择同一件申请里的至少两项。"))
    row = working(things[0].request, actor=actor, moment=moment)
    first, *others = sorted((_free(asked) for asked in things), key=lambda asked: asked.order)
    first.text, first.ground = "；".join(asked.text.rstrip("。；") for asked in [first, *others]), ""
    first.save(update_fields=["text", "ground"])
    for other in others:
        other.searches.update(asked=first)
        other.opinions.update(asked=first)
        other.delete()
    for order, asked in enumerate(row.asked.order_by("order"), start=1):
        Asked.objects.filter(pk=asked.pk).update(order=order)
    tell("things_merged", row, actor=actor, moment=moment, asked=first.pk, parts=len(things))
    return locked(first)


@transaction.atomic
def decide(
    asked: Asked,
    *,
    ground: str,
    actor: Any,
    moment: datetime,
    explanation: str = "",
    right_body: str = "",
    right_contact: str = "",
    where: str = "",
    repeats: Request | None = None,
    withheld: Sequence[tuple[str, str]] = (),
) -> Asked:
    """Decide one thing on a ground of `law.requests`; event `foi.decided`. It may be decided anew until it is answered.

    `withheld` lists the parts not disclosed, each with a ground of articles 14 to 16. What a ground must rest on is
    asked when the reply is sealed. Raises `NotPermitted`, `WrongState`, `Invalid`.
    """
    row = working(asked.request, actor=actor, moment=moment)
    thing = _free(asked)
    if ground not in {each.value for each in DECIDABLE}:
        raise Invalid("ground", _("没有这种决定：请从列表中选择。"))
    if any(part not in {each.value for each in EXCEPTIONS} or not what.strip() for what, part in withheld):
        raise Invalid("withheld", _("不予公开的每一部分都要写明内容，并从第十四条至第十六条的依据中选择。"))
    if repeats is not None and (repeats.body_id != row.body_id or not repeats.replied_on or repeats.pk == row.pk):
        raise Invalid("repeats", _("重复的申请应是本机关已经答复的另一件申请。"))
    chosen = Ground(ground)
    thing.ground, thing.explanation = ground, explanation.strip()
    thing.right_body, thing.right_contact = right_body.strip(), right_contact.strip()
    thing.where, thing.repeats = where.strip(), repeats
    thing.withheld = [{"what": what.strip(), "ground": part} for what, part in withheld]
    thing.decided_at, thing.decided_by = moment, user_of(actor)
    thing.save()
    tell("decided", row, actor=actor, moment=moment, basis=(chosen.rule.id,), asked=thing.pk, ground=ground)
    return thing


@transaction.atomic
def draft_reply(request: Request, *, actor: Any, moment: datetime, things: Sequence[Asked] | None = None) -> Letter:
    """Draft the reply to things that are decided (default: all not yet answered); its kind follows from the grounds."""
    row = working(request, actor=actor, moment=moment)
    open_things = list(row.asked.filter(letter=None))
    chosen = open_things if things is None else [asked for asked in open_things if asked in list(things)]
    if not chosen or any(not asked.ground for asked in chosen):
        raise WrongState(_("还有申请事项没有决定：请先逐项作出决定。"))
    kind = kind_of_reply(chosen, whole=len(chosen) == row.asked.count())
    return begin(row, kind, actor=actor, moment=moment, things=chosen)


@transaction.atomic
def transfer(
    request: Request, *, right_body: str, right_contact: str, explanation: str, actor: Any, moment: datetime
) -> Letter:
    """The whole request is another body's: decide so for each thing and draft the letter that names the right body."""
    row = working(request, actor=actor, moment=moment)
    for asked in row.asked.filter(letter=None):
        decide(
            asked, ground=Ground.NOT_THIS_BODY.value, explanation=explanation, right_body=right_body,
            right_contact=right_contact, actor=actor, moment=moment,
        )  # fmt: skip
    return draft_reply(row, actor=actor, moment=moment)


def _free(asked: Asked) -> Asked:
    """The thing, locked; `WrongState` once a sealed letter answers it."""
    thing = locked(asked)
    if thing.letter_id is not None:
        raise WrongState(_("第%d项已经答复，不能再改。") % thing.order)
    if thing.drafts.filter(state=Letter.State.DRAFT).exists():
        raise WrongState(_("第%d项已有答复草稿：请先作废草稿。") % thing.order)
    return thing
