"""Whether a worker is alive: a lock that its process holds and that the system takes back when the process dies."""

import fcntl
import hashlib
import os
import secrets
import socket
from pathlib import Path
from typing import IO, Any, Protocol

from django.db import connection, transaction


def new_name() -> str:
    """A name for a worker that no other worker on any machine has (at most 64 characters)."""
    return f"{socket.gethostname()[:32]}-{os.getpid()}-{secrets.token_hex(4)}"


class Liveness(Protocol):
    """How workers on one database know of each other."""

    def hold(self, name: str) -> None:
        """Show that this process is the worker `name`; called again from time to time, it renews what broke."""
        ...

    def alive(self, name: str) -> bool:
        """Whether the process of worker `name` still runs."""
        ...

    def release(self) -> None:
        """Say that this process is no worker any more."""
        ...


class FileLiveness:
    """For SQLite, where every worker is on this machine: a locked file for each in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.held: IO[bytes] | None = None

    def hold(self, name: str) -> None:
        """Lock this worker's file."""
        if self.held is None:
            self.folder.mkdir(mode=0o750, exist_ok=True)
            self.held = (self.folder / f"{name}.lock").open("wb")
            fcntl.flock(self.held, fcntl.LOCK_EX)

    def alive(self, name: str) -> bool:
        """A file that can be locked belongs to nobody any more, and is removed."""
        place = self.folder / f"{name}.lock"
        try:
            with place.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                place.unlink(missing_ok=True)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def names(self) -> list[str]:
        """The workers of this machine that are alive."""
        return [place.stem for place in self.folder.glob("*.lock") if self.alive(place.stem)]

    def release(self) -> None:
        """Remove the file, then let go of the lock."""
        if self.held is not None:
            Path(self.held.name).unlink(missing_ok=True)
            self.held.close()
            self.held = None


class PostgresLiveness:
    """For PostgreSQL, where workers may be on several machines: an advisory lock on a connection of its own.

    The connection must reach the server itself, not a pooler in transaction mode, which would lend it to others.
    """

    def __init__(self) -> None:
        self.session: Any = None

    def hold(self, name: str) -> None:
        """Take the lock, again after the connection broke."""
        if self.session is not None and not self.session.closed:
            try:
                self.session.execute("SELECT 1")
                return
            except Exception:
                self.session.close()
        self.session = connection.get_new_connection(connection.get_connection_params())
        self.session.autocommit = True
        self.session.execute("SELECT pg_advisory_lock(%s)", [_key(name)])

    def alive(self, name: str) -> bool:
        """A lock that can be taken belongs to nobody any more; it is given back at the transaction's end."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_key(name)])
            return cursor.fetchone() != (True,)

    def release(self) -> None:
        """Close the connection, which frees the lock."""
        if self.session is not None:
            self.session.close()
            self.session = None


def of_database(folder: Path) -> Liveness:
    """The way that fits the database in use; `folder` is for lock files."""
    return PostgresLiveness() if connection.vendor == "postgresql" else FileLiveness(folder)


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(f"mingtang worker {name}".encode()).digest()[:8], signed=True)
