"""The whole file of a request, closed: one bag (BagIt) with everything on record, encrypted like its parts."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.foi import files, retention
from mingtang.foi.access import user_of
from mingtang.foi.actions.rows import opened, tell
from mingtang.foi.dossier import about, told
from mingtang.foi.errors import WrongState
from mingtang.foi.files import Upload
from mingtang.foi.models import Archive, File, FileKind, Request
from mingtang.press.bag import bag

ZIP = "application/zip"
#: What some system or reader of manifests takes for something else than a letter of a name.
STRANGE = '/\\%:*?"<>|'


@transaction.atomic
def archive(request: Request, *, actor: Any, moment: datetime) -> Archive:
    """Make the bag, keep it, and let the time run until what is personal is removed; event `foi.archived`.

    A letter sealed after it (a slip put right) opens the way to a new bag; the old one stays on file.

    Scans of identity proofs are not in it: they are removed sooner. Raises `WrongState` while the request is open.
    """
    row = opened(request, "foi.archive", actor=actor, moment=moment)
    if row.is_open:
        raise WrongState(_("%s还没有办结，不能归档。") % row.number)
    if is_archived(row):
        raise WrongState(_("%s已经归档。") % row.number)
    made = bag(row.number, _content(row), _info(row, moment))
    upload = Upload(f"{row.number}.zip", made.content, ZIP)
    file = files.keep(row, FileKind.ARCHIVE, upload, actor=actor, moment=moment)
    facts = {"file": file, "digest": made.manifest_digest, "files": made.files, "made_at": moment}
    kept, _new = Archive.objects.update_or_create(request=row, defaults=facts | {"made_by": user_of(actor)})
    row.archived_at = moment
    retention.plan(row)
    row.save(update_fields=["archived_at", "purge_on"])
    tell("archived", row, actor=actor, moment=moment, digest=made.manifest_digest, files=made.files)
    return kept


def is_archived(row: Request) -> bool:
    """Whether the bag holds every letter: one sealed since then (a slip put right) is not in it yet."""
    return row.archived_at is not None and not row.letters.filter(sealed_at__gt=row.archived_at).exists()


def _content(row: Request) -> Iterator[tuple[str, bytes]]:
    yield "request.json", _json(about(row))
    yield "events.json", _json(told(row))
    for number, file in enumerate(_kept(row), start=1):
        yield f"files/{number:02d}-{file.kind}/{_plain(file.name)}", files.content(file)


def _kept(row: Request) -> list[File]:
    return list(row.files.filter(purged_at=None).exclude(kind=FileKind.IDENTITY).order_by("made_at", "id"))


def _info(row: Request, moment: datetime) -> dict[str, str]:
    return {
        "Source-Organization": row.body.name,
        "External-Identifier": row.number,
        "External-Description": row.subject,
        "Bagging-Date": timezone.localtime(moment).date().isoformat(),
        "Bag-Software-Agent": "Mingtang",
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str).encode()


def _plain(name: str) -> str:
    """A file's name as it can stand in a bag."""
    kept = "".join(c if c.isprintable() and c not in STRANGE else "_" for c in name)
    return kept.strip(" .") or "file"
