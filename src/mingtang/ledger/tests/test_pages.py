"""What the public reads: every item in plain words with its evidence, nothing internal."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.test import Client

from mingtang.bodies.models import Body
from mingtang.ledger import actions, pages, public
from mingtang.ledger.models import Assignment, Evidence, Ledger
from mingtang.ledger.tests.conftest import MOMENT, TODAY, County, later
from mingtang.portal.rendering import render
from mingtang.trace.pages import registered

Duty = Callable[[Body, str], Assignment]
INTERNAL = ("演示股长", "内部措施", "内部进展", "内部理由", "内部说明")


def _worked(duty: Duty, county: County) -> None:
    """One duty done with public proof, one with internal papers only."""
    plan = {"responsible": "演示股长", "measures": "内部措施", "planned_on": date(2024, 6, 20)}
    one, two = duty(county.education, "招生"), duty(county.education, "访谈")
    actions.accept([one, two], **plan, actor=county.teacher, moment=MOMENT)
    actions.report(one, percent=80, text="内部进展", actor=county.teacher, moment=MOMENT)
    actions.upload(
        one, title="招生目录网页", note="内部说明", link="https://example.cn/a", public=True, actor=county.teacher,
        moment=MOMENT,
    )  # fmt: skip
    actions.upload(
        two, title="未公开的纪要", note="内部说明", link="https://example.cn/b", actor=county.teacher, moment=MOMENT
    )
    actions.complete(one, actor=county.head, moment=later(1))
    actions.object_to(duty(county.health, "访谈"), reason="内部理由", actor=county.nurse, moment=MOMENT)


def _html(page: Any, path: str) -> str:
    return render(page, path).decode()


def _data(name: str, **arguments: int) -> str:
    """What the source of that name publishes as data."""
    return _html(next(source for source in registered() if source.name == name).page(**arguments), "index.json")


def test_every_item_has_its_state_in_words_and_its_evidence_as_links(
    issued: Ledger, county: County, duty: Duty
) -> None:
    _worked(duty, county)
    entries = public.read(issued, on=TODAY).entries
    assert public.standing_of(issued, on=TODAY) == public.read(issued, on=TODAY).standing
    assert [entry.standing.words for entry in entries] == ["进行中", "进行中", "尚未开始"]
    page = _html(pages.item_page(2024, 1), "ledger/2024/1/")
    assert 'href="https://example.cn/a"' in page
    assert "招生目录网页" in page


def test_nothing_internal_is_public_on_any_page_or_in_the_data(issued: Ledger, county: County, duty: Duty) -> None:
    _worked(duty, county)
    texts = [_html(pages.ledgers_page(), "ledger/"), _html(pages.ledger_page(2024), "ledger/2024/")]
    texts += [_html(page, "ledger/") for _, page in pages.every_item()]
    texts += [_data("ledgers.json"), _data("ledger.json", year=2024)]
    texts += [_data("ledger_item.json", year=2024, number=number) for number in (1, 2, 3)]
    for text in texts:
        assert not [word for word in (*INTERNAL, "未公开的纪要") if word in text]


def test_the_picture_says_in_text_what_it_draws(issued: Ledger, county: County, duty: Duty) -> None:
    _worked(duty, county)
    page = _html(pages.ledger_page(2024), "ledger/2024/")
    assert "1/2" in page
    assert "个单位任务已完成" in page
    content = page[page.index("<main") : page.index("</main>")]
    assert "<script" not in content
    assert "style=" not in content


def test_the_data_counts_as_the_page_does(issued: Ledger, county: County, duty: Duty) -> None:
    _worked(duty, county)
    value = json.loads(_data("ledger.json", year=2024))
    assert value["standing"]["total"] == 10
    assert value["standing"]["done"] == 1
    assert [item["number"] for item in value["items"]] == [1, 2, 3]


def test_overdue_is_said_on_the_day_after(issued: Ledger) -> None:
    assert public.read(issued, on=date(2024, 6, 9)).standing.overdue == 0
    assert public.read(issued, on=date(2024, 6, 10)).standing.overdue == 3


def test_a_draft_is_not_public(draft: Ledger) -> None:
    assert pages.ledger_page(2024) is None
    assert list(pages.every_item()) == []


def test_the_pages_are_served_where_the_registry_says(issued: Ledger) -> None:
    client = Client()
    for path in ("/ledger/", "/ledger/2024/", "/ledger/2024/2/", "/ledger/2024/index.json"):
        assert client.get(path).status_code == 200
    assert client.get("/ledger/2023/").status_code == 404


def test_reading_a_ledger_needs_a_fixed_number_of_queries(
    issued: Ledger, county: County, django_assert_max_num_queries: Any
) -> None:
    Evidence.objects.bulk_create(
        Evidence(assignment=one, source="event", thing=f"x:{one.pk}", title="t", reason="r", on=TODAY, made_at=MOMENT)
        for one in issued.assignments.all()
    )
    with django_assert_max_num_queries(9):
        public.read(issued, on=TODAY)
