"""The database as one file and back: SQLite by its own backup, PostgreSQL by the tools that come with it."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection
from django.db.backends.sqlite3 import (
    _functions as django_functions,  # pyright: ignore[reportAttributeAccessIssue]  # private, so not in the stubs
)

#: Whoever is signed in, and failed sign-ins with their addresses: nothing of it belongs into a backup.
LEFT_OUT = ("signin_session", "axes_accessattempt")
SQLITE, POSTGRESQL = "mingtang.sqlite3", "mingtang.pgdump"
#: Removes what a dump will bring. The schema itself stays: its owner need not be the account of this database.
EMPTY = """DO $$ DECLARE one record; BEGIN
FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
  EXECUTE format('DROP TABLE public.%I CASCADE', one.name);
END LOOP;
FOR one IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e') LOOP
  EXECUTE format('DROP ROUTINE %s CASCADE', one.name);
END LOOP;
END $$;
"""


class CannotDump(Exception):
    """The database cannot be written to a file or read from one; the message is a Chinese line with the mend."""


def name() -> str:
    """File name of a dump of the database in use."""
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE


def dump(target: Path) -> None:
    """Write the database as it is at one moment, while others go on working. Raises `CannotDump`."""
    if connection.vendor == "postgresql":
        tables = [f"--exclude-table-data={table}" for table in LEFT_OUT]
        # The search index is built anew from the records, wherever they are restored.
        tables.append("--exclude-table=searchindex_*")
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", *tables, "--file", str(target))
        return
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    django_functions.register(copy)  # constraints of our tables are written with them
    try:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        for table in LEFT_OUT:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the list above
        copy.commit()
        copy.execute("VACUUM")
    finally:
        copy.close()
    check(target)


def check(dumped: Path) -> None:
    """Whether a dump can be read. Raises `CannotDump`."""
    if dumped.name == POSTGRESQL:
        _run("pg_restore", "--list", str(dumped))
        return
    copy = sqlite3.connect(f"file:{dumped}?mode=ro", uri=True)
    django_functions.register(copy)
    try:
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise CannotDump(f"数据库文件已损坏：{error}。请换一份备份。") from error
    finally:
        copy.close()
    if found != "ok":
        raise CannotDump(f"数据库文件已损坏：{found}。请换一份备份。")


def load(dumped: Path) -> None:
    """Put a PostgreSQL dump in the place of everything in the database: in one transaction, all or nothing."""
    script = dumped.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--no-privileges", "--file", str(script), str(dumped))
    head = dumped.with_name("head.sql")
    head.write_text(EMPTY, encoding="ascii")
    connection.close()
    _run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
         "--file", str(head), "--file", str(script))  # fmt: skip


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise CannotDump(
            f"没有找到 {program}：请安装 PostgreSQL 客户端（Debian：postgresql-client），版本不低于服务器。"
        )
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL; the password goes by the environment
        [found, *arguments], env=os.environ | _address(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["没有说明"])[0]
        raise CannotDump(f"{program} 未能完成：{last}")


def _address() -> dict[str, str]:
    """Where the database is, as libpq reads it from the environment."""
    known = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    given = {variable: str(known[key]) for variable, key in names.items() if known.get(key)}
    if (ssl := known.get("OPTIONS", {}).get("sslmode")) is not None:
        given["PGSSLMODE"] = ssl
    return given
