"""Releases in a folder: building one beside the served one, putting it in its place, removing old ones."""

import os
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from django.utils import timezone

from mingtang.portal.bake.errors import BakeRefused

RELEASES = "releases"
CURRENT = "current"
#: The served release and the one before it, for whoever is still reading from it and for going back.
KEPT = 2
NAME = re.compile(r"\d{8}T\d{6}\.\d{6}Z(-\d+)?")
NAME_STEM = len("20220630T010000.000000Z")
UNFINISHED = ".unfinished-"
NEW_LINK = ".current-"


def prepare(out: Path) -> None:
    """Make the folder ready; raises `BakeRefused` when something else lies where the baker writes."""
    if out.exists() and not out.is_dir():
        raise BakeRefused(f"{out} 不是文件夹，请换一个输出位置。")
    for name in (CURRENT, RELEASES):
        place = out / name
        wrong = place.exists() and not place.is_symlink() if name == CURRENT else place.is_symlink() or place.is_file()
        if wrong:
            raise BakeRefused(f"{place} 不是由本命令生成的，为免覆盖已停止；请换一个空文件夹。")
    (out / RELEASES).mkdir(parents=True, exist_ok=True)


def served(out: Path) -> Path | None:
    """The release that readers see now, or None before the first bake."""
    link = out / CURRENT
    if not link.is_symlink():
        return None
    target = out / link.readlink()
    return target if target.is_dir() else None


def clear_leftovers(out: Path) -> None:
    """Remove what stopped bakes left behind; only while the folder is held."""
    for folder in (out / RELEASES).glob(UNFINISHED + "*"):
        shutil.rmtree(folder)
    for link in out.glob(NEW_LINK + "*"):
        link.unlink()


def begin(out: Path, moment: datetime) -> Path:
    """An empty folder for a new release; its name ends in the release's id."""
    stem = f"{moment.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"
    name, turn = stem, 1
    while (out / RELEASES / name).exists():
        turn += 1
        name = f"{stem}-{turn}"
    folder = out / RELEASES / (UNFINISHED + name)
    folder.mkdir()
    return folder


def id_of(folder: Path) -> str:
    """The id of a release, also while it is being built."""
    return folder.name.removeprefix(UNFINISHED)


def day_of(release: Path) -> date:
    """The day, in the site's time zone, of which a release is."""
    moment = datetime.strptime(release.name[:NAME_STEM], "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
    return timezone.localtime(moment).date()


def swap_in(out: Path, unfinished: Path) -> Path:
    """Give a finished release its name and let `current` lead to it; it is on the disk before readers see it."""
    os.sync()
    release = out / RELEASES / id_of(unfinished)
    unfinished.rename(release)
    settle(out / RELEASES)
    link = out / (NEW_LINK + release.name)
    link.symlink_to(f"{RELEASES}/{release.name}")
    link.replace(out / CURRENT)
    settle(out)
    return release


def settle(folder: Path) -> None:
    """Have the operating system put a folder's names on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def prune(out: Path) -> None:
    """Remove all but the served release and the newest others; a release half removed never looks like a whole one."""
    now = served(out)
    others = sorted(
        (each for each in (out / RELEASES).iterdir() if NAME.fullmatch(each.name) and each != now),
        key=lambda each: each.name,
        reverse=True,
    )
    for release in others[KEPT - 1 :]:
        doomed = release.with_name(UNFINISHED + release.name)
        release.rename(doomed)
        shutil.rmtree(doomed)
