"""Checks of the database: there, up to date, set up to be safe, its clock right, its chain of events whole."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from mingtang.bodies.models import Post, Role, User
from mingtang.config import readiness
from mingtang.config.checkup.finding import Finding, bad, good, note
from mingtang.trace import queries
from mingtang.trace.errors import BrokenChain
from mingtang.trace.models import Event

SKEW = timedelta(seconds=10)


def _asked(sql: str) -> Any:
    """The one value that a statement answers with."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return row[0] if row else None


def state(moment: datetime) -> Iterator[Finding]:
    """It answers and has the structure of this version."""
    if problem := readiness.obstacle():
        what, _, mend = problem.partition("：")
        yield bad("database", what, mend or problem)
    else:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        yield good("database", f"{names[connection.vendor]} 可用，结构为最新")


def journal(moment: datetime) -> Iterator[Finding]:
    """SQLite keeps its write-ahead log, so that readers never wait."""
    if connection.vendor != "sqlite":
        return
    mode = _asked("PRAGMA journal_mode")
    if mode != "wal":
        yield bad("wal", f"SQLite 没有使用 WAL（{mode}）", "检查磁盘是否支持；网络盘不支持。")


def clock(moment: datetime) -> Iterator[Finding]:
    """Database and machine agree on the time, and no event comes from the future."""
    if connection.vendor == "postgresql":
        there = _asked("SELECT clock_timestamp()")
    else:
        there = datetime.fromisoformat(_asked("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")).replace(tzinfo=UTC)
    apart = abs(there - timezone.now())
    if apart > SKEW:
        yield bad(
            "clock",
            f"数据库与本机时间相差 {apart.total_seconds():.0f} 秒",
            "启用时间同步（systemd-timesyncd 或 chrony）。",
        )
    latest = Event.objects.order_by("-seq").values_list("moment", flat=True).first()
    if latest is not None and latest > moment + SKEW:
        yield bad("clock", f"最近一条留痕的时间在将来（{timezone.localtime(latest):%Y-%m-%d %H:%M}）", "检查本机时钟。")
    elif apart <= SKEW:
        yield good("clock", "时钟一致")


def chain(moment: datetime) -> Iterator[Finding]:
    """No event was changed or removed."""
    try:
        yield good("chain", f"留痕 {queries.verify()} 条首尾相连")
    except BrokenChain as error:
        what, _, mend = str(error).partition("，")
        yield bad("chain", what, mend)


def accounts(moment: datetime) -> Iterator[Finding]:
    """Somebody administers accounts, and nobody stands above the permissions."""
    today = timezone.localdate(moment)
    held = Post.objects.filter(role=Role.ADMIN, starts_on__lte=today).exclude(ends_on__lt=today)
    if not held.filter(person__user__is_active=True).exists():
        yield note(
            "accounts", "没有可用的系统管理员账号", "执行 mingtang setup --admin 用户名 --name 姓名 --body 单位全称。"
        )
    if above := User.objects.filter(is_superuser=True, is_active=True).count():
        yield bad(
            "accounts", f"{above} 个账号是 Django 超级用户，不受岗位权限约束", "取消其超级用户标记，改为任命岗位。"
        )
