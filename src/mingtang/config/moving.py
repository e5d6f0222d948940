"""Putting new files in the place of old ones so that a power cut leaves all old or, after a retry, all new."""

import json
import os
import shutil
from pathlib import Path

JOURNAL = ".restoring.json"


def begin(home: Path, moves: list[tuple[Path, Path]], leftovers: list[Path]) -> None:
    """Write down the moves (each from → to, within one file system) and what is of no use after them; then do it."""
    told = {
        "moves": [[str(source), str(target)] for source, target in moves],
        "leftovers": [str(place) for place in leftovers],
    }
    draft = home / f"{JOURNAL}.draft"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(told, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(home / JOURNAL)
    finish(home)


def pending(home: Path) -> bool:
    """Whether moves were begun and not finished."""
    return (home / JOURNAL).exists()


def finish(home: Path) -> None:
    """Do what is written down and not yet done; done twice, it does nothing."""
    journal = home / JOURNAL
    if not journal.exists():
        return
    told = json.loads(journal.read_text(encoding="utf-8"))
    # An old thing is moved out before the new one comes in; what has no source has been moved already.
    for source, target in told["moves"]:
        if Path(source).exists() and not Path(target).exists():
            Path(target).parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            Path(source).rename(target)
    for place in told["leftovers"]:
        shutil.rmtree(place, ignore_errors=True)
    journal.unlink()
