"""Checks of what should be going on: the worker, its tasks, the readers of events, the baked site, backups."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from mingtang.config import queue
from mingtang.config.checkup.finding import Finding, bad, good, note
from mingtang.config.liveness import FileLiveness
from mingtang.portal.bake import release
from mingtang.portal.site import current_site
from mingtang.search import feeding
from mingtang.search.errors import IndexMissing
from mingtang.trace import readers
from mingtang.trace.models import Cursor, Event

BEAT_OLD = timedelta(minutes=5)
TASK_OLD = timedelta(minutes=10)
FAILED_LATELY = timedelta(days=7)
EVENTS_BEHIND = 500
BACKUP_OLD = timedelta(days=7)


def processes(moment: datetime) -> Iterator[Finding]:
    """Where there is a server there is a worker, and its loop goes round."""
    names = FileLiveness(settings.HOME / "run").names()
    workers = [name for name in names if name.startswith("worker-")]
    if not names:
        yield note("worker", "本机没有运行中的 serve 与 worker", "启动 mingtang serve。")
    elif not workers:
        yield bad("worker", "serve 在运行，本机没有后台进程", "去掉 --no-worker，或另行启动 mingtang worker。")
    elif (beat := last_beat()) is None or moment - beat > BEAT_OLD:
        since = f"{timezone.localtime(beat):%H:%M}" if beat else "启动"
        yield note("worker", f"后台进程自 {since} 起在办同一件事", "看任务进度；若无进展，重启服务，任务会重新排队。")
    else:
        yield good("worker", f"后台进程在运行（{len(workers)} 个）")


def last_beat() -> datetime | None:
    """When the worker's loop last went round."""
    try:
        text = (settings.HOME / "run" / "worker.beat").read_text(encoding="utf-8")
        return datetime.fromisoformat(text.split()[0])
    except (OSError, ValueError, IndexError):
        return None


def tasks(moment: datetime) -> Iterator[Finding]:
    """No task waits long, none failed lately."""
    waiting = queue.tasks().ready().filter(enqueued_at__lt=moment - TASK_OLD).count()
    failed = queue.tasks().failed().filter(finished_at__gt=moment - FAILED_LATELY)
    if waiting:
        yield bad("tasks", f"{waiting} 个任务等待超过 10 分钟", "检查后台进程。")
    if count := failed.count():
        latest = failed.order_by("-finished_at").first()
        named = f"，最近的是 {latest.task_path}" if latest else ""
        yield note("tasks", f"近 7 天有 {count} 个任务失败{named}", "查看日志中的原因。")
    if not waiting and not count:
        yield good("tasks", "没有积压或失败的任务")


def events(moment: datetime) -> Iterator[Finding]:
    """The readers of the event stream keep up."""
    places = dict(Cursor.objects.values_list("reader", "seq"))
    late: list[str] = []
    for reader in readers.registered():
        unseen = Event.objects.filter(seq__gt=places.get(reader.name, 0))
        count = (unseen.filter(verb__in=reader.verbs) if reader.verbs else unseen).count()
        if count > EVENTS_BEHIND:
            late.append(f"{reader.name} 落后 {count} 条")
    if late:
        yield bad("events", f"事件流处理积压：{'、'.join(late)}", "检查后台进程与日志。")


def site(moment: datetime) -> Iterator[Finding]:
    """The public site was baked, today or yesterday."""
    current = release.served(Path(settings.SITE_ROOT))
    if current is None:
        yield note("site", "公开网站还没有生成，正在逐页现做", "后台进程会生成；或执行 mingtang bake。")
        return
    day = release.day_of(current)
    age = (timezone.localdate(moment) - day).days
    if age > 1:
        yield bad("site", f"公开网站是 {day} 生成的，已 {age} 天", "检查后台进程的任务。")
    else:
        yield good("site", f"公开网站于 {day} 生成")


def search(_moment: datetime) -> Iterator[Finding]:
    """The search index is there, whole, and of this database."""
    if fault := feeding.fault():
        try:
            feeding.index().state()
        except IndexMissing:
            yield bad("search", fault, "后台进程会在一分钟内重建；或执行 mingtang search rebuild。")
        else:
            yield note("search", fault, "后台进程会在一分钟内重建；或执行 mingtang search rebuild。")
    else:
        yield good("search", f"检索索引完好，收录 {feeding.index().state().entries} 条公开信息")


def backups(moment: datetime) -> Iterator[Finding]:
    """A backup was made within the week."""
    say = note if current_site().is_demo else bad
    try:
        noted = json.loads((settings.HOME / "last-backup.json").read_text(encoding="utf-8"))
        made = datetime.fromisoformat(noted["at"])
    except (OSError, ValueError, KeyError):
        yield say("backup", "从未用 mingtang backup 备份", "每天备份一次，并存到另一台机器。")
        return
    days = (moment - made).days
    if moment - made > BACKUP_OLD:
        yield say("backup", f"最近一次备份在 {days} 天前", "恢复每日备份。")
    elif not Path(noted["file"]).exists():
        yield note("backup", f"最近一次备份 {noted['file']} 已不在原处", "确认它存到了别处。")
    else:
        yield good("backup", f"最近一次备份：{timezone.localtime(made):%Y-%m-%d %H:%M}")
