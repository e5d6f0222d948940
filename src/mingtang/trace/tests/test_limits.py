"""How often a stranger may ask: shared by processes, bounded, forgetful, never in the way when it cannot be kept."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from mingtang.trace import limits
from mingtang.trace.limits import Scope, Wait

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
THREE = Scope("three", 3, timedelta(minutes=1))


@pytest.fixture(autouse=True)
def account(tmp_path: Path, settings: Any) -> Path:
    """A file of this test's own."""
    settings.LIMITS_FILE = tmp_path / "limits.sqlite3"
    return settings.LIMITS_FILE


def rows(file: Path) -> list[tuple[bytes, float]]:
    connection = sqlite3.connect(file)
    try:
        return connection.execute("SELECT * FROM bucket").fetchall()
    finally:
        connection.close()


def test_so_many_at_once_and_one_more_after_each_interval() -> None:
    assert [limits.allow(THREE, "192.0.2.1", NOW) for _ in range(4)] == [None, None, None, Wait(60)]
    half = NOW + timedelta(seconds=30)
    assert limits.allow(THREE, "192.0.2.1", half) == Wait(30), "a refused request costs nothing"
    later = NOW + timedelta(seconds=60)
    assert [limits.allow(THREE, "192.0.2.1", later) for _ in range(2)] == [None, Wait(60)]


def test_visitors_and_scopes_are_counted_apart() -> None:
    for _ in range(3):
        limits.allow(THREE, "192.0.2.1", NOW)
    assert limits.allow(THREE, "192.0.2.1", NOW)
    assert limits.allow(THREE, "192.0.2.2", NOW) is None
    assert limits.allow(Scope("other", 3, timedelta(minutes=1)), "192.0.2.1", NOW) is None


def test_a_household_of_ipv6_is_one_visitor() -> None:
    for host in range(3):
        assert limits.allow(THREE, f"2001:db8:1:1::{host}", NOW) is None
    assert limits.allow(THREE, "2001:db8:1:1:ffff::9", NOW)
    assert limits.allow(THREE, "2001:db8:1:2::1", NOW) is None
    for _ in range(3):
        limits.allow(THREE, "192.0.2.3", NOW)
    assert limits.allow(THREE, "::ffff:192.0.2.3", NOW), "the same visitor in another spelling"


@examples(max_examples=40)
@given(
    at_once=st.integers(1, 6),
    every=st.integers(1, 90),
    steps=st.lists(st.integers(0, 200), max_size=25),
    start=st.integers(0, 10**6),
)
def test_in_any_span_no_more_are_allowed_than_the_scope_says(
    at_once: int, every: int, steps: list[int], start: int
) -> None:
    scope, visitor = Scope("any", at_once, timedelta(seconds=every)), f"visitor {start} {at_once} {every} {steps}"
    limits.forget()
    moment, allowed = start, []
    for step in steps:
        moment += step
        wait = limits.allow(scope, visitor, datetime.fromtimestamp(moment, UTC))
        if wait is None:
            allowed.append(moment)
        else:
            assert 1 <= wait.seconds <= every
            free = moment + wait.seconds
            assert limits.allow(scope, visitor, datetime.fromtimestamp(free, UTC)) is None, "the wait is long enough"
            allowed.append(free)
            moment = free
    for first in range(len(allowed)):
        for last in range(first, len(allowed)):
            assert last - first + 1 <= at_once + (allowed[last] - allowed[first]) / every + 1e-9


def test_all_processes_share_one_account(account: Path) -> None:
    code = (
        "from datetime import UTC, datetime, timedelta; from django.conf import settings;"
        f"settings.configure(SECRET_KEY='one for both', LIMITS_FILE={str(account)!r});"
        "from mingtang.trace import limits;"
        "scope = limits.Scope('crowd', 100, timedelta(hours=1)); moment = datetime(2026, 3, 2, 9, tzinfo=UTC);"
        "print(sum(limits.allow(scope, '192.0.2.1', moment) is None for _ in range(70)))"
    )
    processes = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    counted = [int(process.communicate(timeout=60)[0]) for process in processes]
    assert sum(counted) == 100


def test_all_threads_share_one_account() -> None:
    scope = Scope("crowd", 50, timedelta(hours=1))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: limits.allow(scope, "192.0.2.1", NOW), range(200)))
    assert answers.count(None) == 50


def test_what_is_kept_names_nobody_and_is_forgotten(account: Path) -> None:
    limits.allow(THREE, "192.0.2.77", NOW)
    [(key, full_at)] = rows(account)
    assert len(key) == 16 and full_at == (NOW + timedelta(minutes=1)).timestamp()
    assert b"192.0.2.77" not in account.read_bytes()
    assert account.stat().st_mode & 0o777 == 0o600
    limits.allow(THREE, "192.0.2.78", NOW + timedelta(minutes=2))
    assert key not in dict(rows(account))


def test_the_account_stays_small(account: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST", 10)
    for number in range(50):
        limits.allow(THREE, f"192.0.2.{number}", NOW + timedelta(milliseconds=number))
    last = NOW + timedelta(seconds=limits.SWEEP / 2)
    monkeypatch.setattr(limits, "SWEEP", 0.0)
    limits.allow(THREE, "198.51.100.1", last)
    assert len(rows(account)) == 10


def test_a_clock_that_is_put_back_shuts_nobody_out() -> None:
    for _ in range(3):
        limits.allow(THREE, "192.0.2.1", NOW)
    earlier = NOW - timedelta(days=400)
    assert limits.allow(THREE, "192.0.2.1", earlier) == Wait(60)
    assert limits.allow(THREE, "192.0.2.1", earlier + timedelta(minutes=3)) == Wait(60)
    wait = limits.allow(THREE, "192.0.2.9", earlier)
    assert wait is None


def test_a_damaged_account_is_put_away_and_begun_anew(account: Path, caplog: pytest.LogCaptureFixture) -> None:
    account.write_bytes(b"no database at all" * 1000)
    assert limits.allow(THREE, "192.0.2.1", NOW) is None
    assert "请求已放行" in caplog.text and "192.0.2.1" not in caplog.text
    assert [limits.allow(THREE, "192.0.2.1", NOW) for _ in range(4)] == [None, None, None, Wait(60)]


def test_an_account_that_is_removed_while_it_is_open_is_begun_anew(account: Path) -> None:
    limits.allow(THREE, "192.0.2.1", NOW)
    account.unlink()
    assert [limits.allow(THREE, "192.0.2.1", NOW) for _ in range(4)] == [None, None, None, Wait(60)]


def test_where_nothing_can_be_written_the_request_is_allowed(settings: Any, tmp_path: Path) -> None:
    settings.LIMITS_FILE = tmp_path / "absent" / "limits.sqlite3"
    assert [limits.allow(THREE, "192.0.2.1", NOW) for _ in range(5)] == [None] * 5


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, "1 秒"), (61, "2 分钟"), (3600, "1 小时"), (90_000, "25 小时")],
)
def test_the_wait_is_said_in_words(seconds: int, said: str) -> None:
    assert Wait(seconds).said == f"请在 {said}后再试。"
    assert Wait(seconds).headers == {"Retry-After": str(seconds)}
