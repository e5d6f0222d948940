"""The transparency log at a million leaves: appends a second, proof time and size, against pymerkle in the same run.

    python -m benchmarks.log [--leaves N]

Appending counts everything until the checkpoint is signed and on the disk (fsync of every file); pymerkle keeps its
tree in memory, which is its fastest form, and its SQLite form is what lasts on disk. Proofs are of random leaves.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from pymerkle import InmemoryTree, SqliteTree

from mingtang.trace.log import keys, merkle, publication
from mingtang.trace.log.leaves import Leaf, Record
from mingtang.trace.log.proofs import Proof, check, head, proof_for, proofs_for
from mingtang.trace.log.tiles import Tiles
from mingtang.trace.log.verification import verify_log

PEER_PROOFS = 20
SQLITE_LEAVES = 20_000


def leaves(begin: int = 0) -> Iterator[bytes]:
    """Entries of the usual form, made by replacing the numbers in one."""
    digest = "0" * 64
    record = Record("records.record:1000000000", "jyj/2024-000000000", "records/jyj-2024-000000000/")
    form = Leaf("jyj", "2024-06-03T02:00:00Z", "published", record, digest, digest).spelled()
    number = begin
    while True:
        yield form.replace(b"000000000", b"%09d" % number)
        number += 1


def seconds(act: Callable[[], object]) -> float:
    """How long one call takes."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def percentiles(times: list[float]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    ordered = sorted(times)
    return {
        "p50_ms": round(statistics.median(ordered) * 1000, 3),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 3),
    }


def ours(place: Path, count: int, chosen: list[int]) -> dict[str, object]:
    """Figures of the log on disk."""
    folder, secrets = place / "log", place / "keys"
    keys.set_up(secrets, "portal.example/log")
    whole = seconds(lambda: publication.publish(folder, secrets, lambda b: islice(leaves(b), count - b), count))
    single = [
        seconds(lambda size=size: publication.publish(folder, secrets, lambda b: islice(leaves(b), 1), size))
        for size in range(count + 1, count + 51)
    ]
    proofs = [seconds(lambda index=index: proof_for(folder, index)) for index in chosen]
    batch = seconds(lambda: proofs_for(folder, range(1000)))
    proof, chain = proof_for(folder, chosen[0]), keys.chain(secrets)
    bundle = json.dumps(proof.as_json(), ensure_ascii=False).encode()
    checks = [seconds(lambda: check(Proof.parse(bundle), chain)) for _ in range(200)]
    size = head(folder)[1].size
    tree = Tiles(folder, size)
    growth = [seconds(lambda old=old: merkle.consistency_path(old + 1, size, tree.node)) for old in chosen]
    verified = seconds(lambda: verify_log(folder, chain.current))
    return {
        "appends_per_second": round(count / whole),
        "publish_one_more": percentiles(single),
        "proof_cold": percentiles(proofs),
        "proofs_per_second_neighbours": round(1000 / batch),
        "proof_path_bytes": len(proof.path) * merkle.HASH_BYTES,
        "proof_bundle_bytes": len(bundle),
        "proof_check": percentiles(checks),
        "consistency_path": percentiles(growth),
        "verify_whole_log_s": round(verified, 1),
        "bytes_on_disk": sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()),
        "files": sum(p.is_file() for p in folder.rglob("*")),
    }


def peer(place: Path, count: int, chosen: list[int]) -> tuple[dict[str, object], bytes]:
    """Figures of pymerkle over the same entries, and its root for comparison."""
    entries = list(islice(leaves(), count))
    tree = InmemoryTree(algorithm="sha256")
    whole = seconds(lambda: tree.append_entries(entries))
    proofs = [seconds(lambda index=index: tree.prove_inclusion(index + 1, count)) for index in chosen[:PEER_PROOFS]]
    stored = SqliteTree(str(place / "peer.sqlite3"), algorithm="sha256")
    on_disk = seconds(lambda: stored.append_entries(entries[:SQLITE_LEAVES]))
    found = {
        "appends_per_second_in_memory": round(count / whole),
        "appends_per_second_sqlite": round(min(count, SQLITE_LEAVES) / on_disk),
        "proof": percentiles(proofs),
    }
    return found, tree.get_root(count)


def main() -> None:
    """Run both and print figures and ratios as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leaves", type=int, default=1_000_000)
    count = parser.parse_args().leaves
    chosen = random.Random(1).sample(range(count), min(500, count))
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        mine = ours(place, count, chosen)
        theirs, root = peer(place, count, chosen)
        if Tiles(place / "log", count).root() != root:
            sys.exit("the two roots differ")
    ratios = {
        "appends_to_peer_in_memory": mine["appends_per_second"] / theirs["appends_per_second_in_memory"],  # type: ignore[operator]
        "appends_to_peer_sqlite": mine["appends_per_second"] / theirs["appends_per_second_sqlite"],  # type: ignore[operator]
        "peer_proof_in_memory_to_ours_from_disk": theirs["proof"]["p50_ms"] / mine["proof_cold"]["p50_ms"],  # type: ignore[index]
        "peer_proof_in_memory_to_ours_in_a_bake": theirs["proof"]["p50_ms"]  # type: ignore[index]
        / (1000 / mine["proofs_per_second_neighbours"]),  # type: ignore[operator]
    }
    report = {"leaves": count, "mingtang": mine, "pymerkle": theirs, "same_root": True}
    print(json.dumps(report | {"ratios": {k: round(v, 2) for k, v in ratios.items()}}, indent=2))


if __name__ == "__main__":
    main()
