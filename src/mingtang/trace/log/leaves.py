"""The leaves of the log: one public act on a record, in canonical JSON (RFC 8785), without a word anyone typed.

A log cannot forget, so nothing personal may enter it: the schema is closed, each value is a code, a number, an address
or a digest. The reason of a withdrawal stands on its public page; the leaf holds the digest that binds it.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import rfc8785

from mingtang.trace.log.errors import BadLeaf

VERSION = 1
#: Verbs of the event stream that are public acts, and their name in the log.
VERBS = {f"records.{verb}": verb for verb in ("published", "changed", "withdrawn", "superseded", "archived")}

_MOMENT = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3])(:[0-5]\d){2}Z", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PATTERNS = {
    "who": re.compile(r"[0-9A-Za-z._-]{1,64}"),
    "when": _MOMENT,
    "thing": re.compile(r"[a-z0-9_]{1,40}\.[a-z0-9_]{1,40}:[0-9]{1,19}"),
    "number": re.compile(r"[0-9A-Za-z\u4e00-\u9fff〔〕（）()/_.:-]{1,80}"),
    "path": re.compile(r"[0-9A-Za-z/_-]{1,160}"),
    "shown": _DIGEST,
    "metadata": _DIGEST,
    "reason": _DIGEST,
}
#: What may be unknown (null); the rest every act has.
_OPTIONAL = frozenset({"number", "path", "shown", "metadata", "reason"})


@dataclass(frozen=True)
class Record:
    """Which record: its stored reference, its index number, and its address below the portal's root."""

    thing: str
    number: str | None
    path: str | None


@dataclass(frozen=True)
class Leaf:
    """One public act: the code of the body (never a person), the moment in UTC, the verb, the record, three digests.

    `shown` covers what the public saw, `metadata` the record's metadata, `reason` the reason given in words.
    """

    who: str
    when: str
    verb: str
    record: Record
    shown: str | None = None
    metadata: str | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.verb not in VERBS.values():
            raise BadLeaf(f"verb 不是公开行为：{self.verb!r}")
        for name, value in {**vars(self), **vars(self.record)}.items():
            if name in _PATTERNS and not fits(name, value):
                raise BadLeaf(f"{name} 的值不合规定：{value!r}")

    def spelled(self) -> bytes:
        """The leaf's one spelling, which is what the log hashes."""
        return rfc8785.dumps({**vars(self), "version": VERSION, "record": {**vars(self.record)}})

    @classmethod
    def parse(cls, entry: bytes) -> "Leaf":
        """Read an entry of the log; raises `BadLeaf` for an unknown or missing key, a bad value or another spelling."""
        try:
            data: Any = json.loads(entry)
            version, record = data.pop("version"), data.pop("record")
            leaf = cls(record=Record(**record), **data)
        except (ValueError, TypeError, KeyError, AttributeError) as problem:
            raise BadLeaf(f"不是日志条目：{problem}") from problem
        if version != VERSION or leaf.spelled() != entry:
            raise BadLeaf("日志条目不是规范写法。")
        return leaf


def fits(name: str, value: object) -> bool:
    """Whether `value` may stand in field `name` of a leaf."""
    if value is None:
        return name in _OPTIONAL
    return isinstance(value, str) and bool(_PATTERNS[name].fullmatch(value))


def digest(value: Any) -> str:
    """SHA-256 (hex) of text as UTF-8, of bytes as they are, of other JSON values in canonical spelling."""
    if isinstance(value, str):
        value = value.encode()
    return hashlib.sha256(value if isinstance(value, bytes) else rfc8785.dumps(value)).hexdigest()


def leaf(*, verb: str, thing: str, body: str, moment: datetime, after: str, data: Mapping[str, Any]) -> Leaf:
    """The leaf of an event. An event cannot be mended later, so a fact it lacks or misspells becomes null, never an
    error that would stop the log.

    `data` may hold `index_number`, `path`, `metadata` (digest), `shown` (digest, else `after`), and the words of which
    the log keeps only the digest: `reason` (of a withdrawal) or `change_note` (of a change).
    """
    reason = data.get("reason") or data.get("change_note")
    return Leaf(
        who=body if fits("who", body) else "unknown",
        when=moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        verb=VERBS[verb],
        record=Record(thing, _kept("number", data.get("index_number")), _kept("path", data.get("path"))),
        shown=_kept("shown", data.get("shown", after)),
        metadata=_kept("metadata", data.get("metadata")),
        reason=digest(reason) if isinstance(reason, str) and reason else None,
    )


def _kept(name: str, value: Any) -> str | None:
    return value if fits(name, value) else None
