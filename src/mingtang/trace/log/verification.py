"""Verifying a whole log from its static files alone: every byte of every file, named where it is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mingtang.trace.log import merkle
from mingtang.trace.log.errors import BadLeaf, BadTile, LogError
from mingtang.trace.log.keys import Chain
from mingtang.trace.log.leaves import Leaf
from mingtang.trace.log.notes import Checkpoint, Note, Verifier
from mingtang.trace.log.proofs import head, verified_head
from mingtang.trace.log.tiles import (
    CHECKPOINT,
    ENTRIES,
    HEIGHT,
    KEYS,
    WIDTH,
    WITNESSED,
    Address,
    Tiles,
    address,
    hashes,
    pack,
    unpack,
)


@dataclass(frozen=True)
class Fault:
    """One thing wrong: the file (relative to the log's folder) and what it is."""

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}：{self.what}"


@dataclass
class Report:
    """What was found: the verified checkpoint, if there is one, faults, and remarks that are no faults."""

    checkpoint: Checkpoint | None = None
    faults: list[Fault] = field(default_factory=list[Fault])
    remarks: list[str] = field(default_factory=list[str])

    def add(self, path: str, what: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(path, what))


def verify_log(folder: Path, trusted: Verifier | None = None, witnesses: Sequence[Verifier] = ()) -> Report:
    """Check keys, checkpoint, each entry and tile, and that nothing else lies among them.

    `trusted` is a public key of the log known from elsewhere; without it the log's own first key is believed, and a
    remark says so. With `witnesses`, the file `witnessed` must be there and bear the cosignature of each.
    """
    report = Report()
    if trusted is None:
        report.remarks.append("未指定可信公钥：以日志自带的第一把公钥为准，只能查出前后不一，不能查出整体替换。")
    chain = _chain(folder, trusted, report)
    if chain is None:
        return report
    try:
        note, _ = head(folder)
        report.checkpoint = verified_head(note, chain)
        _remark_strangers(note, chain, witnesses, report)
    except LogError as problem:
        report.add(CHECKPOINT, str(problem))
        return report
    _Walk(folder, report.checkpoint, report).run()
    _check_handovers(folder, chain, report)
    _check_witnessed(folder, chain, witnesses, report)
    return report


def verify_growth(folder: Path, before: Note, chain: Chain) -> Checkpoint:
    """The log's present head, when it continues the checkpoint in `before`; raises a `LogError` when it does not."""
    note, _ = head(folder)
    old, new = verified_head(before, chain), verified_head(note, chain)
    _check_growth(folder, old, new)
    return new


def read_chain(folder: Path, trusted: Verifier | None = None) -> Chain:
    """The verified chain of keys published with a log; raises `BadChain` or `BadTile`."""
    place = folder / KEYS
    if not place.is_file():
        raise BadTile(KEYS, "文件缺失。")
    return Chain.parse(place.read_bytes()).verified(trusted)


def _chain(folder: Path, trusted: Verifier | None, report: Report) -> Chain | None:
    try:
        return read_chain(folder, trusted)
    except LogError as problem:
        report.add(KEYS, str(problem))
        return None


def _remark_strangers(note: Note, chain: Chain, witnesses: Sequence[Verifier], report: Report) -> None:
    known = [*(link.key for link in chain.links), *witnesses]
    for signature in note.signatures:
        if not any(signature.by(key) for key in known):
            report.remarks.append(f"有未知公钥的签名：{signature.name}+{signature.key_id.hex()}（未核对）。")


def _check_growth(folder: Path, old: Checkpoint, new: Checkpoint) -> None:
    path: list[bytes] = []
    if old.size <= new.size:
        path = merkle.consistency_path(old.size, new.size, Tiles(folder, new.size).node)
    merkle.verify_consistency(old.size, new.size, path, old.root, new.root)


def _check_handovers(folder: Path, chain: Chain, report: Report) -> None:
    """Each key took over at a head that is a beginning of the present tree."""
    assert report.checkpoint is not None  # noqa: S101 - the caller has it
    for link in chain.links[1:]:
        if link.head is None or report.faults:
            continue
        try:
            _check_growth(folder, link.head, report.checkpoint)
        except LogError as problem:
            report.add(KEYS, f"公钥 {link.key} 交接时的检查点与日志不符：{problem}")


def _check_witnessed(folder: Path, chain: Chain, witnesses: Sequence[Verifier], report: Report) -> None:
    place = folder / WITNESSED
    if not place.is_file():
        if witnesses:
            report.add(WITNESSED, "文件缺失：日志没有得到见证。")
        return
    assert report.checkpoint is not None  # noqa: S101 - the caller has it
    try:
        note = Note.parse(place.read_bytes())
        seen = verified_head(note, chain, witnesses)
        _remark_strangers(note, chain, witnesses, report)
        if not report.faults:
            _check_growth(folder, seen, report.checkpoint)
    except LogError as problem:
        report.add(WITNESSED, str(problem))


class _Walk:
    """One pass over all entries and tiles of a log."""

    def __init__(self, folder: Path, checkpoint: Checkpoint, report: Report) -> None:
        self.folder = folder
        self.checkpoint = checkpoint
        self.report = report
        self.tree = Tiles(folder, checkpoint.size)
        self.seen: set[str] = set()
        self.frontier = merkle.Frontier()
        self.last_moment = ""

    def run(self) -> None:
        """Check bundles with their level-0 tiles, the higher levels, the root, and what is left over."""
        above: list[bytes] = []
        for index in range(-(-self.checkpoint.size // WIDTH)):
            row = self._check_bundle(index)
            if len(row) == WIDTH:
                above.append(merkle.perfect_root(row))
        level = 1
        while above:
            above = self._check_level(level, above)
            level += 1
        if self.frontier.root() != self.checkpoint.root and not self.report.faults:
            self.report.add(CHECKPOINT, "检查点的根与全部条目算出的根不符。")
        self._check_strays()

    def _check_bundle(self, index: int) -> list[bytes]:
        """Check one bundle, its entries and its tile; returns the leaf hashes that the entries have."""
        place = self.tree.address(ENTRIES, index)
        entries = self._entries(place)
        row = [merkle.leaf_hash(entry) for entry in entries]
        for leaf in row:
            self.frontier.append(leaf)
        for number, entry in enumerate(entries, index * WIDTH):
            self._check_leaf(place, number, entry)
        self._compare(place, [len(entry) + 2 for entry in entries], pack(entries))
        return self._check_tile(Address(0, index, place.width), row)

    def _entries(self, place: Address) -> list[bytes]:
        try:
            return unpack(self.tree.read(place), place)
        except BadTile as problem:
            self.report.add(place.path, problem.what)
            return []

    def _check_leaf(self, place: Address, number: int, entry: bytes) -> None:
        try:
            leaf = Leaf.parse(entry)
        except BadLeaf as problem:
            self.report.add(place.path, f"第 {number} 号叶子：{problem}")
            return
        if leaf.when < self.last_moment:
            self.report.remarks.append(
                f"第 {number} 号叶子的时刻 {leaf.when} 早于前一条 {self.last_moment}：时钟曾回拨；次序以编号为准。"
            )
        self.last_moment = leaf.when

    def _check_level(self, level: int, row: list[bytes]) -> list[bytes]:
        """Check the tiles of a higher level against the hashes the level below has; returns the row above."""
        above: list[bytes] = []
        for begin in range(0, len(row), WIDTH):
            part = row[begin : begin + WIDTH]
            part = self._check_tile(Address(level, begin // WIDTH, len(part)), part)
            if len(part) == WIDTH:
                above.append(merkle.perfect_root(part))
        return above

    def _check_tile(self, place: Address, row: list[bytes]) -> list[bytes]:
        """Check a tile against the hashes that what lies below it has; returns the hashes to go on with.

        Where both differ and the tile agrees with what lies above, what lies below was altered, and the tile holds.
        """
        try:
            found = hashes(self.tree.read(place))
        except BadTile as problem:
            self.report.add(place.path, problem.what)
            self.seen.update(self._variants(place))
            return row
        if found != row and self._upheld(place, found):
            if row:
                below = Address(ENTRIES, place.index, place.width) if place.level == 0 else None
                self.report.add(below.path if below else place.path, "内容与上层的哈希不符：文件被改动或损坏。")
            row = found
        self._compare(place, [merkle.HASH_BYTES] * len(row), b"".join(row))
        return row

    def _upheld(self, place: Address, found: list[bytes]) -> bool:
        """Whether the tiles above (at the right edge, the checkpoint) vouch for these hashes."""
        try:
            if place.width == WIDTH and (self.checkpoint.size >> HEIGHT * (place.level + 1)) > place.index:
                return self.tree.node(HEIGHT * (place.level + 1), place.index) == merkle.perfect_root(found)
            return self.tree.root() == self.checkpoint.root
        except BadTile:
            return False

    def _compare(self, place: Address, lengths: list[int], content: bytes) -> None:
        """Every file of this tile, also partial ones of earlier sizes, must be a beginning of `content`."""
        for path in self._variants(place):
            self.seen.add(path)
            found = address(path)
            if found is None or found.width > place.width:
                self.report.add(path, "超出检查点的大小：多余，或有一次写入没有完成。")
            elif (self.folder / path).read_bytes() != content[: sum(lengths[: found.width])]:
                self.report.add(path, "内容与条目算出的不符：文件被改动或损坏。")

    def _variants(self, place: Address) -> list[str]:
        """Paths of the full and the partial files there are of a tile."""
        partial = self.folder / f"{place.stem}.p"
        found = [place.stem] if (self.folder / place.stem).is_file() else []
        if partial.is_dir():
            found += sorted(f"{place.stem}.p/{child.name}" for child in partial.iterdir() if child.is_file())
        return found

    def _check_strays(self) -> None:
        """Whatever lies in the log's folder is part of the log; names that begin with a dot are the writer's drafts."""
        own = {CHECKPOINT, WITNESSED, KEYS}
        for place in sorted(self.folder.rglob("*")):
            path = place.relative_to(self.folder).as_posix()
            if place.is_dir() or path.startswith(".") or path in own or path in self.seen:
                continue
            self.report.add(path, "多余的文件：不属于这个大小的日志。")
