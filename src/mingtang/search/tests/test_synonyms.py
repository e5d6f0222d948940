"""The openness office keeps groups of synonyms; everybody else may not."""

import pytest
from django.test import Client

from mingtang.bodies.errors import NotPermitted
from mingtang.search import actions, queries
from mingtang.search.errors import SynonymsRefused
from mingtang.search.models import Synonyms
from mingtang.trace import queries as trace
from tests.county import MORNING, Place


def test_a_group_is_kept_in_one_spelling_and_leaves_its_trace(place: Place) -> None:
    group = actions.keep_synonyms(["低保", "最低生活保障", "低 保"], actor=place.clerk, moment=MORNING)
    assert group.words == ["低保", "最低生活保障"]
    assert queries.synonyms() == {"低保": ("最低生活保障",), "最低生活保障": ("低保",)}
    assert [event.verb for event in trace.history(group)] == ["search.synonyms_kept"]


def test_a_group_is_changed_and_dropped(place: Place) -> None:
    group = actions.keep_synonyms(["低保", "最低生活保障"], actor=place.clerk, moment=MORNING)
    actions.keep_synonyms(["低保", "低保金"], actor=place.clerk, moment=MORNING, group=group)
    assert Synonyms.objects.get().words == ["低保", "低保金"]
    actions.drop_synonyms(group, actor=place.clerk, moment=MORNING)
    assert queries.synonyms() == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [(["低保"], "至少"), (["低保", "低 保"], "至少"), (["低保", "保"], "“保”的长度"), (["低保", "字" * 21], "长度"),
     ([f"词语{n}" for n in range(13)], "最多"), (["公租房", "低保金"], "已在另一组")],
)  # fmt: skip
def test_an_unfit_group_is_refused_with_the_reason(place: Place, words: list[str], said: str) -> None:
    actions.keep_synonyms(["公租房", "公共租赁住房"], actor=place.clerk, moment=MORNING)
    with pytest.raises(SynonymsRefused, match=said):
        actions.keep_synonyms(words, actor=place.clerk, moment=MORNING)


def test_only_the_office_may(place: Place, client: Client) -> None:
    with pytest.raises(NotPermitted):
        actions.keep_synonyms(["低保", "低保金"], actor=place.writer, moment=MORNING)
    group = actions.keep_synonyms(["低保", "低保金"], actor=place.clerk, moment=MORNING)
    client.force_login(place.writer)
    for address in ("/desk/search/synonyms/", f"/desk/search/synonyms/{group.pk}/"):
        assert client.get(address).status_code in (302, 403)
    assert client.post(f"/desk/search/synonyms/{group.pk}/drop/").status_code in (302, 403)
    assert Synonyms.objects.exists()


def test_the_screen_adds_changes_refuses_and_drops(place: Place, client: Client) -> None:
    client.force_login(place.clerk)
    home = "/desk/search/synonyms/"
    assert "还没有同义词" in client.get(home).content.decode()
    client.post(home, {"words": "低保、最低生活保障"})
    group = Synonyms.objects.get()
    assert "低保、最低生活保障" in client.get(home).content.decode()
    refused = client.post(home, {"words": "低保，吃低保"})
    assert refused.status_code == 400 and "已在另一组" in refused.content.decode()
    client.post(f"{home}{group.pk}/", {"words": "低保 低保金"})
    assert Synonyms.objects.get().words == ["低保", "低保金"]
    client.post(f"{home}{group.pk}/drop/")
    assert not Synonyms.objects.exists()
