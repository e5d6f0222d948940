"""Starting Django for a command, and saying in one line why an instance cannot be used yet."""

import os
from pathlib import Path

import dj_database_url
import django

from mingtang.config import instance
from mingtang.config.instance import BadEnvironment


def start_django() -> None:
    """Load the settings of this instance; every command that needs the database begins here.

    What the process writes from here on is for its user and group only: group, so that nginx may read the site.
    Raises `BadEnvironment` where the settings cannot be made of the environment.
    """
    os.umask(0o027)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtang.config.settings")
    try:
        django.setup()
    except (OSError, ValueError) as error:
        if faults := _faults_of_environment():
            raise BadEnvironment(faults) from error
        raise


def _faults_of_environment() -> list[str]:
    """What is wrong with the variables of which the settings are made."""
    faults: list[str] = []
    folder = instance.home()
    if folder.exists() and not folder.is_dir():
        faults.append(f"MINGTANG_HOME：{folder} 是文件，不是文件夹，请另指一个文件夹。")
    elif not os.access(next(place for place in (folder, *folder.parents) if place.exists()), os.W_OK | os.X_OK):
        faults.append(f"MINGTANG_HOME：没有写入 {folder} 的权限，请检查属主与权限，或另指一个文件夹。")
    try:
        dj_database_url.parse(os.environ.get("DATABASE_URL") or "sqlite:///unused")
    except ValueError:
        faults.append("DATABASE_URL：不是数据库地址，请写成 postgres://用户:口令@主机:5432/库名；用 SQLite 则不设。")
    if not os.environ.get("MINGTANG_UPLOAD_MB", "100").isdecimal():
        faults.append("MINGTANG_UPLOAD_MB：不是整数，请写成兆字节数，如 100。")
    return faults


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
