"""Search finds better than what a database brings along, on topics that nobody looked at while tuning."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.search import LIKE, OURS, OURS_PLAIN, TRIGRAMS, WORDS, Quality, quality
from mingtang.search import finding, plan
from mingtang.search.engines.local import LocalIndex
from mingtang.search.index import Filters, Place
from mingtang.text.segment import segmenter
from tests.search import judged, peers


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Quality]:
    """Every engine that needs no server, over the queries kept out of tuning."""
    documents = judged.documents()
    entries = [document.entry for document in documents]
    words, root = segmenter(judged.lexicon()), tmp_path_factory.mktemp("index")
    index = LocalIndex(Path(root))
    index.rebuild(judged.lexicon(), lambda writing: writing.put(entries), lambda _writing: Place(0, ""))

    def ours(known: plan.Synonyms) -> peers.Search:
        return lambda typed: finding.find(index, plan.read(typed, words, known), Filters(), today=judged.TODAY).keys

    searches = {
        OURS: ours(judged.synonyms()), OURS_PLAIN: ours({}), WORDS: peers.words_in_sqlite(entries, words),
        TRIGRAMS: peers.trigrams_in_sqlite(entries), LIKE: peers.like_in_sqlite(entries),
    }  # fmt: skip
    asked = [query for query in judged.queries(documents) if query.is_kept_out]
    return {name: quality(name, search, asked) for name, search in searches.items()}


def test_the_judged_set_is_large_and_half_of_it_kept_out() -> None:
    queries = list(judged.queries(judged.documents()))
    assert len(queries) >= 400
    assert sum(query.is_kept_out for query in queries) * 2 == len(queries)
    assert all(query.grades for query in queries), "every query has an answer"


def test_the_measures_know_the_best_and_the_worst_order() -> None:
    grades = {1: 3, 2: 2, 3: 1}
    assert judged.ndcg([1, 2, 3], grades) == 1.0
    assert judged.ndcg([9, 8, 7], grades) == 0.0
    assert 0.0 < judged.ndcg([3, 2, 1], grades) < 1.0
    assert judged.reciprocal_rank([9, 3, 2], grades) == pytest.approx(1 / 3)


def test_ours_finds_better_than_every_peer(measured: Mapping[str, Quality]) -> None:
    ours, without = measured[OURS], measured[OURS_PLAIN]
    assert ours.ndcg > 0.9 and ours.mrr > 0.95
    for name in (WORDS, TRIGRAMS, LIKE):
        assert ours.ndcg > measured[name].ndcg + 0.2, name
        assert without.plain > measured[name].plain + 0.08, f"{name}, also without synonyms, on plain queries"


@pytest.mark.parametrize(
    ("kind", "least"),
    [("number", 0.99), ("title", 0.98), ("within", 0.98), ("in force", 0.95), ("pinyin", 0.9), ("traditional", 0.9),
     ("slip", 0.9)],
)  # fmt: skip
def test_each_way_of_asking_finds(measured: Mapping[str, Quality], kind: str, least: float) -> None:
    assert measured[OURS].by_kind[kind] >= least
