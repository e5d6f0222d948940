"""Say whom a name in a draft means: one answer mends every task that uses it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.models import User
from mingtang.bodies.permissions import require
from mingtang.bodies.queries import by_name
from mingtang.ledger.actions.correct import keep
from mingtang.ledger.actions.locking import draft_of
from mingtang.ledger.errors import Invalid
from mingtang.ledger.models import Correction, Ledger
from mingtang.ledger.readiness import named_by
from mingtang.trace.actions import digest_of, record


@transaction.atomic
def replace_name(ledger: Ledger, name: str, by: Sequence[str], *, actor: User, moment: datetime) -> int:
    """Replace `name` by the names `by` in all tasks of a draft and return how many tasks changed.

    Raises `Invalid` when one of `by` is no body or group, or there is none.
    """
    wanted = list(dict.fromkeys(one.strip() for one in by if one.strip()))
    unknown = [one for one in wanted if by_name(one) is None]
    if not wanted or unknown:
        raise Invalid(
            "names",
            _("机构名录中没有“%(unknown)s”：请选名录中的机构或机构组。")
            % {"unknown": "、".join(unknown) or _("（空）")},
        )
    return _put(ledger, name, wanted, actor, moment)


@transaction.atomic
def drop_name(ledger: Ledger, name: str, *, actor: User, moment: datetime) -> int:
    """Take a name that is nobody's (企业, 市场主体) out of all tasks of a draft; returns how many tasks changed."""
    return _put(ledger, name, [], actor, moment)


def _put(ledger: Ledger, name: str, wanted: list[str], actor: User, moment: datetime) -> int:
    require(actor, "ledger.correct", ledger, moment=moment)
    row = draft_of(ledger)
    changed = 0
    for task in row.tasks.filter(removed_at=None).select_for_update():
        if name not in named_by(task):
            continue
        for field in ("bodies", "lead", "supporting"):
            setattr(task, field, _replaced(getattr(task, field), name, wanted))
        task.version += 1
        task.save(update_fields=["bodies", "lead", "supporting", "version"])
        changed += 1
    if changed:
        keep(row, None, Correction.Kind.NAME, {"name": name}, {"names": wanted}, actor=actor, moment=moment)
        record(
            "ledger.corrected", row, actor=actor, moment=moment, body=row.body.code, before=digest_of(name),
            after=digest_of(wanted), data={"kinds": ["name"], "tasks": changed},
        )  # fmt: skip
    return changed


def _replaced(names: Sequence[str], name: str, by: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(new for old in names for new in (by if old == name else (old,))))
