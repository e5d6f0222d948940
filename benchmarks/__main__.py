"""All benchmarks, one after another: `python -m benchmarks`, or those named: `python -m benchmarks bake clock`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NOT_BENCHMARKS = {"__init__", "__main__", "harness"}
#: These compare with PostgreSQL and need a server beside them.
WITH_POSTGRES = {"search"}


def main(names: list[str]) -> int:
    """Run each in a process of its own, so that none measures what another has loaded; 1 if any failed."""
    known = sorted(file.stem for file in HERE.glob("*.py") if file.stem not in NOT_BENCHMARKS)
    failed = [name for name in names or known if _run(name)]
    return int(bool(failed))


def _run(name: str) -> int:
    server = ["-m", "tests.servers.postgres", sys.executable] if name in WITH_POSTGRES else []
    return subprocess.run(
        [sys.executable, *server, "-m", f"benchmarks.{name}"], cwd=HERE.parent, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
