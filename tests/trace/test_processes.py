"""Several writers at once keep the numbers without gaps; a reader that is killed repeats nothing and misses nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from tests.servers.postgres import create_database

BEGIN = """
import os, signal, sys, threading
from datetime import UTC, datetime
import django
django.setup()
from django.db import connection, transaction
from mingtang.trace import readers
from mingtang.trace.actions import record
from mingtang.trace.errors import OutsideTransaction
from mingtang.trace.models import Cursor, Event
from mingtang.trace.queries import verify

MOMENT = datetime(2024, 6, 3, tzinfo=UTC)

def write(count, actor):
    for number in range(count):
        with transaction.atomic():
            record("a.done", f"thing:{number}", actor=actor, moment=MOMENT)
    connection.close()
"""

Start = Callable[[str], subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """`start(script)`: a process on a database of this test's own, which holds the stream and nothing else."""
    environment = os.environ | {"MINGTANG_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "mingtang.config.settings"}
    if server := os.environ.get("DATABASE_URL"):
        environment["DATABASE_URL"] = create_database(server, f"trace_{os.getpid()}_{abs(hash(tmp_path))}")

    def begin(script: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", BEGIN + dedent(script)]
        return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    run(begin("from django.core.management import call_command; call_command('migrate', 'trace', verbosity=0)"))
    return begin


def run(process: subprocess.Popen[str]) -> str:
    out, error = process.communicate(timeout=180)
    assert process.returncode == 0, error
    return out.strip()


def test_an_event_outside_a_transaction_is_refused(start: Start) -> None:
    said = run(
        start("""
        try:
            record("a.done", "thing:1", actor="user:1", moment=MOMENT)
        except OutsideTransaction as error:
            print(error, Event.objects.count())
        """)
    )
    assert said == "事件须与行为写在同一事务中。 0"


def test_processes_that_write_at_once_share_one_order_without_gaps(start: Start) -> None:
    writers = [start(f"write(40, 'user:{n}')") for n in range(4)]
    for writer in writers:
        run(writer)
    assert run(start("print(verify(), len(set(Event.objects.values_list('actor', flat=True))))")) == "160 4"


def test_threads_that_write_at_once_share_one_order_without_gaps(start: Start) -> None:
    said = run(
        start("""
        threads = [threading.Thread(target=write, args=(25, f"user:{n}")) for n in range(4)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        print(verify())
        """)
    )
    assert said == "100"


READER = """
def handle(events):
    for event in events:
        Cursor.objects.create(reader=f"seen:{event.seq}", seq=event.seq)
        if DIES_AT and event.seq == DIES_AT:
            os.kill(os.getpid(), signal.SIGKILL)

readers.register(readers.Reader("test", handle, batch=7))
readers.catch_up("test")
seen = sorted(c.seq for c in Cursor.objects.filter(reader__startswith="seen:"))
print(seen == list(range(1, 51)))
"""


@pytest.mark.parametrize("dies_at", [1, 7, 8, 25, 50])
def test_a_reader_killed_in_the_middle_goes_on_where_its_last_whole_batch_ended(start: Start, dies_at: int) -> None:
    run(start("write(50, 'user:1')"))
    killed = start(f"DIES_AT = {dies_at}\n" + READER)
    killed.communicate(timeout=180)
    assert killed.returncode == -signal.SIGKILL
    whole = run(start("print(Cursor.objects.filter(reader__startswith='seen:').count())"))
    assert int(whole) == (dies_at - 1) // 7 * 7
    assert run(start("DIES_AT = 0\n" + READER)) == "True"


def test_two_runs_of_one_reader_do_not_handle_an_event_twice(start: Start) -> None:
    run(start("write(50, 'user:1')"))
    both = [start("DIES_AT = 0\n" + READER) for _ in range(2)]
    for each in both:
        run(each)
    assert run(start("print(Cursor.objects.filter(reader__startswith='seen:').count())")) == "50"
