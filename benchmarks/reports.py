"""Annual reports checked and compared all with all, against an html parser and all-pairs `difflib`.

Both read the same pages (seeded) and must name the same planted pairs of copied narratives. The peer's comparing is
quadratic, so both are timed on the same smaller set; ours is then timed once on a thousand pages, on two processes, as
`mingtang report check` runs them. `python -m benchmarks.reports`.
"""

import argparse
import difflib
import tempfile
import time
from itertools import combinations
from pathlib import Path

from lxml import html as markup

from benchmarks.harness import compare
from mingtang.cli.report_reading import check_files
from tests.law.annual.corpus import model
from tests.law.annual.writing import html

#: Every so many reports one is another's narrative under another name.
COPIED_EVERY = 10


def write(folder: Path, number: int) -> list[str]:
    """The pages, each with two thousand characters of its own beside its figures."""
    files: list[str] = []
    for seed in range(number):
        page = html(model(seed))
        own = "".join(f"<p>第{seed}号记事之{n}：{_sentence(seed, n)}</p>" for n in range(40))
        if seed % COPIED_EVERY == COPIED_EVERY - 1:
            own = "".join(f"<p>第{seed}号记事之{n}：{_sentence(seed - 1, n)}</p>" for n in range(40))
        file = folder / f"{seed}.html"
        file.write_bytes(page.replace("二、主动公开".encode(), b"@", 1).replace(b"<p><b>@", own.encode() + b"<p><b>@")
                         .replace(b"@", "二、主动公开".encode()))  # fmt: skip
        files.append(str(file))
    return files


def _sentence(seed: int, n: int) -> str:
    """Words that no other report has."""
    return "".join(chr(0x4E00 + (seed * 7919 + n * 104729 + i * i * 31 + i * 17) % 5000) for i in range(48)) + "。"


def ours(files: list[str]) -> set[frozenset[str]]:
    """Pairs of files that `report check` calls similar, each file checked beside."""
    checked = check_files(files)
    return {frozenset(each.files) for each in checked.across if each.finding.code == "similar"}


def peer(files: list[str]) -> set[frozenset[str]]:
    """The plain way: text of each page by an html parser, each pair by `difflib`."""
    texts = {file: "".join(markup.parse(file).getroot().itertext()) for file in files}
    similar: set[frozenset[str]] = set()
    for a, b in combinations(files, 2):
        matcher = difflib.SequenceMatcher(None, texts[a], texts[b], autojunk=False)
        if matcher.real_quick_ratio() > 0.5 and matcher.quick_ratio() > 0.8 and matcher.ratio() > 0.8:
            similar.add(frozenset((a, b)))
    return similar


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = write(Path(folder), options.reports)
        sample = files[: options.sample]
        planted = {frozenset((sample[n - 1], sample[n])) for n in range(COPIED_EVERY - 1, len(sample), COPIED_EVERY)}
        for name, work in (("ours", ours), ("peer", peer)):
            print(f"{name} names {len(work(sample) & planted)} of {len(planted)} copied pairs")
        print(
            compare("reports", lambda: ours(sample), lambda: peer(sample), options.rounds).line(len(sample), "reports")
        )
        start = time.perf_counter()
        found = check_files(files)
        print(f"{len(found.reports)} reports, all with all: {time.perf_counter() - start:.1f} s on two processes")


if __name__ == "__main__":
    main()
