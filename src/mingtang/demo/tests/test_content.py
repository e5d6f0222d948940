"""What the demo says: the same seed the same words, everything marked, nothing that could be real."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from mingtang.bodies.models import Level, Role
from mingtang.demo import notice
from mingtang.demo.place import place
from mingtang.demo.plan import Plan
from mingtang.demo.writing import write
from mingtang.law.documents import credit_code_is_valid
from mingtang.records import classes, mongolian

DAY = date(2024, 6, 3)
MANY = range(400)


def test_the_same_seed_and_number_give_the_same_record_and_another_seed_another() -> None:
    assert [write(n, 1, DAY) for n in MANY] == [write(n, 1, DAY) for n in MANY]
    assert [write(n, 1, DAY) for n in MANY] != [write(n, 2, DAY) for n in MANY]


def test_every_record_has_its_place_and_classes() -> None:
    codes = {body.code for body in place().bodies}
    columns = {entry["slug"]: f"{entry['in']}/{entry['slug']}" if "in" in entry else entry["slug"]
               for entry in place().columns}  # fmt: skip
    known = classes.load()
    for text in (write(n, 1, DAY) for n in MANY):
        assert text.body in codes
        assert text.column in columns.values()
        assert text.topic in known.topics
        assert text.genre in known.genres
        assert text.form in known.forms


def test_everything_says_that_it_is_a_demo() -> None:
    assert all("演示" in text.title and "演示数据" in text.text for text in (write(n, 1, DAY) for n in MANY))
    assert all("演示" in body.name for body in place().bodies)
    assert all("演示" in post.name for post in place().posts)
    assert all("演示" in area.name for area in place().areas)


def test_a_small_demo_already_has_some_of_everything() -> None:
    texts = [write(n, 1, DAY) for n in range(60)]
    assert len({text.body for text in texts}) > 18
    assert len({text.column for text in texts}) > 15
    assert {text.form for text in texts} >= {"text", "chart", "video", "principal"}
    assert any(mongolian.is_in(write(n, 1, DAY).text) for n in range(30))


def test_titles_and_document_numbers_do_not_repeat() -> None:
    numbers = [text.document_number for text in (write(n, 1, DAY) for n in MANY) if text.document_number]
    assert len(set(numbers)) == len(numbers) > 40


def test_numbers_of_the_place_belong_to_nobody() -> None:
    assert all(area.code.startswith("99") for area in place().areas)
    codes = [body.credit_code for body in place().bodies if body.credit_code]
    assert all(code.startswith("11990001") and credit_code_is_valid(code) for code in codes)
    assert len(set(codes)) == len(codes)


def test_the_place_is_a_banner_with_all_that_the_notice_speaks_of() -> None:
    kinds = [body.kind for body in place().bodies]
    assert kinds.count("department") >= 12
    assert (kinds.count("sumu"), kinds.count("town"), kinds.count("subdistrict")) == (4, 4, 2)
    assert kinds.count("headquarters") == kinds.count("office") == kinds.count("government") == 1
    assert sum(body.level == Level.VILLAGE for body in place().bodies) >= 12
    assert {group["name"] for group in place().groups} >= {"旗直各部门", "苏木镇", "街道办", "各级各部门"}


def test_each_role_has_one_account_and_the_first_three_share_a_department() -> None:
    accounts = {post.role: post.body for post in place().posts if post.account}
    assert set(accounts) == set(Role)
    assert accounts[Role.PUBLISHER] == accounts[Role.REVIEWER] == accounts[Role.APPROVER]


@pytest.mark.parametrize("total", [1, 7, 120, 5000])
def test_records_go_out_in_order_within_office_hours(total: int) -> None:
    begins = datetime(2024, 1, 1, 3, 17, tzinfo=UTC)
    plan = Plan(1, 0, total, begins, begins + timedelta(days=365))
    moments = [plan.moment_of(number) for number in range(total)]
    assert moments == sorted(moments)
    assert all(plan.begins <= moment <= plan.ends for moment in moments)
    assert all(9 <= timezone.localtime(moment).hour < 17 for moment in moments[1:-1])


def test_the_notice_has_deadlines_before_and_after_the_day_it_is_first_seen() -> None:
    text = notice.text(DAY)
    assert "2024年6月3日" in text
    assert "演示" in text
    assert "{" not in text
