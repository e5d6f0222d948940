"""The notice's item on local standards is met by a year of requests: what the ledger wants, and what foi claims."""

from datetime import UTC, datetime
from pathlib import Path

from mingtang import text
from mingtang.foi import evidence
from mingtang.ledger import building, wants
from mingtang.ledger.matching import match
from mingtang.trace.models import Event


def test_item_twelve_of_the_real_notice_is_met_by_a_years_requests(cases: Path) -> None:
    notice = text.read_bytes((cases / "seed-notice.txt").read_bytes())
    headings = list(building.headings_of(text.extract_ledger(notice)))
    known = wants.Notice.of(headings)
    twelve = next(heading for heading in headings if heading.number == 12)
    numbers = {"year": 2022, "received": 5, "answered": 5, "in_time": 5, "open": 0}
    event = Event(
        seq=1, moment=datetime(2022, 12, 1, tzinfo=UTC), verb=evidence.COUNTED, thing="foi.year:jyj-2022", body="jyj",
        data=numbers,
    )  # fmt: skip
    claim = evidence.claim(event)
    assert all(match(claim, known.wants_of(twelve.title, task)) for _part, task in twelve.tasks)
    assert twelve.tasks
