"""Making an instance, and bringing one up to this version: what `setup`, `demo` and `restore` have in common."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from mingtang.config import static


class CannotPrepare(Exception):
    """The instance cannot be made or updated; the message is a Chinese line with the mend."""


@dataclass(frozen=True)
class Prepared:
    """What was done: the instance's folder, how many migrations were applied, whether static files were collected."""

    home: Path
    migrations: int
    files: bool


def prepare() -> Prepared:
    """Make folders, apply migrations, collect static files; repeated, it changes nothing. Raises `CannotPrepare`."""
    try:
        for folder in (settings.HOME, Path(settings.MEDIA_ROOT)):
            folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        executor = MigrationExecutor(connection)
        steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if steps:
            call_command("migrate", interactive=False, verbosity=0)
    except OSError as error:
        raise CannotPrepare(f"不能写入实例文件夹 {settings.HOME}：{error.strerror}。请检查属主与权限。") from error
    except DatabaseError as error:
        first = str(error).strip().splitlines()[0]
        raise CannotPrepare(f"数据库更新未完成：{first}。请检查 DATABASE_URL 与数据库账号的权限。") from error
    return Prepared(settings.HOME, steps, static.collect())
