"""Run by `test_whole.py` in a process of its own: acts are killed at every statement, or done by two at once.

Prints one JSON value. Each trial is a forked child that sends itself SIGKILL before its Nth statement; the parent then
looks whether everything or nothing is there, and tries again one statement further until a child comes through.
"""

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, connections
from django.utils import timezone

from mingtang.ledger import actions, building, evidence
from mingtang.ledger.models import Assignment, Evidence, Import, Item, Ledger, Task
from mingtang.ledger.tests.conftest import MOMENT, NOTICE, County, draft_of_the_notice, later
from mingtang.trace.actions import record
from mingtang.trace.models import Event

Act = Callable[[], object]
MOST = 400


@contextlib.contextmanager
def _killed_at(number: int) -> Iterator[None]:
    """Die before the statement of that number."""
    count = 0

    def execute(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        count += 1
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


def _child(act: Act) -> int:
    """Do an act in a forked child; returns its process id."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            act()
            status = 0
        finally:
            connections.close_all()
            os._exit(status)
    return pid


def _killed_everywhere(act: Act, look: Callable[[], Any]) -> dict[str, Any]:
    """Kill an act at each of its statements; `look` says what is there afterwards."""
    seen = []
    for number in range(1, MOST):

        def trial(number: int = number) -> None:
            with _killed_at(number):
                act()

        _, status = os.waitpid(_child(trial), 0)
        seen.append(look())
        if not os.WIFSIGNALED(status):
            return {"kills": number - 1, "after_kills": seen[:-1], "at_last": seen[-1], "status": status}
    return {"kills": MOST, "after_kills": seen, "at_last": None, "status": -1}


def _together(first: Act, second: Act) -> list[int]:
    """Do two acts at the same time; the exit status of each."""
    pids = [_child(act) for act in (first, second)]
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]


def _written() -> list[int]:
    """Ledgers, items, tasks, drafting events: what an import writes."""
    drafted = Event.objects.filter(verb="ledger.drafted").count()
    return [Ledger.objects.count(), Item.objects.count(), Task.objects.count(), drafted]


def _issued() -> list[int]:
    """Issued ledgers, duties, issuing events, fixed groups."""
    from mingtang.bodies.models import Expansion

    issued = Event.objects.filter(verb="ledger.issued").count()
    return [Ledger.objects.filter(state="issued").count(), Assignment.objects.count(), issued,
            Expansion.objects.count()]  # fmt: skip


def main() -> None:
    """Do all trials and print what was seen."""
    json.dump(_trials(), sys.stdout)


def _trials() -> dict[str, Any]:
    """All trials, in the order in which a notice lives."""
    county = County()
    notice = actions.receive(
        ContentFile(NOTICE.encode(), "a.txt"), body=county.office, actor=county.clerk, moment=MOMENT
    )
    found = {"import": _killed_everywhere(lambda: _read(notice.pk), _written)}
    ledger = building.build(draft_of_the_notice(), NOTICE, body=county.office, notice=None, moment=MOMENT)
    found["issue"] = _killed_everywhere(lambda: actions.issue(ledger, actor=county.clerk, moment=MOMENT), _issued)
    other = building.build(
        draft_of_the_notice(MOMENT.date().replace(year=2023)), NOTICE, body=county.office, notice=None, moment=MOMENT
    )
    found["two_issue"] = {"status": _together(*[lambda: actions.issue(other, actor=county.clerk, moment=MOMENT)] * 2)}
    found["two_issue"]["events"] = Event.objects.filter(verb="ledger.issued", thing=f"ledger.ledger:{other.pk}").count()
    found["two_confirm"] = _two_confirm(county)
    connections.close_all()
    return found


def _read(pk: int) -> None:
    actions.read(Import.objects.get(pk=pk), clock=timezone.now)


def _two_confirm(county: County) -> dict[str, Any]:
    from django.db import transaction

    data = {"title": "视频解读", "path": "records/r1/", "column": "a", "topic": "J", "genre": "interpretation",
            "form": "视频"}  # fmt: skip
    with transaction.atomic():
        record("records.published", "records.record:1", actor="system:test", body="jyj", moment=later(1), data=data)
    evidence.catch_up()
    one = Evidence.objects.filter(quota__form="视频").first()
    status = _together(*[lambda: actions.confirm(one, actor=county.teacher, moment=later(2))] * 2)
    confirmed = Event.objects.filter(verb="ledger.evidence_confirmed", data__evidence=one.pk).count()
    return {"status": status, "events": confirmed, "state": Evidence.objects.get(pk=one.pk).state}
