"""How well and how fast search finds, against SQLite FTS5 (words, trigrams), PostgreSQL's own ranking and LIKE.

Quality over the judged set of `tests.search.judged` (graded documents, half of the topics kept out of tuning): nDCG@10
and MRR. Speed with the same queries over more documents, every engine in one run, in this process. The peers are given
words cut by our segmenter and weights on titles. `python -m tests.servers.postgres python -m benchmarks.search`.
"""

import argparse
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.harness import Spread, spreads
from tests.search import judged, peers

OURS, OURS_PLAIN, OURS_POSTGRES = "ours (Tantivy)", "ours, no synonyms", "ours (PostgreSQL)"
WORDS, TRIGRAMS, POSTGRES, LIKE = "FTS5 words", "FTS5 trigrams", "PostgreSQL ts_rank", "LIKE"
#: Kinds of query that a plain full text search can be expected to answer.
PLAIN = ("words", "question", "number", "year", "in force", "within", "title")


def engines(documents: Sequence[judged.Document], home: Path, only: str = "") -> dict[str, peers.Search]:
    """Every engine over the documents whose name holds `only`; those on PostgreSQL only where `DATABASE_URL` is set."""
    import django

    os.environ["MINGTANG_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "mingtang.config.settings"
    django.setup()
    from mingtang.search import finding, plan
    from mingtang.search.engines.local import LocalIndex
    from mingtang.search.engines.postgres import PostgresIndex
    from mingtang.search.index import Filters, Index, Place
    from mingtang.text.segment import segmenter

    lexicon, entries = judged.lexicon(), [document.entry for document in documents]
    words, synonyms = segmenter(lexicon), judged.synonyms()

    def ours(index: Index, known: Mapping[str, tuple[str, ...]]) -> peers.Search:
        def search(typed: str) -> Sequence[int]:
            return finding.find(index, plan.read(typed, words, known), Filters(), today=judged.TODAY).keys

        return search

    @cache
    def local() -> Index:
        made = LocalIndex(home / "index")
        made.rebuild(lexicon, lambda writing: writing.put(entries), lambda _writing: Place(0, ""))
        return made

    def in_postgres() -> peers.Search:
        shared = PostgresIndex()
        shared.rebuild(lexicon, lambda writing: writing.put(entries), lambda _writing: Place(0, ""))
        return ours(shared, synonyms)

    url = os.environ.get("DATABASE_URL", "")
    makers: dict[str, Callable[[], peers.Search]] = {
        OURS: lambda: ours(local(), synonyms),
        OURS_PLAIN: lambda: ours(local(), {}),
        OURS_POSTGRES: in_postgres,
        POSTGRES: lambda: peers.words_in_postgres(url, entries, words),
        WORDS: lambda: peers.words_in_sqlite(entries, words),
        TRIGRAMS: lambda: peers.trigrams_in_sqlite(entries),
        LIKE: lambda: peers.like_in_sqlite(entries),
    }
    return {name: make() for name, make in makers.items() if only in name and (url or "PostgreSQL" not in name)}


@dataclass(frozen=True)
class Quality:
    """Means over queries: nDCG@10 and MRR over all, nDCG@10 over the plain kinds, and by kind."""

    name: str
    ndcg: float
    mrr: float
    plain: float
    by_kind: Mapping[str, float]


def quality(name: str, search: peers.Search, queries: Sequence[judged.Query]) -> Quality:
    """How well an engine answers the queries."""
    gains: dict[str, list[float]] = defaultdict(list)
    ranks: list[float] = []
    for query in queries:
        ranked = search(query.typed)
        gains[query.kind].append(judged.ndcg(ranked, query.grades))
        ranks.append(judged.reciprocal_rank(ranked, query.grades))
    every = [gain for kind in gains.values() for gain in kind]
    plain = [gain for kind in PLAIN for gain in gains[kind]]
    by_kind = {kind: mean(values) for kind, values in gains.items()}
    return Quality(name, mean(every), mean(ranks), mean(plain), by_kind)


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean."""
    return sum(values) / len(values)


def quality_lines(found: Sequence[Quality]) -> list[str]:
    """A table: engines down, kinds of query across."""
    kinds = list(found[0].by_kind)
    lines = [f"{'nDCG@10':<20}{'all':>7}{'plain':>7}{'MRR':>7} | " + " ".join(f"{kind:>11}" for kind in kinds)]
    for one in found:
        row = " ".join(f"{one.by_kind[kind]:>11.3f}" for kind in kinds)
        lines.append(f"{one.name:<20}{one.ndcg:>7.3f}{one.plain:>7.3f}{one.mrr:>7.3f} | {row}")
    return lines


def speed_lines(found: Sequence[Spread]) -> list[str]:
    """Milliseconds of half and of nineteen in twenty queries, and ours as a part of each peer's."""
    ours = next(one for one in found if one.name.startswith("ours"))
    lines: list[str] = []
    for one in found:
        p50, p95 = one.at(0.5), one.at(0.95)
        lines.append(
            f"{one.name:<20} p50 {p50 * 1e3:8.3f} ms, p95 {p95 * 1e3:8.3f} ms; "
            f"ours / this: p50 {ours.at(0.5) / p50:.3f}, p95 {ours.at(0.95) / p95:.3f}"
        )
    return lines


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000, help="documents for speed")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--queries", type=int, default=200, help="queries for speed")
    parser.add_argument("--tuning", action="store_true", help="quality over the topics used in tuning")
    parser.add_argument("--quality-only", action="store_true")
    parser.add_argument("--only", default="", help="engines whose name holds this, as PostgreSQL")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mingtang-bench-") as folder:
        few = judged.documents()
        asked = [one for one in judged.queries(few) if one.is_kept_out != chosen.tuning]
        made = engines(few, Path(folder) / "few", chosen.only)
        print(f"{len(few)} documents, {len(asked)} queries, {'tuning' if chosen.tuning else 'kept out of tuning'}")
        print("\n".join(quality_lines([quality(name, search, asked) for name, search in made.items()])))
        if chosen.quality_only:
            return
        many = judged.documents(others=chosen.documents - 9 * len(judged.topics()))
        made = engines(many, Path(folder) / "many", chosen.only)
        typed = [one.typed for one in asked][:: max(1, len(asked) // chosen.queries)]
        print(f"{len(many)} documents, {len(typed)} queries, best of {chosen.rounds} rounds each")
        print("\n".join(speed_lines(spreads(made, typed, chosen.rounds))))


if __name__ == "__main__":
    main()
