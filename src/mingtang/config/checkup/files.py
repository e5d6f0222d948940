"""Checks of the instance's folder and of what is installed: who may read it, is there room, are the parts right."""

import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from importlib import metadata
from pathlib import Path

from django.conf import settings
from django.utils import timezone

import mingtang
from mingtang.config import moving
from mingtang.config.checkup.finding import Finding, bad, good, note
from mingtang.foi import days
from mingtang.press.errors import NoFonts
from mingtang.press.fonts import find as find_fonts

ROOM_MB = 1024
#: File systems on which SQLite's locks do not hold between machines.
NETWORK_FILE_SYSTEMS = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "ceph", "glusterfs", "afs", "ncpfs")


def folder(moment: datetime) -> Iterator[Finding]:
    """The instance's folder is closed to other accounts and can be written."""
    home: Path = settings.HOME
    mode = home.stat().st_mode & 0o777
    if mode & 0o007:
        yield bad("home", f"实例文件夹 {home} 对本机其他账号开放（{mode:o}）", f"chmod o-rwx {home}")
    elif not os.access(home, os.W_OK):
        yield bad("home", f"实例文件夹 {home} 不可写", "以实例的属主运行，或更改属主。")
    else:
        yield good("home", f"实例文件夹 {home} 只有属主与同组可读（{mode:o}）")
    if os.geteuid() == 0:
        yield note("account", "正以 root 运行", "为明堂建立专用账号，见 docs/operations.md。")


def keys(moment: datetime) -> Iterator[Finding]:
    """Keys and first passwords can be read by their owner only."""
    found = (settings.HOME.glob(pattern) for pattern in ("*.key", "demo-accounts.json", "keys/**/*.key"))
    secret = sorted(place for places in found for place in places)
    loose = [place for place in secret if place.stat().st_mode & 0o077]
    for place in loose:
        yield bad(
            "keys", f"{place.name} 可被属主以外的账号读取（{place.stat().st_mode & 0o777:o}）", f"chmod 600 {place}"
        )
    if not loose:
        yield good("keys", f"{len(secret)} 个密钥文件只有属主可读")


def space(moment: datetime) -> Iterator[Finding]:
    """There is room for the database to grow and for a site to be baked beside the present one."""
    usage = shutil.disk_usage(settings.HOME)
    free = usage.free // 1024**2
    if free < ROOM_MB:
        yield bad("space", f"磁盘只剩 {free} MB", "清理磁盘或扩容；空间用尽时无法保存。")
    elif usage.free < usage.total // 10:
        yield note("space", f"磁盘剩余不足一成（{free // 1024} GB）", "请安排清理或扩容。")
    else:
        yield good("space", f"磁盘剩余 {free // 1024} GB")


def file_system(moment: datetime) -> Iterator[Finding]:
    """SQLite lies on a disk of this machine."""
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        return
    place = Path(settings.DATABASES["default"]["NAME"]).parent
    kind = kind_of(place, Path("/proc/mounts"))
    if kind in NETWORK_FILE_SYSTEMS:
        yield bad(
            "file_system", f"SQLite 数据库在网络文件系统上（{kind}），可能损坏", "移到本机磁盘，或改用 PostgreSQL。"
        )


def kind_of(place: Path, mounts: Path) -> str:
    """The type of the file system on which a folder lies, by the system's table of mounts; empty where unknown."""
    try:
        table = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return ""
    resolved = place.resolve()
    over = [(row[1], row[2]) for row in table if len(row) > 2 and resolved.is_relative_to(row[1].replace("\\040", " "))]
    return max(over, key=lambda pair: len(pair[0]))[1] if over else ""


def restoring(moment: datetime) -> Iterator[Finding]:
    """No restore stands half-way."""
    if moving.pending(settings.HOME):
        yield bad("restore", "上次恢复没有做完", "再执行一次 mingtang restore。")


def dependencies(moment: datetime) -> Iterator[Finding]:
    """The packages are those that the product was tested with."""
    lock = Path(mingtang.__file__).parents[2] / "requirements" / "base.lock"
    if not lock.exists():
        yield note("packages", "没有锁定文件，未核对依赖版本", "从源码安装时用 make setup。")
        return
    wrong = [f"{name} {found or '未安装'}（应为 {wanted}）" for name, wanted, found in differences(lock)]
    if wrong:
        yield note("packages", f"{len(wrong)} 个依赖与锁定版本不同：{'、'.join(wrong[:5])}", "执行 make setup。")
    else:
        yield good("packages", "依赖与锁定版本一致")


def differences(lock: Path) -> Iterator[tuple[str, str, str]]:
    """Name, locked and installed version ("" when absent) of what differs; other systems' entries are passed over."""
    text = lock.read_text(encoding="utf-8")
    versions: dict[str, list[str]] = {}
    conditional: set[str] = set()
    for name, wanted, marker in re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)( ;[^\\\n]*)?", text, re.MULTILINE):
        versions.setdefault(name, []).append(wanted)
        if marker:
            conditional.add(name)
    for name, wanted in versions.items():
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            found = ""
        if found not in wanted and (found or name not in conditional):
            yield name, " 或 ".join(wanted), found


def calendar(moment: datetime) -> Iterator[Finding]:
    """The added years of working days have no faults, and the year to come is known before it comes."""
    faults = days.faults()
    if faults:
        mend = "请照说明改正；改好以前，增补的日历一个也不采用，期限按软件包里的安排计算。"
        yield bad("calendar", f"增补日历有误：{'；'.join(faults)}", mend)
        return
    known, today = days.calendar().years, timezone.localdate(moment)
    if today.year not in known or (today.month == 12 and today.year + 1 not in known):
        missing = today.year if today.year not in known else today.year + 1
        mend = "通知公布后升级软件包 chinesecalendar，或者用 MINGTANG_CALENDAR 增补；此前的期限标明“暂估”。"
        yield note("calendar", f"没有{missing}年的放假安排", mend)
        return
    yield good("calendar", f"工作日历到{known[-1]}年")


def fonts(moment: datetime) -> Iterator[Finding]:
    """The typefaces of official documents are there."""
    try:
        found = find_fonts(settings.FONT_FOLDERS)
    except NoFonts as error:
        yield bad("fonts", str(error), "执行 make fonts，或者安装本单位已获授权的公文字体。")
        return
    if found.stand_ins:
        missing = "、".join(face.label for face in found.stand_ins)
        yield note(
            "fonts", f"缺少公文字体：{missing}，排版时以其他字体代替", "执行 make fonts，或者安装本单位已获授权的字体。"
        )
    else:
        yield good("fonts", "公文字体齐全")
