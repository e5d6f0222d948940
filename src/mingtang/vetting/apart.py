"""Vetting in a process of its own, so that no file can hold the one that serves: bounded in time and memory."""

import json
import subprocess
import sys
from typing import Any

from mingtang.text.errors import UnreadableFile
from mingtang.text.screening import Finding
from mingtang.vetting.options import PLAIN, Options
from mingtang.vetting.vetting import Outcome

#: Seconds of processor time; a scan of some pages takes the most.
SECONDS = 60


def vet_apart(data: bytes, options: Options = PLAIN, *, seconds: int = SECONDS) -> Outcome:
    """The same as `vet`, in at most `seconds` of processor time and 3 GB of memory; raises `UnreadableFile`.

    The register of `options` stays behind: it concerns texts, not files.
    """
    wanted = {
        "profile": options.profile.id if options.profile else None,
        "consultation": options.consultation,
        "recognise": options.recognise,
        "seconds": seconds,
    }
    command = [sys.executable, "-m", "mingtang.vetting", json.dumps(wanted)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds * 2 + 5, check=False)  # noqa: S603
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise UnreadableFile(f"文件过于复杂，{seconds} 秒内没有检查完，请拆分或重新打印为 PDF 后再试。") from None
    if "refused" in answer:
        raise UnreadableFile(str(answer["refused"]))
    return Outcome(str(answer["kind"]), tuple(_finding(each) for each in answer["findings"]), tuple(answer["notes"]))


def _finding(given: dict[str, Any]) -> Finding:
    told: dict[str, Any] = given | {"rules": tuple(given["rules"])}
    return Finding(**told)
