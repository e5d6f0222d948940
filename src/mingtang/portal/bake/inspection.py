"""Comparing a baked site with its signed manifest, file by file; needs neither Django nor a database."""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from mingtang.portal.bake import manifest, placing
from mingtang.portal.bake.content import BR, GZ, Copy
from mingtang.portal.bake.errors import BadManifest
from mingtang.trace.log.notes import Verifier


class Kind(StrEnum):
    """What is wrong with a file."""

    ALTERED = "altered"
    MISSING = "missing"
    ADDED = "added"
    MANIFEST = "manifest"


#: What each says in Chinese.
WORDS = {
    Kind.ALTERED: "内容被改动",
    Kind.MISSING: "文件缺失",
    Kind.ADDED: "多出的文件",
    Kind.MANIFEST: "清单被改动",
}


@dataclass(frozen=True)
class Difference:
    """A file that is not as the manifest says: its path below the release, and what is wrong."""

    kind: Kind
    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}：{self.what}"


@dataclass
class Report:
    """What was found in a release: how many files were compared, what differs, and what could be believed: the signed
    root (None when it cannot be), the files that are listed, and the parts of which nothing is known."""

    release: Path
    root: manifest.Root | None = None
    files: int = 0
    differences: list[Difference] = field(default_factory=list[Difference])
    listed: dict[str, Copy] = field(default_factory=dict[str, Copy])
    unknown: set[int] = field(default_factory=set[int])

    def add(self, kind: Kind, path: str, what: str = "") -> None:
        """Note a difference."""
        self.differences.append(Difference(kind, path, what or WORDS[kind]))


def inspect(release: Path, keys: Iterable[Verifier]) -> Report:
    """Compare every file of a release with its manifest, which one of `keys` must have signed."""
    report = Report(release)
    try:
        root = report.root = manifest.read_root(release, keys)
    except BadManifest as problem:
        report.add(Kind.MANIFEST, problem.path, problem.what)
        try:
            root = manifest.read_root(release)  # not believed, but it may still tell which files were altered
        except BadManifest:
            return report
    _compare(report, _read_lists(report, root))
    return report


def _read_lists(report: Report, root: manifest.Root) -> set[str]:
    """Read all parts that can be believed; returns the manifest's own files."""
    own = {manifest.ROOT}
    for group in range(manifest.WIDTH):
        if group not in root.groups:
            continue
        own.add(manifest.group_path(group))
        try:
            parts = manifest.read_group(report.release, group, root.groups[group])
        except BadManifest as problem:
            report.add(Kind.MANIFEST, problem.path, problem.what)
            shards = range(group * manifest.WIDTH, (group + 1) * manifest.WIDTH)
            report.unknown.update(shards)
            own.update(manifest.part_path(shard) for shard in shards)
            continue
        own.update(manifest.part_path(shard) for shard in parts)
        for shard, digest in parts.items():
            try:
                report.listed |= manifest.read_part(report.release, shard, digest)
            except BadManifest as problem:
                report.add(Kind.MANIFEST, problem.path, problem.what)
                report.unknown.add(shard)
    return own


def _compare(report: Report, own: set[str]) -> None:
    left = dict(report.listed)
    for path, place in walk(report.release):
        if path in own:
            continue
        wanted = left.pop(path, None)
        if wanted is None:
            if not _is_unknown(path, report.unknown):
                report.add(Kind.ADDED, path)
            continue
        report.files += 1
        if not _is_as_listed(place, wanted):
            report.add(Kind.ALTERED, path)
    for path in sorted(left):
        report.add(Kind.MISSING, path)


def walk(release: Path) -> Iterator[tuple[str, Path]]:
    """Everything in a release that is not a folder, by its path; links are not followed."""
    for folder, folders, names in os.walk(release):
        folders.sort()
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in sorted([*names, *links]):
            place = Path(folder) / name
            yield place.relative_to(release).as_posix(), place


def _is_as_listed(place: Path, wanted: Copy) -> bool:
    try:
        return stat.S_ISREG(place.lstat().st_mode) and placing.is_whole(place, wanted)
    except OSError:
        return False


def _is_unknown(path: str, unknown: set[int]) -> bool:
    """Whether a path may be listed in a part that cannot be believed."""
    return bool(unknown) and any(manifest.shard_of(base) in unknown for base in bases(path))


def bases(path: str) -> Iterator[str]:
    """The paths under which a file, perhaps a compressed companion or a tombstone, may be listed."""
    plain = path.removeprefix(".gone/")
    yield plain
    for ending in (GZ, BR):
        if plain.endswith(ending):
            yield plain.removesuffix(ending)


def by_base(paths: Iterable[str], listed: Mapping[str, Copy]) -> dict[str, list[str]]:
    """Files of a release grouped under the plain file to which each belongs."""
    found: dict[str, list[str]] = {}
    for path in paths:
        *_, base = [each for each in bases(path) if each in listed or each == path.removeprefix(".gone/")]
        found.setdefault(base, []).append(path)
    return found
