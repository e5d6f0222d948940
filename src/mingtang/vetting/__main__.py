"""Vetting apart: bytes on standard input, the outcome as JSON on standard output."""

import json
import resource
import sys

from mingtang.law.profiles import profiles
from mingtang.text.carried import USUAL
from mingtang.text.errors import UnreadableFile
from mingtang.vetting import Options, vet

_MEMORY = 3 << 30


def main() -> None:
    """Bound this process, vet, answer."""
    wanted = json.loads(sys.argv[1])
    seconds = int(wanted["seconds"])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    profile = profiles()[wanted["profile"]] if wanted["profile"] else None
    options = Options(profile, bool(wanted["consultation"]), recognise=bool(wanted["recognise"]))
    try:
        outcome = vet(sys.stdin.buffer.read(USUAL.max_bytes + 1), options)
    except UnreadableFile as error:
        sys.stdout.write(json.dumps({"refused": str(error)}))
        return
    findings = [each.as_json() for each in outcome.findings]
    sys.stdout.write(json.dumps({"kind": outcome.kind, "findings": findings, "notes": outcome.notes}))


if __name__ == "__main__":
    main()
