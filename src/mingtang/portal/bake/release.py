"""Releases in a folder: building one beside the served one, putting it in its place, removing old ones."""

import errno
import os
import re
import shutil
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from django.utils import timezone

from mingtang.portal.bake.errors import BakeRefused

RELEASES = "releases"
CURRENT = "current"
STORE = "store"
#: The served release and the one before it, for whoever is still reading from it and for going back; the next release
#: is made out of the latter.
KEPT = 2
NAME = re.compile(r"\d{8}T\d{6}\.\d{6}Z(-\d+)?")
NAME_STEM = len("20220630T010000.000000Z")
#: A release that is being filled by a whole bake, and goes on being filled after a stop.
UNFINISHED = ".unfinished"
#: A second copy of the served release, made of links, out of which the next one is made.
SPARE = ".spare"
DOOMED = ".doomed-"
NEW_LINK = ".current-"


def prepare(out: Path) -> None:
    """Make the folder ready; raises `BakeRefused` when something else lies where the baker writes."""
    if out.exists() and not out.is_dir():
        raise BakeRefused(f"{out} 不是文件夹，请换一个输出位置。")
    for name in (CURRENT, RELEASES, STORE):
        place = out / name
        wrong = place.exists() and not place.is_symlink() if name == CURRENT else place.is_symlink() or place.is_file()
        if wrong:
            raise BakeRefused(f"{place} 不是由本命令生成的，为免覆盖已停止；请换一个空文件夹。")
    (out / RELEASES).mkdir(parents=True, exist_ok=True)
    (out / STORE).mkdir(exist_ok=True)


def served(out: Path) -> Path | None:
    """The release that readers see now, or None before the first bake."""
    link = out / CURRENT
    if not link.is_symlink():
        return None
    target = out / link.readlink()
    return target if target.is_dir() else None


def clear_leftovers(out: Path) -> None:
    """Remove what stopped bakes left half removed or half linked; only while the folder is held."""
    for folder in (out / RELEASES).glob(DOOMED + "*"):
        shutil.rmtree(folder)
    for link in out.glob(NEW_LINK + "*"):
        link.unlink()


def new_name(out: Path, moment: datetime) -> str:
    """The id of a release made at a moment; a clock that stood or went back makes no difference, ids only differ."""
    stem = f"{moment.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"
    now = served(out)
    name, turn = stem, 1
    if now is not None and now.name.startswith(stem):
        turn = int(now.name[NAME_STEM + 1 :] or 1) + 1
        name = f"{stem}-{turn}"
    while (out / RELEASES / name).exists():
        turn += 1
        name = f"{stem}-{turn}"
    return name


def day_of(release: Path) -> date:
    """The day, in the site's time zone, of which a release is."""
    moment = datetime.strptime(release.name[:NAME_STEM], "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
    return timezone.localtime(moment).date()


def swap_in(out: Path, filled: Path, name: str) -> Path:
    """Give a filled release its name and let `current` lead to it; its files are on the disk before."""
    release = out / RELEASES / name
    filled.rename(release)
    settle([out / RELEASES])
    link = out / (NEW_LINK + name)
    link.symlink_to(f"{RELEASES}/{name}")
    link.replace(out / CURRENT)
    settle([out])
    return release


def settle(places: Iterable[Path]) -> None:
    """Have the operating system put files, or the names in folders, on the disk."""
    for place in places:
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def link_all(source: Path | None, target: Path) -> None:
    """Make a copy of a release out of hard links (of copies, where the file system cannot link)."""
    if source is None:
        raise FileNotFoundError(errno.ENOENT, "没有已生成的版本")
    draft = target.with_name(f"{DOOMED}{target.name}")
    for folder in (draft, target):
        if folder.exists():
            shutil.rmtree(folder)
    shutil.copytree(source, draft, copy_function=_link_or_copy)
    draft.rename(target)


def _link_or_copy(old: str, new: str) -> None:
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def doom(folder: Path) -> None:
    """Remove a folder; half removed it never looks like a whole one."""
    doomed = folder.with_name(DOOMED + folder.name)
    folder.rename(doomed)
    shutil.rmtree(doomed)


def prune(out: Path, keep: Iterable[str]) -> None:
    """Remove all folders of releases but the served one and those named in `keep`."""
    now = served(out)
    kept = {*keep, now.name if now else ""}
    for folder in sorted((out / RELEASES).iterdir()):
        if folder.name not in kept and (NAME.fullmatch(folder.name) or folder.name in (SPARE, UNFINISHED)):
            doom(folder)
