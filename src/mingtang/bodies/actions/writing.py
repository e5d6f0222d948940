"""What the acts of this room share: checking a value before the database has to, and the facts an event is about."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from mingtang.bodies.errors import Invalid
from mingtang.trace.actions import digest_of


def check(thing: models.Model) -> None:
    """Validate fields, uniqueness and constraints; raises `Invalid` with a Chinese message for each field."""
    try:
        thing.full_clean()
    except ValidationError as error:
        raise Invalid(error.message_dict) from error


def facts(thing: models.Model) -> dict[str, Any]:
    """Stored values by column name, as the digests before and after an act cover them."""
    return {field.attname: getattr(thing, field.attname) for field in thing._meta.concrete_fields}


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Names of the columns whose value differs."""
    return sorted(name for name in after if after[name] != before.get(name))


def digest(thing: models.Model) -> str:
    """Digest of the stored values."""
    return digest_of(facts(thing))
