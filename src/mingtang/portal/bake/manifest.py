"""The signed manifest of a release: every file with digest and size, in a tree of lists of which one note is signed.

    .site/manifest/root       signed note: release, moment, number of files, digest of each group's list
    .site/manifest/17/index   a group: digest, files and bytes of each of its parts
    .site/manifest/17/42      a part: digest, size and path of each of its files

A path's part follows from the path, so one publication writes the few parts of its files, their groups and the root,
whatever the size of the site. The root is signed by the key of the transparency log, in the same format.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from mingtang.portal.bake.content import Copy
from mingtang.portal.bake.errors import BadManifest, BakeFailed
from mingtang.trace.log.errors import BadNote
from mingtang.trace.log.notes import Note, Verifier

FOLDER = ".site/manifest"
ROOT = f"{FOLDER}/root"
FORMAT = "mingtang.site/1"
#: Parts to a group, and groups.
WIDTH = 64
EMPTY = ("", 0, 0)

_PART = re.compile(r"([0-9a-f]{64}) (0|[1-9]\d*) (.+)")
_GROUP = re.compile(r"([0-7]{2}) ([0-9a-f]{64}) (0|[1-9]\d*) (0|[1-9]\d*)")
_HEAD = re.compile(r"([0-7]{2}) ([0-9a-f]{64})")

#: Signs the text of a note; gives the whole note.
Sign = Callable[[str], str]


def shard_of(path: str) -> int:
    """The number (0–4095) of the part in which a file and its companions are listed."""
    return int.from_bytes(hashlib.sha256(path.encode()).digest()[:2], "big") >> 4


def part_path(shard: int) -> str:
    """Where a part lies in the release."""
    return f"{FOLDER}/{shard // WIDTH:02o}/{shard % WIDTH:02o}"


def group_path(group: int) -> str:
    """Where the list of a group's parts lies in the release."""
    return f"{FOLDER}/{group:02o}/index"


def spell_part(files: Iterable[tuple[str, Copy]]) -> tuple[bytes, tuple[str, int, int]]:
    """A part's bytes, and its digest, number of files and their bytes; raises `BakeFailed` for a path of two lines."""
    lines: list[str] = []
    size = 0
    for path, copy in sorted(files):
        if not _is_plain(path):
            raise BakeFailed(f"地址 {path!r} 含有控制字符，不能列入清单；网站保持原样。")
        lines.append(f"{copy.sha256} {copy.size} {path}\n")
        size += copy.size
    spelled = "".join(lines).encode()
    return spelled, (hashlib.sha256(spelled).hexdigest(), len(lines), size)


def _is_plain(path: str) -> bool:
    return bool(path) and not any(c < " " or c in "\x7f\x85\u2028\u2029" for c in path)


def spell_groups(shards: Mapping[int, tuple[str, int, int]]) -> dict[int, bytes]:
    """The list of each group that has parts with files in them."""
    groups: dict[int, list[str]] = {}
    for shard in sorted(shards):
        sha256, files, size = shards[shard]
        if files:
            groups.setdefault(shard // WIDTH, []).append(f"{shard % WIDTH:02o} {sha256} {files} {size}\n")
    return {group: "".join(lines).encode() for group, lines in groups.items()}


@dataclass(frozen=True)
class Root:
    """What the signed note says: the release, the moment it was made (UTC), the number of the last event it knows,
    how many files and bytes it has, and the digest of each group's list."""

    release: str
    made_at: datetime
    events: int
    files: int
    size: int
    groups: Mapping[int, str] = field(default_factory=dict[int, str])

    @property
    def text(self) -> str:
        """The text that is signed."""
        head = (
            FORMAT,
            f"release {self.release}",
            f"made_at {self.made_at.astimezone(UTC).isoformat()}",
            f"events {self.events}",
            f"files {self.files} {self.size}",
        )
        return "".join(f"{line}\n" for line in (*head, *(f"{g:02o} {sha}" for g, sha in sorted(self.groups.items()))))

    @classmethod
    def parse(cls, text: str) -> "Root":
        """Read the note's text; raises `BadManifest` for anything but the one spelling."""
        lines = text.split("\n")
        try:
            if lines[0] != FORMAT:
                raise BadManifest(ROOT, f"不是 {FORMAT} 格式")
            said = dict(line.split(" ", 1) for line in lines[1:5])
            files, size = map(int, said["files"].split(" "))
            heads = [_HEAD.fullmatch(line) for line in lines[5:-1]]
            groups = {int(head[1], 8): head[2] for head in heads if head}
            moment = datetime.fromisoformat(said["made_at"])
            root = cls(said["release"], moment, int(said["events"]), files, size, groups)
        except (ValueError, KeyError, IndexError) as error:
            raise BadManifest(ROOT, "内容不合格式") from error
        if root.text != text:
            raise BadManifest(ROOT, "不是规范写法")
        return root


def root_of(
    shards: Mapping[int, tuple[str, int, int]], release: str, moment: datetime, events: int
) -> tuple[Root, dict[int, bytes]]:
    """The root over all parts, and the groups' lists."""
    groups = spell_groups(shards)
    digests = {group: hashlib.sha256(spelled).hexdigest() for group, spelled in groups.items()}
    files, size = sum(s[1] for s in shards.values()), sum(s[2] for s in shards.values())
    return Root(release, moment, events, files, size, digests), groups


def read_root(release: Path, keys: Iterable[Verifier] | None = None) -> Root:
    """The root of a release; with `keys`, signed by one of them. Raises `BadManifest`."""
    try:
        content = (release / ROOT).read_bytes()
    except OSError as error:
        raise BadManifest(ROOT, "文件缺失") from error
    if content.endswith(b"\n\n"):  # made while the key was lost
        if keys is not None:
            raise BadManifest(ROOT, "没有签名（生成时签名密钥不可用）")
        return Root.parse(content[:-1].decode(errors="replace"))
    try:
        note = Note.parse(content)
        if str(note).encode() != content:
            raise BadManifest(ROOT, "不是规范写法")
        if keys is not None:
            known = list(keys)
            note.verified(known)
            if any(not any(signature.by(key) for key in known) for signature in note.signatures):
                raise BadManifest(ROOT, "有未知公钥的签名")
    except BadNote as error:
        raise BadManifest(ROOT, str(error)) from error
    return Root.parse(note.text)


def read_group(release: Path, group: int, sha256: str) -> dict[int, str]:
    """The digests of a group's parts by their number; raises `BadManifest` unless its list has that digest."""
    path = group_path(group)
    found: dict[int, str] = {}
    for line in _lines(release, path, sha256):
        match = _GROUP.fullmatch(line)
        if match is None:
            raise BadManifest(path, "内容不合格式")
        found[group * WIDTH + int(match[1], 8)] = match[2]
    return found


def read_part(release: Path, shard: int, sha256: str) -> dict[str, Copy]:
    """The files of a part; raises `BadManifest` unless it has that digest."""
    path = part_path(shard)
    found: dict[str, Copy] = {}
    for line in _lines(release, path, sha256):
        match = _PART.fullmatch(line)
        if match is None:
            raise BadManifest(path, "内容不合格式")
        found[match[3]] = Copy(match[1], int(match[2]))
    return found


def _lines(release: Path, path: str, sha256: str) -> Iterator[str]:
    try:
        content = (release / path).read_bytes()
    except OSError as error:
        raise BadManifest(path, "文件缺失") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BadManifest(path, "与上一级清单所记的摘要不符")
    yield from content.decode(errors="replace").removesuffix("\n").split("\n")


def read(release: Path) -> dict[str, Copy]:
    """Every file that a release's manifest lists, by its path; signatures are not looked at (see `inspection`)."""
    found: dict[str, Copy] = {}
    for group, digest in read_root(release).groups.items():
        for shard, part in read_group(release, group, digest).items():
            found |= read_part(release, shard, part)
    return found
