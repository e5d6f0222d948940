"""Precision and recall of each check of the screening on our own corpus: `python -m benchmarks.screening_corpus`."""

from tests.text.screening.corpus import SECRET_CODES, look_alikes, measured


def main() -> None:
    """Print the table."""
    scores, odd = measured()
    print("| check | planted | recall | precision |\n|---|---|---|---|")
    for code, score in scores.items():
        print(f"| {code} | {score.planted} | {score.recall:.3f} | {score.precision:.3f} |")
    secret = [score for code, score in scores.items() if code in SECRET_CODES]
    planted = sum(score.planted for score in secret)
    found, false = sum(score.found for score in secret), sum(score.false for score in secret)
    alike = sum(1 for _ in look_alikes())
    print(f"planted {sum(score.planted for score in scores.values())}, look-alikes {alike}")
    print(f"secrecy and privacy: recall {found / planted:.4f}, precision {found / (found + false):.4f}")
    print(*odd, sep="\n")


if __name__ == "__main__":
    main()
