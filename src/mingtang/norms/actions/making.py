"""How a norm comes to be: draft it, state how it was made, register it, tell what it rests on, file it above."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies import permissions
from mingtang.bodies.models import Body
from mingtang.norms.errors import Refused
from mingtang.norms.models import JointIssuer, Norm, NormKind, Reference
from mingtang.records import actions as records
from mingtang.records.actions.rows import locked
from mingtang.records.models import Column
from mingtang.trace import actions as trace

#: Facts that drafters state; numbers and filing have acts of their own.
STATED = (
    "kind", "drafting_body", "applies_to", "legality_by", "legality_on", "legality_number", "decided_at", "decided_on",
    "comment_link", "comment_from", "comment_to", "no_comment_reason", "filing_to", "stock_source",
)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A document as a norm names it: in the library (found by number, else by title) or outside it."""

    title: str = ""
    number: str = ""
    clause: str = ""
    link: str = ""


@transaction.atomic
def draft(
    *,
    body: Body,
    column: Column,
    title: str,
    topic: str,
    actor: Any,
    moment: datetime,
    genre: str = "measures",
    kind: NormKind | str = NormKind.DEPARTMENT,
    joint: Sequence[Body | str] = (),
    **fields: Any,
) -> Norm:
    """Draft a norm as a record (`records.drafted`), with the bodies that issue it jointly; further content fields."""
    norm = Norm(body=body, column=column, title=title, topic=topic, genre=genre, kind=kind, **fields)
    records.open_draft(norm, actor=actor, moment=moment)
    write_joint(norm, joint)
    return norm


def write_joint(norm: Norm, joint: Sequence[Body | str]) -> None:
    """Keep which bodies issue the norm together with its own (inside the caller's transaction)."""
    names = [each.name if isinstance(each, Body) else each.strip() for each in joint]
    if norm.body.name in names or len(set(names)) < len(names):
        raise Refused({"joint": _("联合发文机构：不要重复填写，也不包括主办机构自己。")})
    JointIssuer.objects.filter(norm=norm).delete()
    JointIssuer.objects.bulk_create(
        JointIssuer(norm=norm, body=each if isinstance(each, Body) else None, name=name, order=order)
        for order, (each, name) in enumerate(zip(joint, names, strict=True))
        if name
    )


@transaction.atomic
def state_facts(
    norm: Norm, *, actor: Any, moment: datetime, joint: Sequence[Body | str] | None = None, **facts: Any
) -> Norm:
    """State how a norm was made (fields of `STATED`), event `norms.stated`; once public, only the office corrects it.

    Raises `Refused` for an unknown body of facts, days out of order, or what the database would refuse.
    """
    current = _locked(norm)
    verb = "norms.edit" if current.published_at is None else "norms.register"
    permissions.require(actor, verb, current, moment=moment)
    unknown = sorted(set(facts) - set(STATED))
    if unknown:
        raise ValueError(f"not facts of a norm: {', '.join(unknown)}")
    changed = [name for name, value in facts.items() if getattr(current, name) != value]
    for name in changed:
        setattr(current, name, facts[name])
    _require_days(current)
    if joint is not None:
        write_joint(current, joint)
    return _keep(norm, current, changed, "norms.stated", actor=actor, moment=moment)


def _require_days(norm: Norm) -> None:
    """The order in which a norm is made: comment, review, decision, text."""
    steps = (
        (norm.comment_from, _("征求意见")),
        (norm.legality_on, _("合法性审核")),
        (norm.decided_on, _("集体审议")),
    )
    known = [(day, name) for day, name in steps if day is not None]
    for (earlier, first), (later, second) in pairwise(known):
        if later < earlier:
            raise Refused(
                {
                    "": _("日期矛盾：%(second)s（%(later)s）早于%(first)s（%(earlier)s），请核对先后。")
                    % {"second": second, "later": later, "first": first, "earlier": earlier}
                }
            )


@transaction.atomic
def register(
    norm: Norm, *, registration_number: str, unified_number: str, registered_on: date, actor: Any, moment: datetime
) -> Norm:
    """Give a norm its registration and its unified number; event `norms.registered`.

    Raises `Refused` when another document has the number (normative-documents.three-unities).
    """
    current = _locked(norm)
    permissions.require(actor, "norms.register", current, moment=moment)
    given = {"registration_number": registration_number.strip(), "unified_number": unified_number.strip()}
    for name, value in given.items():
        label = Norm._meta.get_field(name).verbose_name
        if not value:
            raise Refused({name: _("%s：不能为空。") % label})
        other = Norm.objects.filter(**{name: value}).exclude(pk=norm.pk).first()
        if other is not None:
            told = {"label": label, "value": value, "title": other.title}
            raise Refused({name: _("%(label)s“%(value)s”已是《%(title)s》的，请核对。") % told})
        setattr(current, name, value)
    current.registered_on = registered_on
    changed = [*given, "registered_on"]
    return _keep(norm, current, changed, "norms.registered", actor=actor, moment=moment, **given)


@transaction.atomic
def file_above(norm: Norm, *, filed_on: date, actor: Any, moment: datetime, to: str = "", number: str = "") -> Norm:
    """Tell that a public norm was sent for filing (norm-measures.filing); event `norms.filed`."""
    current = _locked(norm)
    permissions.require(actor, "norms.edit", current, moment=moment)
    if current.published_at is None:
        raise Refused({"": _("《%s》尚未发布，发布后再登记备案。") % norm.title})
    if current.made_on is not None and filed_on < current.made_on:
        raise Refused({"filed_on": _("日期矛盾：报送备案的日期早于成文日期，请核对。")})
    current.filed_on, current.filing_number = filed_on, number.strip()
    current.filing_to = to.strip() or current.filing_to
    if not current.filing_to:
        raise Refused({"filing_to": _("备案机关：请填写报送哪个机关备案。")})
    changed = ["filed_on", "filing_number", "filing_to"]
    basis = ["norm-measures.filing"]
    return _keep(
        norm, current, changed, "norms.filed", actor=actor, moment=moment, basis=basis, on=filed_on.isoformat()
    )


@transaction.atomic
def refer(
    norm: Norm, role: Reference.Role | str, named: Iterable[Named], *, actor: Any, moment: datetime
) -> list[Reference]:
    """Keep what a norm rests on, or names, in place of what was kept before; event `norms.referred`."""
    current = _locked(norm)
    permissions.require(actor, "norms.edit", current, moment=moment)
    rows = [Reference(norm=current, role=role, **vars(each)) for each in dict.fromkeys(named)]
    link_up(rows)
    if any(row.to_id == norm.pk for row in rows):
        raise Refused({"references": _("《%s》不能以自己为依据，请核对。") % norm.title})
    Reference.objects.filter(norm=current, role=role).delete()
    Reference.objects.bulk_create(rows)
    trace.record(
        "norms.referred", current, actor=actor, moment=moment, body=current.body.code,
        data={"role": str(role), "count": len(rows), "linked": sum(row.to_id is not None for row in rows)},
    )  # fmt: skip
    return rows


def link_up(rows: Sequence[Reference]) -> None:
    """Point references to the norms that they name: by document number, else by the whole title (two queries)."""
    wanted = {row.number for row in rows if row.number}
    by_number = dict(Norm.objects.filter(document_number__in=wanted).values_list("document_number", "pk"))
    titles = {row.title for row in rows if row.title and row.number not in by_number}
    by_title: dict[str, list[int]] = {}
    for title, pk in Norm.objects.filter(title__in=titles).values_list("title", "pk"):
        by_title.setdefault(title, []).append(pk)
    for row in rows:
        same = by_title.get(row.title, [])
        row.to_id = by_number.get(row.number) or (same[0] if len(same) == 1 else None)


def _locked(norm: Norm) -> Norm:
    found = locked(norm)
    assert isinstance(found, Norm)  # noqa: S101 - for the type checker: it was asked for as a norm
    return found


def _keep(
    norm: Norm,
    current: Norm,
    changed: list[str],
    verb: str,
    *,
    actor: Any,
    moment: datetime,
    basis: Sequence[str] = (),
    **data: Any,
) -> Norm:
    """Store the facts that changed, with what the database would refuse told first."""
    try:
        current.clean_fields(exclude={field.name for field in Norm._meta.fields} - set(changed))
        current.validate_constraints(exclude=["index_number", "slug"])
    except ValidationError as error:
        found = {"" if name == NON_FIELD_ERRORS else name: "".join(told) for name, told in error.message_dict.items()}
        raise Refused(found) from error
    if changed:
        current.save(update_fields=changed)
    trace.record(
        verb, current, actor=actor, moment=moment, body=current.body.code,
        basis=basis or ["normative-documents.three-unities"],
        data={"index_number": current.index_number, "fields": sorted(changed), **data},
    )  # fmt: skip
    norm.refresh_from_db()
    return norm
