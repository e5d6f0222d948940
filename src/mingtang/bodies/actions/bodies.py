"""Acts on bodies: create, edit, close; aliases."""

import hashlib
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingtang.bodies import queries
from mingtang.bodies.actions.writing import changed, check, digest, facts
from mingtang.bodies.errors import Closed, InUse, Invalid
from mingtang.bodies.models import Alias, Body
from mingtang.bodies.permissions import require
from mingtang.trace.actions import digest_of, record

#: What may be given on creation and changed afterwards. The code stays: addresses and events name the body by it.
EDITABLE = (
    "name",
    "short_name",
    "kind",
    "level",
    "parent",
    "area",
    "credit_code",
    "duties",
    "address",
    "office_hours",
    "openness_office",
    "openness_phone",
    "openness_email",
    "starts_on",
    "order",
)


def code_for(name: str) -> str:
    """A code for a body that brings none: the same name gives the same code in every installation."""
    return "jg-" + hashlib.sha256(name.encode()).hexdigest()[:10]


@transaction.atomic
def create_body(*, actor: Any, moment: datetime, code: str = "", **fields: Any) -> Body:
    """Add a body; `fields` are those of `EDITABLE`. Raises `NotPermitted`, `InUse`, `Invalid`."""
    require(actor, "bodies.edit", fields.get("parent"), moment=moment)
    body = Body(code=code or code_for(str(fields.get("name", ""))))
    _assign(body, fields)
    check(body)
    _name_is_free(body.name, body)
    body.save(force_insert=True)
    record("bodies.created", body, actor=actor, moment=moment, body=body.code, after=digest(body))
    return body


@transaction.atomic
def edit_body(body: Body, *, actor: Any, moment: datetime, **fields: Any) -> Body:
    """Change fields of a body; nothing is written when nothing differs. Raises as `create_body`."""
    require(actor, "bodies.edit", body, moment=moment)
    stored = Body.objects.select_for_update().get(pk=body.pk)
    before = facts(stored)
    _assign(stored, fields)
    after = facts(stored)
    names = changed(before, after)
    if names:
        check(stored)
        _name_is_free(stored.name, stored)
        stored.save()
        record(
            "bodies.edited", stored, actor=actor, moment=moment, body=stored.code,
            before=digest_of(before), after=digest_of(after), data={"fields": names},
        )  # fmt: skip
    return stored


@transaction.atomic
def close_body(body: Body, *, ends_on: date, actor: Any, moment: datetime) -> Body:
    """Say that a body ends with the day `ends_on`; posts in it end with that day too. It is never deleted."""
    require(actor, "bodies.edit", body, moment=moment)
    stored = Body.objects.select_for_update().get(pk=body.pk)
    if stored.ends_on is not None:
        raise Closed(stored.name, stored.ends_on)
    before = digest(stored)
    stored.ends_on = ends_on
    check(stored)
    stored.save(update_fields=["ends_on"])
    for post in stored.posts.filter(ends_on=None, starts_on__lte=ends_on):
        post.ends_on = ends_on
        post.save(update_fields=["ends_on"])
        record("bodies.post_ended", post, actor=actor, moment=moment, body=stored.code, data={"on": str(ends_on)})
    record(
        "bodies.closed", stored, actor=actor, moment=moment, body=stored.code,
        before=before, after=digest(stored), data={"on": str(ends_on)},
    )  # fmt: skip
    return stored


@transaction.atomic
def add_alias(body: Body, name: str, *, actor: Any, moment: datetime) -> Alias:
    """Let `name` mean the body; the same again changes nothing. Raises `InUse` when it means another."""
    require(actor, "bodies.edit", body, moment=moment)
    name = name.strip()
    if present := Alias.objects.filter(body=body, name=name).first():
        return present
    _name_is_free(name, body)
    alias = Alias(body=body, name=name)
    check(alias)
    alias.save(force_insert=True)
    record("bodies.alias_added", body, actor=actor, moment=moment, body=body.code, data={"name": name})
    return alias


@transaction.atomic
def remove_alias(alias: Alias, *, actor: Any, moment: datetime) -> None:
    """Take an alias away."""
    require(actor, "bodies.edit", alias.body, moment=moment)
    record(
        "bodies.alias_removed", alias.body, actor=actor, moment=moment, body=alias.body.code, data={"name": alias.name}
    )
    alias.delete()


def _assign(body: Body, fields: dict[str, Any]) -> None:
    if unknown := set(fields) - set(EDITABLE):
        raise TypeError(f"not fields of a body: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(body, name, value.strip() if isinstance(value, str) else value)
    body.credit_code = body.credit_code.upper()
    body.short_name = body.short_name or body.name
    if _is_below(body, body.parent):
        raise Invalid({"parent": ["上级机构不能是本机构自己或其下级：请另选上级。"]})


def _is_below(body: Body, parent: Body | None) -> bool:
    while parent is not None and body.pk is not None:
        if parent.pk == body.pk:
            return True
        parent = parent.parent
    return False


def _name_is_free(name: str, body: Body) -> None:
    owner = queries.by_exact_name(name)
    if owner is not None and owner != body:
        raise InUse(name, str(owner))
