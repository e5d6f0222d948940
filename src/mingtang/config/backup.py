"""Saving an installation into one file: database, attached files, on request keys, and a manifest with digests."""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from mingtang import __version__
from mingtang.config import dumping
from mingtang.trace import queries
from mingtang.trace.models import Head

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE, MEDIA, KEYS = "database", "media", "keys"


@dataclass(frozen=True)
class Saved:
    """What a backup holds: files, bytes of the archive, events in the stream, files that went away meanwhile."""

    files: int
    size: int
    events: int
    missed: tuple[str, ...]


def save(target: Path, moment: datetime, *, keys: bool = False) -> Saved:
    """Write a backup to `target` (readable by its owner only), which must not exist.

    The database is taken first and files after it; as files are only added, those it names are among them. The chain
    of events is verified before. Raises `dumping.CannotDump`, `trace.errors.BrokenChain`, `FileExistsError`.
    """
    if target.exists():
        raise FileExistsError(f"{target} 已存在：请换一个文件名，备份从不覆盖。")
    events = queries.verify()
    applied = MigrationRecorder(connections["default"]).applied_migrations()
    about = {
        "format": FORMAT,
        "product": "mingtang",
        "version": __version__,
        "made_at": moment.isoformat(),
        "engine": connection.vendor,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "events_at_least": events,
        "head": Head.objects.values_list("digest", flat=True).get(pk=1),
    }
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.HOME) as folder:
        dumped = Path(folder) / dumping.name()
        dumping.dump(dumped)
        draft = target.with_name(target.name + ".partial")
        try:
            files, missed = _write(draft, dumped, about, keys=keys)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    _note(target, moment)
    return Saved(files, target.stat().st_size, events, missed)


def _write(draft: Path, dumped: Path, about: dict[str, Any], *, keys: bool) -> tuple[int, tuple[str, ...]]:
    listed: list[dict[str, Any]] = []
    missed: list[str] = []
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
        for name, place in _contents(dumped, keys=keys):
            try:
                listed.append(_add(archive, name, place))
            except FileNotFoundError:
                missed.append(name)  # an attachment of a draft, removed since the list was made
        text = json.dumps(about | {"files": listed}, ensure_ascii=False, indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size, entry.mode = len(text), 0o600
        archive.addfile(entry, io.BytesIO(text))
        archive.close()
        file.flush()
        os.fsync(file.fileno())
    return len(listed), tuple(missed)


def _contents(dumped: Path, *, keys: bool) -> Iterator[tuple[str, Path]]:
    yield f"{DATABASE}/{dumped.name}", dumped
    media = Path(settings.MEDIA_ROOT)
    for place in sorted(media.rglob("*")):
        if place.is_file() and not place.is_symlink():
            yield f"{MEDIA}/{place.relative_to(media).as_posix()}", place
    if keys:
        secret = (settings.HOME.glob(pattern) for pattern in ("*.key", "demo-accounts.json", "keys/**/*"))
        for place in sorted(place for places in secret for place in places if place.is_file()):
            yield f"{KEYS}/{place.relative_to(settings.HOME).as_posix()}", place


def _add(archive: tarfile.TarFile, name: str, place: Path) -> dict[str, Any]:
    """Add one file and return its line of the manifest: what is hashed is what was written."""
    with place.open("rb") as source:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = os.fstat(source.fileno()).st_size, 0o600
        entry.mtime = int(os.fstat(source.fileno()).st_mtime)
        reader = _Hashing(source)
        archive.addfile(entry, reader)  # type: ignore[arg-type]
    return {"path": name, "size": entry.size, "sha256": reader.digest.hexdigest()}


class _Hashing:
    """A file that keeps the digest of what was read from it."""

    def __init__(self, source: BinaryIO) -> None:
        self.source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        block = self.source.read(size)
        self.digest.update(block)
        return block


def _note(target: Path, moment: datetime) -> None:
    """Leave word of the last backup, whose age `mingtang doctor` tells."""
    (settings.HOME / "last-backup.json").write_text(
        json.dumps({"at": moment.isoformat(), "file": str(target)}, ensure_ascii=False) + "\n", encoding="utf-8"
    )
