"""The list of a release's files with their digests and tags, written as they come so that it never fills the memory."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from mingtang.portal.bake.placing import Placed

FILE = "release.json"


class Manifest:
    """`release.json`: id, moment, the number of the last event that the release knows, and every file by its path.

    One file a line: `"path": {"sha256": …, "size": …, "tags": […]}`; tags only for pages. Use it as a context.
    """

    def __init__(self, folder: Path, release: str, moment: datetime, events: int) -> None:
        self._file = (folder / FILE).open("x", encoding="utf-8")
        head = {"release": release, "made_at": moment.astimezone(UTC).isoformat(), "events": events}
        self._file.write(_json(head).removesuffix("}") + ', "files": {\n')
        self._separator = ""

    def add(self, placed: Placed, tags: Iterable[str] | None = None) -> None:
        """Note a file."""
        facts: dict[str, Any] = {"sha256": placed.sha256, "size": placed.size}
        if tags is not None:
            facts["tags"] = sorted(tags)
        self._file.write(f"{self._separator}{_json(placed.path)}: {_json(facts)}")
        self._separator = ",\n"

    def __enter__(self) -> "Manifest":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if kind is None:
            self._file.write("\n}}\n")
        self._file.close()


def read(release: Path) -> dict[str, Any]:
    """The manifest of a finished release."""
    return json.loads((release / FILE).read_text(encoding="utf-8"))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
