"""An installation as an office runs it: the `Instance` of the test servers, with ways to look inside."""

import subprocess
import sys
from pathlib import Path

from tests.servers.mingtang import Instance

PASSWORD = "竹影-横斜-水清-浅7"

#: An office with an administrator (`guanli`), a publisher (`xinxiyuan`) and its openness office (`gongkaiban`).
ACCOUNTS = f"""
from datetime import date
from mingtang.records.models import Column
from mingtang.bodies.models import Body, Kind, Level, Person, Post, Role, User
body = Body.objects.create(
    code="office", name="试验旗人民政府办公室", short_name="旗政府办", kind=Kind.OFFICE, level=Level.COUNTY
)
posts = (("甲", "guanli", Role.ADMIN), ("乙", "xinxiyuan", Role.PUBLISHER), ("丙", "gongkaiban", Role.OFFICE))
for name, username, role in posts:
    person = Person.objects.create(name=name)
    Post.objects.create(person=person, body=body, role=role, starts_on=date(2020, 1, 1))
    user = User(username=username, person=person)
    user.set_password({PASSWORD!r})
    user.save()
Column.objects.create(name="通知公告", slug="tzgg")
"""


class Installation(Instance):
    """An instance in the folder `home`, on SQLite unless a database is given."""

    def __init__(self, home: Path, database_url: str | None = None) -> None:
        super().__init__(home, database_url)

    def python(self, code: str) -> str:
        """Run code inside the installation; see `python`."""
        return python(self, code)


def python(instance: Instance, code: str) -> str:
    """Run code inside an instance (Django started); its standard output. A failure fails the test."""
    start = "from mingtang.config.readiness import start_django; start_django()\n"
    done = subprocess.run(
        [sys.executable, "-c", start + code], env=instance.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def open_accounts(instance: Instance) -> None:
    """Fill an instance that was set up with the office and the accounts."""
    python(instance, ACCOUNTS)
