"""The digest of what a record says: its content without its life, attachments by the hash of their bytes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mingtang.records.models import Record
from mingtang.trace.actions import digest_of
from mingtang.trace.log.leaves import digest

#: What Wagtail keeps beside the content.
BOOKKEEPING = frozenset(
    {
        "pk",
        "live",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "latest_revision",
        "live_revision",
        "go_live_at",
        "expire_at",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
        "named_readers",
        "attachments",
        "relations",
    }
)


def content_digest(record: Record, data: Mapping[str, Any] | None = None) -> str:
    """SHA-256 (hex) over the content, the attachments in order and the relations.

    `data` is its `serializable_data()` where that is known already.
    """
    content: dict[str, Any] = {
        name: value
        for name, value in (record.serializable_data() if data is None else data).items()
        if name not in BOOKKEEPING and name not in record.LIFE_FIELDS
    }
    content["attachments"] = [[each.title, each.file.get_file_hash()] for each in record.attachments.all()]
    content["relations"] = sorted([each.kind, each.to_id] for each in record.relations.all())
    return digest_of(content)


def public_metadata(record: Record) -> dict[str, Any]:
    """The catalogue fields of a record as the public sees them: codes, numbers and ISO dates, for pages and digests."""
    return {
        "index_number": record.index_number,
        "title": record.title,
        "body": record.body.code,
        "document_number": record.document_number,
        "column": record.column.path,
        "topic": record.topic,
        "genre": record.genre,
        "form": record.form,
        "keywords": list(record.keywords),
        "disclosure": record.disclosure,
        "made_on": _iso(record.made_on),
        "effective_on": _iso(record.effective_on),
        "expires_on": _iso(record.expires_on),
        "validity": record.validity,
        "state": record.state,
    }


def metadata_digest(record: Record) -> str:
    """SHA-256 (hex) over the public metadata in canonical JSON; the transparency log keeps it."""
    return digest(public_metadata(record))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
