"""Making an instance, and bringing one up to this version: what `setup`, `demo` and `restore` have in common."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from mingtang.bodies import actions
from mingtang.bodies.errors import BodiesError
from mingtang.bodies.models import Body, Kind, Level, Role
from mingtang.bodies.permissions import day_of, held_on
from mingtang.config import static

#: Who acts where nobody can sign in yet: whoever holds the machine.
ACTOR = "system:setup"


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


def first_admin(username: str, person: str, body: str, moment: datetime) -> str:
    """Open the first administrator's account and return its password, shown once and to be changed at sign-in.

    `body` is the full name of the office that the person works in; it is entered when it is not there. Raises
    `CannotPrepare` when there is an administrator already or a name is refused.
    """
    if held_on(day_of(moment)).filter(role=Role.ADMIN, person__user__is_active=True).exists():
        raise CannotPrepare("已有系统管理员：其他账号由他在工作台里开通。")
    try:
        with transaction.atomic():
            office = Body.objects.filter(name=body).first() or actions.create_body(
                name=body, short_name=body[-60:], kind=Kind.OFFICE, level=Level.COUNTY, actor=ACTOR, moment=moment
            )
            someone = actions.add_person(name=person, actor=ACTOR, moment=moment)
            actions.hold_post(
                someone, body=office, role=Role.ADMIN, starts_on=day_of(moment), actor=ACTOR, moment=moment
            )
            return actions.open_account(someone, username=username, actor=ACTOR, moment=moment)[1]
    except (BodiesError, ValidationError) as error:
        raise CannotPrepare(f"不能开通管理员账号：{error}") from error
