"""How often a stranger may ask or send: one account of it for all processes of a node, without personal data.

A scope is a bucket that holds so many requests and wins one back every so often. What is kept of it is one moment, at
which the bucket is full again (the generic cell rate algorithm), under a keyed digest of the visitor's network; after
that moment the row says nothing more and is removed. The account is a SQLite file of its own: it asks nothing of the
database, it works while that is away, and it may be deleted at any time.
"""

import contextlib
import hashlib
import hmac
import ipaddress
import logging
import math
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

#: Rows that are kept; beyond it those that would be forgotten first are forgotten now.
MOST = 200_000
#: Seconds between two removals of rows that say nothing more.
SWEEP = 60.0
#: Seconds that a request waits for another process to have written its row.
PATIENCE = 1.0

_TABLE = "CREATE TABLE IF NOT EXISTS bucket (visitor BLOB PRIMARY KEY, full_at REAL NOT NULL) WITHOUT ROWID"
_INDEX = "CREATE INDEX IF NOT EXISTS bucket_full ON bucket (full_at)"
_KEEP = "INSERT INTO bucket VALUES (?, ?) ON CONFLICT (visitor) DO UPDATE SET full_at = excluded.full_at"
_CROWD_OUT = "DELETE FROM bucket WHERE visitor IN (SELECT visitor FROM bucket ORDER BY full_at LIMIT ?)"


@dataclass(frozen=True)
class Scope:
    """What is counted together: `at_once` requests in a row, and one more after each `every`."""

    name: str
    at_once: int
    every: timedelta


@dataclass(frozen=True)
class Wait:
    """The answer to who came too often: the seconds after which the next request may come, at least 1."""

    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """What a response with status 429 carries."""
        return {"Retry-After": str(self.seconds)}

    @property
    def said(self) -> str:
        """The same in words: 请在 5 分钟后再试。"""
        if self.seconds < 60:
            return _("请在 %d 秒后再试。") % self.seconds
        if self.seconds < 3600:
            return _("请在 %d 分钟后再试。") % math.ceil(self.seconds / 60)
        return _("请在 %d 小时后再试。") % math.ceil(self.seconds / 3600)


def allow(scope: Scope, visitor: str, moment: datetime) -> Wait | None:
    """Count one request of `visitor` and return None, or, without counting it, return how long to wait.

    `visitor` is the address of the request (`REMOTE_ADDR`) or any other text that names who asks. An IPv6 visitor is
    the network of 64 bits that a household has. When the account cannot be kept (disk full, file damaged), the request
    is allowed and the log says so: that a citizen can send comes first.
    """
    return _account.take(_key(scope, visitor), scope, moment.timestamp())


def forget() -> None:
    """Let everybody begin anew."""
    _account.clear()


def _key(scope: Scope, visitor: str) -> bytes:
    """16 bytes that name scope and visitor and lead back to neither without the instance's secret."""
    with contextlib.suppress(ValueError):
        parsed = ipaddress.ip_address(visitor)
        if isinstance(parsed, ipaddress.IPv6Address):
            visitor = str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
    named = f"{scope.name}\n{visitor}".encode(errors="replace")
    return hmac.digest(b"limits" + settings.SECRET_KEY.encode(), named, hashlib.sha256)[:16]


@dataclass
class _Account:
    """The file of all buckets, opened by whoever needs it first; one connection a process."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _connection: sqlite3.Connection | None = None
    _file: tuple[str, int] | None = None  # path and inode: another process may have put a new file in its place
    _swept: float = 0.0

    def take(self, key: bytes, scope: Scope, now: float) -> Wait | None:
        every = scope.every.total_seconds()
        longest = every * scope.at_once
        try:
            with self._writing() as rows:
                row = rows.execute("SELECT full_at FROM bucket WHERE visitor = ?", (key,)).fetchone()
                # A clock that was put back must not shut anybody out for longer than an empty bucket does.
                full_at = min(max(row[0], now), now + longest) if row else now
                over = full_at + every - now - longest
                if over > 1e-6:  # of a second: the moments are floating-point numbers
                    return Wait(max(1, math.ceil(over - 1e-6)))
                rows.execute(_KEEP, (key, full_at + every))
                self._sweep(rows, now)
                return None
        except (sqlite3.Error, OSError) as error:
            log.error("限速记录不可用，请求已放行：%s", error)
            self._give_up(error)
            return None

    def clear(self) -> None:
        if Path(settings.LIMITS_FILE).exists():
            with self._writing() as rows:
                rows.execute("DELETE FROM bucket")

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            rows = self._opened(Path(settings.LIMITS_FILE))
            rows.execute("BEGIN IMMEDIATE")
            try:
                yield rows
                rows.execute("COMMIT")
            finally:
                if rows.in_transaction:
                    rows.execute("ROLLBACK")

    def _opened(self, path: Path) -> sqlite3.Connection:
        if self._connection is not None and self._file == _state(path):
            return self._connection
        self._close()
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            path.chmod(0o600)
            # Nothing here is worth waiting for the disk: after a power cut everybody begins anew.
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute(_TABLE)
            connection.execute(_INDEX)
        except BaseException:
            connection.close()
            raise
        self._connection, self._file = connection, _state(path)
        return connection

    def _sweep(self, rows: sqlite3.Connection, now: float) -> None:
        if abs(now - self._swept) < SWEEP:
            return
        self._swept = now
        rows.execute("DELETE FROM bucket WHERE full_at <= ?", (now,))
        (count,) = rows.execute("SELECT count(*) FROM bucket").fetchone()
        if count > MOST:
            rows.execute(_CROWD_OUT, (count - MOST,))

    def _give_up(self, error: Exception) -> None:
        """Close what failed; a file that is no account any more is put away, so that the next request begins one."""
        damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        with self._lock, contextlib.suppress(OSError):
            # Opened and found damaged, or damaged from the start; a file that another process has renewed stays.
            if damaged and self._file in (None, _state(Path(settings.LIMITS_FILE))):
                for suffix in ("", "-wal", "-shm"):
                    Path(f"{settings.LIMITS_FILE}{suffix}").unlink(missing_ok=True)
            self._close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = self._file = None


def _state(path: Path) -> tuple[str, int] | None:
    try:
        return str(path), path.stat().st_ino
    except FileNotFoundError:
        return None


_account = _Account()
