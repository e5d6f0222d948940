"""The guard in a process of its own: bytes on standard input, the judgement as JSON on standard output."""

import json
import resource
import sys
from dataclasses import asdict
from typing import Any

from mingtang.text.guard import Limits, Refused, inspect_upload

_MEMORY = 1 << 30


def main() -> None:
    """Bound this process, judge, answer."""
    wanted = json.loads(sys.argv[1])
    seconds = int(wanted["seconds"])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    given: dict[str, Any] = wanted["limits"]
    given["kinds"] = frozenset(given["kinds"])
    limits = Limits(**given)
    found = inspect_upload(wanted["name"], sys.stdin.buffer.read(limits.max_bytes + 1), limits)
    answer = {"refused" if isinstance(found, Refused) else "accepted": asdict(found)}
    sys.stdout.write(json.dumps(answer))


main()
