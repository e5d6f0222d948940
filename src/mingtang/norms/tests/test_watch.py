"""What the library watches: warnings, the check of citations, table 1, and two hundred documents on random days."""

import hashlib
import random
from datetime import date, timedelta
from itertools import pairwise

from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingtang.law.validity import Standing
from mingtang.norms import actions, checks, queries, statistics, warnings
from mingtang.norms.actions import Intake, Named
from mingtang.norms.models import Norm, Reference
from mingtang.norms.tests.conftest import TEXT, Library
from mingtang.norms.warnings import Matters
from mingtang.records.models import Record, Relation, RelationKind
from mingtang.review.checks import Severity
from mingtang.trace import statistics as registry
from tests.county import MORNING, Place

JULY = date(2024, 7, 1)


def matters(day: date, norm: Norm) -> dict[Matters, str]:
    return {each.matter: each.note for each in warnings.of(day) if each.norm == norm}


def test_a_norm_warns_of_its_term_its_filing_its_interpretation_and_its_ground(library: Library):
    basis = library.published("云岭旗学校安全条件办法（演示）")
    norm = library.published(expires_on=date(2024, 12, 31))
    place = library.place
    named = [Named(title=basis.title), Named(title="中华人民共和国教育法", clause="第二十九条")]
    actions.refer(norm, Reference.Role.BASIS, named, actor=place.writer, moment=MORNING)
    assert [row.to for row in queries.cites(norm)] == [basis, None]
    assert matters(date(2024, 6, 5), norm) == {}
    library.acted(basis, "repealed", JULY)
    found = matters(date(2024, 7, 10), norm)
    assert set(found) == {Matters.EXPIRING, Matters.FILING, Matters.BASIS, Matters.UNINTERPRETED}
    assert "180日内" in found[Matters.EXPIRING]
    assert "30日内" in matters(date(2024, 12, 5), norm)[Matters.EXPIRING]
    actions.file_above(norm, filed_on=date(2024, 6, 12), to="旗人民政府（演示）", actor=place.writer, moment=MORNING)
    reading = place.draft(title="一图读懂校车管理办法（演示）")
    Relation.objects.create(record=reading, kind=RelationKind.INTERPRETS, to=norm)
    Record.objects.filter(pk=reading.pk).update(state="published", published_at=MORNING)
    assert set(matters(date(2024, 7, 10), norm)) == {Matters.EXPIRING, Matters.BASIS}
    assert warnings.of(date(2024, 7, 10), [place.health]) == []


def test_warnings_ask_a_fixed_number_of_queries(library: Library):
    asked = []
    for more in (2, 6):
        for _ in range(more):
            library.published(expires_on=date(2024, 7, 31))
        with CaptureQueriesContext(connection) as queries_asked:
            found = warnings.of(date(2024, 7, 10))
        asked.append(len(queries_asked))
        assert len(found) >= more
    assert asked == [5, 5]


def test_a_text_that_cites_wrongly_is_told(library: Library):
    norm, gone = library.published("云岭旗校车管理办法（演示）"), library.published("云岭旗食堂管理办法（演示）")
    library.acted(gone, "repealed", date(2024, 6, 2))
    text = (
        "<p>依据《云岭旗校车管理办法（演示）》第三条和《云岭旗校车管理办法（演示）》第八条，参照《云岭旗食堂管理办法（演示）》"
        "（云教规〔2024〕9号），并按云教规〔2024〕77号、云教规(2024)1号和国办发〔2018〕37号执行。</p>"
    )
    draft = library.place.draft(text=text)
    told = {finding.mend: finding.severity for finding in checks.find(draft)}
    assert set(told.values()) == {Severity.WARN}
    wanted = (
        "没有第八条",
        "的文号是“云教规〔2024〕2号”",
        "已废止",
        "没有“云教规〔2024〕77号”",
        "写法不规范",
        "没有“云教规〔2024〕9号”",
    )
    assert [each for each in wanted if not any(each in mend for mend in told)] == [], told
    assert len(told) == len(wanted)
    assert not any("37号" in mend or "第三条" in mend for mend in told)
    assert list(checks.find(library.place.draft(text=f"<p>依据《{norm.title}》第二条办理。</p>"))) == []


def test_table_1_counts_what_the_library_holds(library: Library):
    norm = library.published()
    library.published(kind="regulation")
    library.published(made_on=date(2023, 12, 1), effective_on=date(2024, 1, 1))
    library.acted(norm, "repealed", date(2024, 6, 2))
    documents, regulations = statistics.DOCUMENTS, statistics.REGULATIONS
    assert registry.statistic("norms.documents").count(2024, None) == {
        (documents, "made"): 1, (documents, "repealed"): 1, (documents, "valid"): 1,
        (regulations, "made"): 1, (regulations, "valid"): 1,
    }  # fmt: skip
    assert registry.statistic("norms.documents").count(2023, None) == {(documents, "made"): 1}
    assert [thing.ref for thing in statistics.things(2024, ["jyj"], documents, "repealed")] == [
        f"records.record:{norm.pk}"
    ]
    assert statistics.count(2024, ["wjw"]) == {}


def _stock(place: Place, chance: random.Random) -> list[Norm]:
    batch = [
        Intake(
            title=f"云岭旗综合管理办法之{number}（演示）", body=chance.choice([place.education, place.health]),
            column=place.column, topic="J02", made_on=(made := date(2012, 1, 1) + timedelta(days=number * 7)),
            effective_on=made + timedelta(days=chance.randrange(60)), text=TEXT, source="旧网站（演示）",
            expires_on=made + timedelta(days=365 * chance.randrange(2, 6)) if chance.random() < 0.4 else None,
            source_digest=hashlib.sha256(str(number).encode()).hexdigest(),
            joint=("旗人民检察院（演示）",) if chance.random() < 0.2 else (),
        )
        for number in range(200)
    ]  # fmt: skip
    taken = actions.take_in(batch, actor=place.clerk, moment=MORNING)
    return list(Norm.objects.filter(pk__in=taken.added).order_by("pk"))


def _slowly(norm: Norm, acts: list[tuple[date, str, date | None]], day: date) -> str | None:
    """What a document was worth on a day, by living through its acts one after another."""
    assert norm.made_on is not None
    assert norm.effective_on is not None
    if day < norm.made_on:
        return None
    if day < norm.effective_on:
        return "not_yet"
    end, worth = norm.expires_on, "valid"
    for on, kind, until in sorted(acts, key=lambda act: act[0]):
        if on > day or (end is not None and on > end):
            break
        if kind == "repealed":
            return "repealed"
        worth = "amended" if kind == "amended" else worth
        end = until if kind == "extended" else end
    return "lapsed" if end is not None and day > end else worth


def test_two_hundred_documents_are_worth_on_a_thousand_days_what_a_slow_computation_says(place: Place):
    chance = random.Random(200)
    norms = _stock(place, chance)
    acts: dict[int, list[tuple[date, str, date | None]]] = {norm.pk: [] for norm in norms}
    for start in range(0, 100, 20):  # chains: each amends the one before it, five deep; the last repeals the first
        chain = norms[start : start + 6]
        for former, later in pairwise(chain):
            _try(place, acts, former, "amended", later, None)
        _try(place, acts, chain[0], "repealed", chain[5], None)
    for norm in norms[120:180:3]:
        if norm.expires_on is not None:
            _try(place, acts, norm, "extended", None, norm.expires_on + timedelta(days=chance.randrange(30, 900)))
    assert sum(map(len, acts.values())) >= 20
    days = [date(2011, 12, 1) + timedelta(days=chance.randrange(5000)) for _ in range(20)]
    compared = 0
    for day in days:
        held = {norm.pk: norm.standing for norm in queries.catalogue(day, queries.Filters(standings=()))}  # type: ignore[attr-defined]
        for norm in chance.sample(norms, 50):
            assert held.get(norm.pk) == _slowly(norm, acts[norm.pk], day), (norm, day)
            compared += 1
        assert sum(queries.counts(day).values()) == len(held)
    assert compared == 1000


def _try(
    place: Place,
    acts: dict[int, list[tuple[date, str, date | None]]],
    norm: Norm,
    kind: str,
    by: Norm | None,
    until: date | None,
) -> None:
    """Act on a norm where it can bear it."""
    assert norm.effective_on is not None
    day = max(norm.effective_on, by.effective_on or norm.effective_on) if by else norm.effective_on + timedelta(days=9)
    day = max([day, *(on for on, _kind, _until in acts[norm.pk])])
    span = queries.validity_at(norm, day)
    if span is None or span.standing in (Standing.LAPSED, Standing.REPEALED):
        return
    actions.act(norm, kind, effective_on=day, by=by, until=until, actor=place.clerk, moment=MORNING)
    acts[norm.pk].append((day, kind, until))


def test_the_catalogue_is_narrowed_asked_as_of_any_day_and_asks_two_queries(library: Library):
    place = library.place
    norm = library.published("云岭旗校车管理办法（演示）", joint=[place.health], expires_on=date(2024, 8, 31))
    other = library.published("云岭旗食堂管理办法（演示）", effective_on=date(2024, 7, 1), topic="A01")
    library.acted(norm, "amended", date(2024, 6, 10), by=other)
    with CaptureQueriesContext(connection) as asked:
        assert queries.counts(date(2024, 6, 20)) == {
            "not_yet": 1, "valid": 0, "amended": 1, "repealed": 0, "lapsed": 0,
        }  # fmt: skip
        assert [each.title for each in queries.catalogue(date(2024, 6, 20))] == [norm.title]
    assert len(asked) == 2
    by_joint = queries.Filters(bodies=["wjw"], standings=())
    assert list(queries.catalogue(date(2024, 9, 1), by_joint)) == [norm]
    assert list(queries.catalogue(date(2024, 9, 1))) == [other]
    assert list(queries.catalogue(date(2024, 9, 1), queries.Filters(topic="A", words="食堂", year=2024))) == [other]
    whats = [(moment.on, moment.what) for moment in queries.timeline(norm)]
    assert whats[-2:] == [(date(2024, 6, 10), "修改"), (date(2024, 9, 1), "有效期届满，失效")]
    assert queries.last_day(norm) == date(2024, 8, 31)
    assert ("修改《云岭旗校车管理办法（演示）》") in [moment.what for moment in queries.timeline(other)]
