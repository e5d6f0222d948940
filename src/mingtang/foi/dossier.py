"""Everything on record about a request as plain data, for its archive: who asked, what was done, what was decided."""

from typing import Any

from django.db import models

from mingtang.foi.errors import Purged
from mingtang.foi.models import Fee, Request
from mingtang.foi.models.sealed import SealedModel
from mingtang.trace import queries
from mingtang.trace.actions import name_of

#: Columns that say nothing to a reader of the archive, or that must not be in it.
LEFT_OUT = frozenset({"id", "request", "secret_hash", "sealed", "token", "same", "applicant"})


def about(row: Request) -> dict[str, Any]:
    """The request with all that belongs to it; encrypted parts opened, files by name and digest."""
    fee = Fee.objects.filter(request=row).first()
    return {
        "format": "mingtang.request/1",
        "request": _columns(row),
        "applicant": _opened(row.applicant),
        "asked": [_columns(asked) for asked in row.asked.all()],
        "steps": [_columns(step) for step in row.steps.select_related("party", "consent", "letter")],
        "parties": [_columns(party) | _opened(party) for party in row.parties.all()],
        "searches": [_columns(search) for search in row.searches.all()],
        "opinions": [_columns(opinion) for opinion in row.opinions.all()],
        "extensions": [_columns(extension) for extension in row.extensions.all()],
        "fee": _columns(fee) if fee else None,
        "letters": [
            _columns(letter)
            | {"content": _opened(letter), "deliveries": [_columns(each) for each in letter.deliveries.all()]}
            for letter in row.letters.prefetch_related("deliveries")
        ],
        "remedies": [
            _columns(remedy) | {"stages": [_columns(stage) for stage in remedy.stages.all()]}
            for remedy in row.remedies.prefetch_related("stages")
        ],
        "files": [_columns(file) for file in row.files.all()],
    }


def told(row: Request) -> list[dict[str, Any]]:
    """The request's events as the stream has them, with their digests."""
    return [
        {
            "seq": event.seq, "moment": event.moment.isoformat(), "verb": event.verb, "actor": event.actor,
            "basis": event.basis, "data": event.data, "digest": event.digest,
        }
        for event in queries.history(name_of(row))
    ]  # fmt: skip


def _columns(thing: models.Model) -> dict[str, Any]:
    """Stored values by column name; a link as what it is called, a choice as its code."""
    values: dict[str, Any] = {}
    for field in thing._meta.concrete_fields:
        if field.name in LEFT_OUT:
            continue
        value = getattr(thing, field.name)
        values[field.name] = str(value) if isinstance(value, models.Model) else value
    return values


def _opened(sealed: SealedModel) -> dict[str, Any]:
    try:
        return sealed.unseal()
    except Purged:
        return {}
