"""Precision and recall of the check of annual reports, by check, over the planted errors of the tests.

`python -m benchmarks.annual_corpus` prints for each check how many errors were planted, how many it found, how many of
its findings were right, and what it said of reports in which nothing is wrong. The plants that concern two reports and
those of the tables' shapes are in `tests/law/annual`.
"""

from tests.law.annual.scoring import scores


def main() -> None:
    by_check, false, count, wrong = scores()
    print(f"{'check':18}{'planted':>9}{'found':>7}{'recall':>8}{'beside':>8}{'precision':>11}{'in sound':>10}")
    for code in sorted(by_check):
        score = by_check[code]
        print(
            f"{code:18}{score.planted:>9}{score.found:>7}{score.recall:>8.3f}{score.beside:>8}"
            f"{score.precision:>11.3f}{false[code]:>10}"
        )
    planted = sum(score.planted for score in by_check.values())
    found = sum(score.found for score in by_check.values())
    print(f"{planted} planted, {found} found; {count} sound reports, {sum(false.values())} false findings in them")
    for score in by_check.values():
        for name in score.missed:
            print("missed:", name)
    for each in wrong:
        print("said wrongly:", each)


if __name__ == "__main__":
    main()
