"""What the public saw through one public act, as bytes: the record in one JSON spelling, whose digest the log holds.

The bytes are kept when the act happens, not made again later: files get replaced, bodies get new names and code learns
new ways of writing the same text, but what was said that day stays what it was.
"""

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

import rfc8785

from mingtang.records import classes, public_files, texts
from mingtang.records.digests import public_metadata
from mingtang.records.models import Edition, Record, Validity
from mingtang.trace.models import Event

FORMAT = "mingtang.record/1"
#: Acts that put a text before the public; the others change only what is said about it.
TEXT_ACTS = ("records.published", "records.changed")


def content_of(record: Record) -> bytes:
    """All that the public reads of a record, in canonical JSON (RFC 8785): head, text as HTML, files, relations.

    Files are named by their public path and SHA-256 (null when the store has lost one); moments are UTC.
    """
    carried: dict[str, Any] = {}
    text = texts.html_of(record, *texts.stored_files(record.text), carried)
    attachments = [
        {"title": each.title or each.file.title, "path": texts.carry(each.file, carried)}
        for each in record.attachments.all()
    ]
    return rfc8785.dumps(
        {
            "format": FORMAT,
            "index_number": record.index_number,
            "path": f"records/{record.slug}/",
            "title": record.title,
            "body": {"code": record.body.code, "name": record.body.name},
            "document_number": record.document_number,
            "column": {"path": record.column.path, "name": record.column.name},
            "topic": {"code": record.topic, "label": classes.topic_label(record.topic)},
            "genre": {"code": record.genre, "label": classes.load().genres.get(record.genre, record.genre)},
            "form": {"code": record.form, "label": classes.load().forms.get(record.form, record.form)},
            "keywords": list(record.keywords),
            "made_on": _iso(record.made_on),
            "effective_on": _iso(record.effective_on),
            "expires_on": _iso(record.expires_on),
            "validity": {"code": str(record.validity), "label": str(Validity(record.validity).label)},
            "source": record.source,
            "published_at": in_utc(record.published_at) if record.published_at else None,
            "change_note": record.change_note,
            "text": str(text),
            "attachments": attachments,
            "files": [
                {"path": path, "sha256": public_files.sha256_of_file(file)} for path, file in sorted(carried.items())
            ],
            "relations": [
                {"kind": each.kind, "to": each.to.index_number, "title": each.to.title}
                for each in sorted(record.relations.all(), key=lambda each: (each.kind, each.to_id))
                if each.to.is_public
            ],
        }
    )


def metadata_of(record: Record) -> bytes:
    """The catalogue fields of a record in canonical JSON."""
    return rfc8785.dumps(public_metadata(record))


def digest_of(content: bytes) -> str:
    """SHA-256 (hex) of the bytes, as a leaf of the log holds it."""
    return hashlib.sha256(content).hexdigest()


def keep(record: Record, event: Event, content: bytes | None, metadata: bytes) -> None:
    """Store the bytes of an act beside its event, in the act's transaction."""
    Edition.objects.create(record=record, event_seq=event.seq, content=content, metadata=metadata)


def read(content: bytes) -> dict[str, Any]:
    """The record as its bytes say it."""
    return json.loads(content)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def in_utc(moment: datetime) -> str:
    """A moment as leaves write it: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
