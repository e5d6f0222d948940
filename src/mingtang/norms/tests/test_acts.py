"""Acts on a norm: validity follows them, contradictions are refused in words, and the database refuses the rest."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from mingtang.bodies.errors import NotPermitted
from mingtang.norms import actions
from mingtang.norms.errors import Circular, NormsError, NotStanding, Refused
from mingtang.norms.models import Act, Norm, Period
from mingtang.norms.tests.conftest import FORCE, Library
from mingtang.records import actions as records
from mingtang.records.errors import Incomplete, WrongState
from mingtang.records.models import Record, RelationKind
from mingtang.trace.models import Event
from mingtang.trace.queries import history, verify
from tests.county import MORNING

JULY = date(2024, 7, 1)


def verbs(norm: Norm) -> list[str]:
    return list(history(Record(pk=norm.pk)).values_list("verb", flat=True))


def test_a_norm_goes_out_valid_with_its_periods_and_the_day_of_its_filing(library: Library):
    norm = library.published(expires_on=date(2029, 5, 31))
    assert (norm.state, norm.validity) == ("published", "valid")
    assert norm.filing_due == date(2024, 6, 18)
    assert list(norm.periods.values_list("standing", flat=True)) == ["not_yet", "valid", "lapsed"]
    assert verbs(norm)[:3] == ["records.drafted", "norms.stated", "norms.registered"]
    assert verbs(norm)[-2:] == ["records.published", "norms.entered"]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"legality_on": None}, "合法性审核"),
        ({"decided_at": ""}, "集体审议"),
        ({"no_comment_reason": ""}, "征求意见"),
    ],
)
def test_nothing_goes_out_that_was_not_made_as_asked(library: Library, facts: dict[str, Any], told: str):
    norm = library.made(library.draft(), **facts)
    with pytest.raises(Incomplete, match=told):
        library.place.signed(norm)


def test_the_database_itself_refuses_a_public_norm_without_review_or_text(library: Library):
    norm = library.published()
    for change in ({"legality_on": None}, {"decided_at": ""}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Norm.objects.filter(pk=norm.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Record.objects.filter(pk=norm.pk).update(text="")
    draft = library.draft()
    with pytest.raises(DatabaseError), transaction.atomic():
        Record.objects.filter(pk=draft.pk).update(state="published", published_at=MORNING)


def test_an_amendment_a_repeal_and_a_mistake_taken_back(library: Library):
    norm, by = library.published(), library.published("云岭旗校车管理若干规定（演示）")
    library.acted(norm, "amended", FORCE, by=by, clauses=["第二条"])
    assert norm.validity == "amended"
    repeal = library.acted(norm, "repealed", JULY, by=by)
    assert norm.validity == "amended", "not yet: the day is to come"
    assert actions.follow_the_day(MORNING + timedelta(days=28)) == 1
    norm.refresh_from_db()
    assert norm.validity == "repealed"
    assert "由《云岭旗校车管理若干规定（演示）》废止" in norm.change_note
    assert actions.follow_the_day(MORNING + timedelta(days=29)) == 0
    moment = MORNING + timedelta(days=30)
    actions.void(repeal, actor=library.place.clerk, moment=moment, reason="登记错了文件")
    norm.refresh_from_db()
    assert norm.validity == "amended"
    assert verbs(norm)[-9:] == [
        "norms.acted", "records.changed", "norms.turned", "norms.acted", "records.changed", "norms.turned",
        "norms.act_voided", "records.changed", "norms.turned",
    ]  # fmt: skip
    assert verify() == Event.objects.count()


def test_a_term_ends_by_itself_and_can_be_extended_before(library: Library):
    norm = library.published(expires_on=date(2024, 6, 30))
    library.acted(norm, "extended", date(2024, 6, 20), until=date(2024, 8, 31))
    assert actions.follow_the_day(MORNING + timedelta(days=40)) == 0
    assert actions.follow_the_day(MORNING + timedelta(days=90)) == 1
    norm.refresh_from_db()
    assert norm.validity == "lapsed"
    turned = history(norm).filter(verb="norms.turned").get()
    assert (turned.data["to"], turned.data["on"], turned.basis) == ("lapsed", "2024-09-01", ["norm-measures.term"])


def test_acts_that_contradict_are_refused_in_words(library: Library):
    norm, by = library.published(), library.published()
    refused: list[tuple[type[NormsError], str, dict[str, Any]]] = [
        (Refused, "自己", {"kind": "repealed", "day": JULY, "by": norm}),
        (Refused, "日期矛盾", {"kind": "repealed", "day": date(2024, 5, 1)}),
        (NotStanding, "自 2024-06-01 起施行", {"kind": "amended", "day": date(2024, 5, 25)}),
        (Refused, "没有第九条", {"kind": "amended", "day": JULY, "clauses": ["第九条"]}),
        (Refused, "没有载明有效期", {"kind": "extended", "day": JULY, "until": date(2025, 1, 1)}),
        (Refused, "由哪件文件替代", {"kind": "replaced", "day": JULY}),
        (Refused, "针对全文", {"kind": "replaced", "day": JULY, "by": by, "clauses": ["第一条"]}),
        (Refused, "只有“延长有效期”", {"kind": "amended", "day": JULY, "until": JULY}),
    ]
    for error, told, given in refused:
        with pytest.raises(error, match=told):
            library.acted(norm, given.pop("kind"), given.pop("day"), **given)
    assert Act.objects.count() == 0


def test_what_has_ended_bears_no_act_and_gives_none(library: Library):
    norm, by = library.published(), library.published()
    library.acted(norm, "repealed", JULY, by=by)
    with pytest.raises(NotStanding, match="不能再登记“修改”"):
        library.acted(norm, "amended", date(2024, 8, 1))
    with pytest.raises(NotStanding, match="不能再次终止"):
        library.acted(norm, "lapsed", date(2024, 6, 15))
    with pytest.raises(NotStanding, match="不能再据以"):
        library.acted(by, "amended", date(2024, 8, 1), by=norm)
    other = library.published()
    library.acted(other, "amended", date(2024, 9, 1))
    with pytest.raises(Refused, match="不能在此之前终止"):
        library.acted(other, "repealed", date(2024, 8, 1))


def test_replacement_never_comes_back_to_where_it_began(library: Library):
    first, second, third = library.published(), library.published(), library.published()
    library.acted(first, "replaced", JULY, by=second)
    library.acted(second, "replaced", date(2024, 8, 1), by=third)
    with pytest.raises(Circular, match="循环替代"):
        library.acted(third, "replaced", date(2024, 9, 1), by=first)


def test_the_database_refuses_acts_by_itself_two_ends_and_numbers_given_twice(library: Library):
    norm, other = library.published(), library.published()
    row = {"norm": norm, "kind": "repealed", "effective_on": JULY, "recorded_at": MORNING}
    with pytest.raises(IntegrityError), transaction.atomic():
        Act.objects.create(**row, by=norm)
    Act.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Act.objects.create(**(row | {"kind": "lapsed"}))
    with pytest.raises(IntegrityError), transaction.atomic():
        Norm.objects.filter(pk=other.pk).update(unified_number=norm.unified_number)
    with pytest.raises(Refused, match="已是"):
        actions.register(
            library.draft(), registration_number=norm.registration_number, unified_number="新号", registered_on=JULY,
            actor=library.place.clerk, moment=MORNING,
        )  # fmt: skip


def test_a_norm_that_goes_out_repeals_what_its_relations_name(library: Library):
    former = library.published()
    draft = library.made(library.draft("云岭旗校车管理办法（新）（演示）"))
    draft.relations.create(kind=RelationKind.REPLACES, to=former)
    records.save_draft(draft, actor=library.place.writer, moment=MORNING)
    library.place.signed(draft)
    former.refresh_from_db()
    act = former.acts.get()
    assert (former.validity, act.kind, act.by_id) == ("repealed", "replaced", draft.pk)


def test_only_the_office_acts_and_a_replacement_is_told_in_the_library(library: Library):
    norm, by = library.published(), library.published()
    for user in (library.place.writer, library.place.head, library.place.auditor):
        with pytest.raises(NotPermitted):
            actions.act(norm, "repealed", effective_on=JULY, actor=user, moment=MORNING)
    with pytest.raises(WrongState, match="文件库"):
        records.supersede(Record.objects.get(pk=norm.pk), by, actor=library.place.clerk, moment=MORNING)


def test_an_amended_text_keeps_facts_and_validity_out_of_its_revisions(library: Library):
    norm = library.published()
    norm.validity, norm.legality_by, norm.text = "repealed", "别处", norm.text.replace("专人", "两人")
    norm.change_note = "改了值守人数"
    records.save_draft(norm, actor=library.place.writer, moment=MORNING)
    library.place.signed(norm)
    norm = Norm.objects.get(pk=norm.pk)
    assert ("两人" in norm.text, norm.validity, norm.legality_by) == (True, "valid", "云岭旗司法局（演示）")
    assert Period.objects.filter(norm=norm).count() == 2
