"""Files of requests on the disk: encrypted, written before their row is committed, swept when it never was.

They lie in `foi/` of the media folder under names that say nothing, so that a backup of files takes them along; what
is there is ciphertext only. Whoever reads one needs the right for it, and the reading is an event.
"""

import hashlib
import os
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.foi import access, vault
from mingtang.foi.errors import FileRefused, Purged
from mingtang.foi.models import File, FileKind, Letter, Party, Request
from mingtang.trace.actions import record

#: Largest file kept, in bytes; forms set narrower limits.
LARGEST = 50 * 1024 * 1024
#: A file without a row that is older than this was left by a transaction that never ended.
LEFT_BEHIND = timedelta(hours=1)


@dataclass(frozen=True)
class Upload:
    """A file as it came in, examined by whoever took it; `name` is only ever shown."""

    name: str
    content: bytes
    media_type: str = ""


def place_of(pk: uuid.UUID) -> Path:
    """Where the ciphertext of a file lies."""
    return Path(settings.MEDIA_ROOT) / "foi" / pk.hex[:2] / f"{pk.hex}.sealed"


def keep(
    request: Request,
    kind: str,
    upload: Upload,
    *,
    actor: Any,
    moment: datetime,
    letter: Letter | None = None,
    party: Party | None = None,
) -> File:
    """Encrypt a file onto the disk and store its row (inside the caller's transaction); raises `FileRefused`.

    The file is on the disk, whole, before the row can be committed; without the row it is swept.
    """
    if not upload.content:
        raise FileRefused(_("“%s”是空文件：请核对后重新选择。") % upload.name)
    if len(upload.content) > LARGEST:
        raise FileRefused(_("“%s”超过 50 MB：请压缩或者分成几个文件。") % upload.name)
    name = PurePath(upload.name.replace("\\", "/")).name[-200:] or _("未命名")
    row = File(
        request=request, kind=kind, name=name, media_type=upload.media_type[:100], size=len(upload.content),
        digest=hashlib.sha256(upload.content).hexdigest(), letter=letter, party=party, made_at=moment,
        made_by=access.user_of(actor),
    )  # fmt: skip
    _write(place_of(row.pk), vault.seal(upload.content, _about(row)))
    row.save(force_insert=True)
    return row


def content(file: File) -> bytes:
    """The content, decrypted; raises `Purged`, or what the vault raises. Asks nobody: for this room's own use."""
    if file.purged_at:
        raise Purged(file.get_kind_display())
    try:
        kept = place_of(file.pk).read_bytes()
    except FileNotFoundError as error:
        raise Purged(file.get_kind_display()) from error
    return vault.unseal(kept, _about(file))


@transaction.atomic
def read(file: File, *, actor: Any, moment: datetime) -> bytes:
    """The content for somebody who may see it; who opened which file stays on record."""
    verb = "foi.identity" if file.kind == FileKind.IDENTITY else "foi.view"
    access.require(actor, verb, file.request, moment=moment)
    found = content(file)
    record(
        "foi.file_opened", file.request, actor=actor, moment=moment, body=file.request.body.code,
        data={"file": str(file.pk), "kind": file.kind},
    )  # fmt: skip
    return found


def remove(file: File, moment: datetime) -> None:
    """Remove the content for good; the row stays and says when."""
    place_of(file.pk).unlink(missing_ok=True)
    file.purged_at = moment
    file.save(update_fields=["purged_at"])


def sweep(moment: datetime) -> int:
    """Remove what lies on the disk without a row, or of a row that was purged; returns how many."""
    before = (moment - LEFT_BEHIND).timestamp()
    old = [place for place in _lying() if place.stat().st_mtime < before]
    rows = File.objects.filter(pk__in=[pk for pk in map(_pk_of, old) if pk], purged_at=None)
    known = {place_of(pk) for pk in rows.values_list("pk", flat=True)}
    gone = [place for place in old if place not in known]
    for place in gone:
        place.unlink(missing_ok=True)
    return len(gone)


def _pk_of(place: Path) -> uuid.UUID | None:
    try:
        return uuid.UUID(place.stem)
    except ValueError:
        return None


def _lying() -> list[Path]:
    return [place for place in (Path(settings.MEDIA_ROOT) / "foi").glob("*/*") if place.is_file()]


def _about(file: File) -> str:
    return f"foi.file:{file.pk.hex}"


def _write(place: Path, kept: bytes) -> None:
    """Put a file on the disk whole: nobody ever sees half of it, and it is there when the row is."""
    place.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    draft = place.with_suffix(".part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(kept)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
