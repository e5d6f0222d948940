"""Bringing an installation back from a backup: checked whole before anything of the present one is touched."""

import hashlib
import json
import secrets
import tarfile
import tempfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from mingtang.config import dumping, moving
from mingtang.config.backup import DATABASE, FORMAT, KEYS, MANIFEST, MEDIA
from mingtang.config.liveness import FileLiveness
from mingtang.trace import queries


class CannotRestore(Exception):
    """The backup or the instance does not allow it; the message is a Chinese line with the mend."""


@dataclass(frozen=True)
class Restored:
    """What was brought back: when the backup was made, its version, files, events, and where the former things lie."""

    made_at: str
    version: str
    files: int
    events: int
    replaced: Path | None


def restore(source: Path, moment: datetime, *, force: bool = False) -> Restored:
    """Put the backup `source` in the place of this instance.

    An instance that holds anything is refused unless `force`; what it held is kept in a folder of its own. Raises
    `CannotRestore`, `dumping.CannotDump` and, when the restored chain is broken, `trace.errors.BrokenChain`.
    """
    home: Path = settings.HOME
    moving.finish(home)
    running = FileLiveness(home / "run").names()
    if running:
        raise CannotRestore(f"明堂还在运行（{'、'.join(running)}）：请先停止 serve 与 worker。")
    held = what_it_holds()
    if held and not force:
        raise CannotRestore(f"实例 {home} 里已有{held}：确要替换请加 --force，原有内容会另存。")
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=home) as folder:
        stage = Path(folder)
        about = unpack(source, stage)
        _fits(about)
        dumped = stage / DATABASE / dumping.name()
        dumping.check(dumped)
        former = home / f"replaced-{moment:%Y%m%d-%H%M%S}" if held else None
        connection.close()
        if connection.vendor == "postgresql":
            dumping.load(dumped)
        _swap(stage, former)
    connection.close()
    return Restored(about["made_at"], about["version"], len(about["files"]), queries.verify(), former)


def what_it_holds() -> str:
    """What a restore would replace, in words; empty for an instance that holds nothing."""
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"]).exists()
    else:
        try:
            database = bool(connection.introspection.table_names())
        except DatabaseError as error:
            raise CannotRestore(f"连不上数据库：{str(error).strip().splitlines()[0]}。请检查 DATABASE_URL。") from error
    media = Path(settings.MEDIA_ROOT)
    files = media.exists() and any(place.is_file() for place in media.rglob("*"))
    return "和".join(word for word, there in (("数据库", database), ("附件", files)) if there)


def unpack(source: Path, stage: Path) -> dict[str, Any]:
    """Write the backup's files below `stage`, check each against the manifest and return it. Raises `CannotRestore`."""
    digests: dict[str, str] = {}
    about: dict[str, Any] | None = None
    entry_name = source.name
    try:
        with tarfile.open(source, "r:gz") as archive:
            for entry in archive:
                entry_name = entry.name
                file = archive.extractfile(entry)
                if file is None or not _is_ours(entry.name):
                    raise CannotRestore(f"{source} 里有不属于备份的内容：{entry.name}。请勿使用这份文件。")
                if entry.name == MANIFEST:
                    about = json.loads(file.read())
                else:
                    digests[entry.name] = _write(file, stage / entry.name)
    except FileNotFoundError as error:
        raise CannotRestore(f"没有找到 {source}。") from error
    except (tarfile.TarError, EOFError, OSError, zlib.error, ValueError) as error:
        raise CannotRestore(f"{source} 已损坏，读到 {entry_name} 时出错：请换一份备份。") from error
    if about is None or about.get("product") != "mingtang":
        raise CannotRestore(f"{source} 不完整或不是明堂的备份：缺少清单。请换一份备份。")
    listed = {line["path"]: line["sha256"] for line in about["files"]}
    for path in sorted(listed.keys() | digests.keys()):
        if listed.get(path) != digests.get(path):
            raise CannotRestore(f"{source} 里的 {path} 与清单不符：请换一份备份。")
    return about


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    if name == MANIFEST:
        return True
    return path.parts[0] in (DATABASE, MEDIA, KEYS) and len(path.parts) > 1 and ".." not in path.parts


def _write(file: Any, target: Path) -> str:
    target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with target.open("wb") as out:
        while block := file.read(1024 * 1024):
            digest.update(block)
            out.write(block)
    return digest.hexdigest()


def _fits(about: dict[str, Any]) -> None:
    """Refuse what this version cannot use."""
    if about["format"] > FORMAT:
        raise CannotRestore(f"备份由更新的版本 {about['version']} 制作：请先升级明堂。")
    if about["engine"] != connection.vendor:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise CannotRestore(
            f"备份来自 {names.get(about['engine'], about['engine'])}，本实例用 {names[connection.vendor]}："
            "请把 DATABASE_URL 设为同一种数据库。"
        )
    migrations = MigrationLoader(None).disk_migrations
    known = set(migrations) | {key for each in migrations.values() for key in each.replaces}
    names = {f"{app}.{name}" for app, name in known}
    if unknown := sorted(set(about["migrations"]) - names):
        raise CannotRestore(f"备份的数据库结构比本版本新（{unknown[0]}）：请先升级明堂到 {about['version']} 或更高。")


def _swap(stage: Path, former: Path | None) -> None:
    """Former things out, new things in. All lie in the instance's folder, so each move is a rename."""
    home: Path = settings.HOME
    media = Path(settings.MEDIA_ROOT)
    mark = secrets.token_hex(4)
    # The staging folder goes away with its block; what the journal names must outlive a power cut.
    incoming, nothing = home / f".incoming-{mark}", home / f".outgoing-{mark}"
    stage.rename(incoming)
    stage.mkdir()
    (incoming / MEDIA).mkdir(mode=0o750, exist_ok=True)
    # The public site shows the former records until the worker bakes anew.
    out, into = [(media, MEDIA), (Path(settings.SITE_ROOT), "site")], [(incoming / MEDIA, media)]
    for key in sorted((incoming / KEYS).rglob("*")):
        key.chmod(0o700 if key.is_dir() else 0o600)
    for key in sorted((incoming / KEYS).glob("*")):
        out.append((home / key.name, key.name))
        into.append((key, home / key.name))
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        out += [(database.with_name(database.name + end), database.name + end) for end in ("", "-wal", "-shm")]
        into.append((incoming / DATABASE / dumping.SQLITE, database))
    aside = former or nothing
    former_things = [(place, aside / name) for place, name in out if place.exists()]
    moving.begin(home, former_things + into, [incoming, nothing])
