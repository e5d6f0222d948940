"""Starting Django for a command, and saying in one line why an instance cannot be used yet."""

import os
from pathlib import Path

import django


def start_django() -> None:
    """Load the settings of this instance; every command that needs the database begins here.

    What the process writes from here on is for its user and group only: group, so that nginx may read the site.
    """
    os.umask(0o027)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtang.config.settings")
    django.setup()


def obstacle() -> str | None:
    """Why the instance cannot be served, as one Chinese line with the mend; None when it can."""
    from django.conf import settings
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from mingtang.config import moving

    if moving.pending(settings.HOME):
        return f"实例 {settings.HOME} 的恢复没有做完：请再执行一次 mingtang restore。"
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return f"实例 {settings.HOME} 尚未建立：请先执行 mingtang setup（演示：mingtang demo）。"
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        first = str(error).strip().splitlines()[0]
        return f"连不上数据库：{first}。请检查 DATABASE_URL 与数据库服务。"
    if pending:
        return f"数据库结构落后 {len(pending)} 步：请先备份，再执行 mingtang setup。"
    return None
