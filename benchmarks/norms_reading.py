"""Reading norms: precision and recall of each field over the corpus in five formats, and documents a second.

`python -m benchmarks.norms_reading [FOLDER]`: FOLDER holds further documents with `NAME.json` beside each (fields as in
`tests/data/norms/documents.toml`), such as published ones checked by hand, which the repository does not carry.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mingtang.text import read_bytes
from mingtang.text.norms import read_norm
from tests.text.norms.corpus import FIELDS, Case, cases


def main() -> None:
    given = list(cases()) if len(sys.argv) < 2 else list(_in_folder(Path(sys.argv[1])))
    began = time.perf_counter()
    read = [(case, read_norm(read_bytes(case.data)).as_json()) for case in given]
    seconds = time.perf_counter() - began
    right, found, wanted = _counts(read)
    print(f"{'field':<16}{'precision':>10}{'recall':>8}{'named':>8}")
    for name in FIELDS:
        if wanted[name] or found[name]:
            precision = right[name] / found[name] if found[name] else 1.0
            recall = right[name] / wanted[name] if wanted[name] else 1.0
            print(f"{name:<16}{precision:>10.3f}{recall:>8.3f}{wanted[name]:>8}")
    print(f"{len(given)} files, {len(given) / seconds:.0f} a second")


def _counts(read: Iterable[tuple[Case, dict[str, Any]]]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """By field: values right, values found, values wanted; only fields that a case names count, None is no value."""
    right, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for case, values in read:
        for name, value in case.expected.items():
            got = values[name]
            found[name] += got not in (None, [])
            wanted[name] += value not in (None, [])
            right[name] += got == value and value not in (None, [])
            if got != value:
                print(f"{case.name}.{case.format} {name}: {got!r} instead of {value!r}", file=sys.stderr)
    return right, found, wanted


def _in_folder(folder: Path) -> Iterable[Case]:
    for told in sorted(folder.glob("*.json")):
        expected = json.loads(told.read_text())
        for file in sorted(folder.glob(f"{told.stem}.*")):
            if file != told:
                yield Case(told.stem, file.suffix[1:], file.read_bytes(), expected)


if __name__ == "__main__":
    main()
