"""From the baked files alone: every record page shows what the log holds, and any byte changed in it is found."""

import json
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from mingtang.portal.bake import bake
from mingtang.records import actions
from mingtang.records.models import Record
from mingtang.trace.log import builder
from mingtang.trace.log.site import verify_records
from mingtang.trace.log.verification import verify_log
from tests.county import MORNING, Place
from tests.portal.town import attach
from tests.trace.log.known import SCRIPT

pytestmark = pytest.mark.django_db
CHANGES = 240


class Town:
    """A log and a baked site: one record with a past text and a file, one plain, one withdrawn."""

    def __init__(self, place: Place, folder: Path) -> None:
        self.place, self.folder, self.log = place, folder, builder.public_folder()
        draft = place.draft(title="关于“校车”<安全>工作的通知（演示）")
        attach(draft, "清单.txt", b"list")
        self.changed = place.signed(draft)
        self.plain = place.published()
        self.withdrawn = place.published()
        self.amend(self.changed, "<p>第二版。</p>")
        actions.withdraw(
            self.withdrawn, actor=place.clerk, moment=MORNING + timedelta(days=2), reason="内容<有误>，撤下"
        )
        self.bake()

    def amend(self, record: Record, text: str) -> None:
        record.text, record.change_note = text, "更正"
        actions.save_draft(record, actor=self.place.writer, moment=MORNING + timedelta(days=1))
        self.place.signed(record, moment=MORNING + timedelta(days=1))

    def bake(self) -> None:
        builder.bring_up_to_date(MORNING)
        bake(self.folder / "site", MORNING)

    @property
    def site(self) -> Path:
        return (self.folder / "site/current").resolve()

    def faults(self) -> tuple[list[str], list[str]]:
        """What the platform's verifier and the standalone one find."""
        report = verify_log(self.log)
        if not report.faults:
            verify_records(self.site, self.log, report)
        options = SCRIPT.read_options([str(self.log), "--site", str(self.site)])
        found: list[str] = []
        try:
            SCRIPT.run(options, found)
        except (SCRIPT.Wrong, OSError, ValueError, KeyError, TypeError) as problem:
            found.append(str(problem))
        return [str(fault) for fault in report.faults], found


@pytest.fixture
def town(place: Place, tmp_path: Path) -> Iterator[Town]:
    with override_settings(HOME=tmp_path, SITE_ROOT=tmp_path / "site", PUBLIC_URL="https://portal.example"):
        builder.set_up()
        yield Town(place, tmp_path)


def test_a_site_as_it_was_baked_has_no_fault(town: Town) -> None:
    assert town.faults() == ([], [])


def test_any_single_byte_changed_in_log_contents_or_proofs_is_found_by_both(town: Town) -> None:
    records = town.site / "records"
    files = [
        *(file for file in town.log.rglob("*") if file.is_file()),
        *records.rglob("*.json"),
        *(town.site / "files").rglob("*.txt"),
    ]
    files = [file for file in files if file.name != "index.json"]
    assert len(files) >= 10
    chance = random.Random(20240603)
    missed: list[str] = []
    for _ in range(CHANGES):
        file = chance.choice(files)
        good = file.read_bytes()
        at, bit = chance.randrange(len(good)), 1 << chance.randrange(8)
        file.unlink()  # a release's files may be links to another's
        file.write_bytes(good[:at] + bytes([good[at] ^ bit]) + good[at + 1 :])
        for found, who in zip(town.faults(), ("mingtang", "standalone"), strict=True):
            if not found:
                missed.append(f"{who} {file.name} {at} {bit}")
        file.write_bytes(good)
    assert missed == []
    assert town.faults() == ([], [])


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("{changed}index.html", "第二版", "第三版"),
        ("{changed}index.html", "&lt;安全&gt;", "安全"),
        ("{changed}versions/1/index.html", "逐项", "逐条"),
        ("{withdrawn}index.html", "内容&lt;有误&gt;", "内容有误"),
    ],
)
def test_what_people_read_is_what_was_logged(town: Town, path: str, old: str, new: str) -> None:
    names = {name: f"records/{getattr(town, name).slug}/" for name in ("changed", "withdrawn")}
    file = town.site / path.format(**names)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.unlink()
    file.write_text(text.replace(old, new), encoding="utf-8")
    assert all(town.faults())


def test_a_withdrawn_text_put_back_a_record_removed_and_one_invented_are_found(town: Town) -> None:
    base = town.site / "records"
    (base / town.withdrawn.slug / "record.json").write_bytes((base / town.plain.slug / "record.json").read_bytes())
    assert all(town.faults())
    (base / town.withdrawn.slug / "record.json").unlink()
    proof = base / town.plain.slug / "proof.json"
    kept = proof.read_bytes()
    proof.unlink()
    assert all(town.faults())
    proof.write_bytes(kept)
    assert town.faults() == ([], [])
    invented = base / "jyj-2024-09999"
    invented.mkdir()
    bundle = json.loads(kept) | {"path": "records/jyj-2024-09999/"}
    (invented / "proof.json").write_text(json.dumps(bundle, ensure_ascii=False, indent=1), encoding="utf-8")
    assert all(town.faults())


def test_pages_behind_the_log_are_named_and_an_act_not_yet_signed_is_no_fault(town: Town) -> None:
    town.amend(town.plain, "<p>新版。</p>")
    bake(town.folder / "site", MORNING + timedelta(days=3))
    assert town.faults() == ([], []), "the newest act waits to be signed"
    builder.bring_up_to_date(MORNING)
    ours, alone = town.faults()
    assert "落后于日志" in ours[0] and "落后于日志" in alone[0]
    town.bake()
    assert town.faults() == ([], [])


def test_pages_proven_by_an_earlier_key_hold_after_rotation(town: Town) -> None:
    builder.rotate(MORNING)
    town.amend(town.plain, "<p>新版。</p>")
    town.bake()
    assert town.faults() == ([], [])
