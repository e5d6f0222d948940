"""Checking a baked site against its log: every record page shows what the log says was shown, and nothing else.

Works from the files alone. What a page must show follows from the leaves: texts are numbered in their order, a
withdrawal closes every text before it, and the digests of text, metadata and reason are those of the leaf.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from mingtang.trace.log import merkle
from mingtang.trace.log.errors import BadProof, LogError
from mingtang.trace.log.keys import Chain
from mingtang.trace.log.leaves import Leaf, digest
from mingtang.trace.log.notes import Checkpoint, Note
from mingtang.trace.log.proofs import Proof
from mingtang.trace.log.tiles import KEYS, Tiles
from mingtang.trace.log.verification import Report

FORMAT = "mingtang.record-proof/1"
RECORDS = "records"
PROOF, CONTENT, PAGE, VERSIONS = "proof.json", "record.json", "index.html", "versions"
TEXT_ACTS = ("published", "changed")
ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;"))


@dataclass(frozen=True)
class Logged:
    """One leaf of a record: its number in the log, its entry, which text it put out (None: none), and whether a later
    withdrawal closed it."""

    index: int
    entry: bytes
    leaf: Leaf
    version: int | None
    is_closed: bool


def verify_records(site: Path, log: Path, report: Report) -> int:
    """Check the record pages below `site` against the log in `log`, which `verify_log` has found whole.

    Faults go into `report` under paths of the site; returns how many records the log knows.
    """
    if report.checkpoint is None:
        return 0
    whole = _Whole(Tiles(log, report.checkpoint.size), Chain.parse((log / KEYS).read_bytes()))
    known = records_of(whole.tree)
    for path, logged in known.items():
        _Record(site, path, logged, whole, report).check()
    for folder in sorted((site / RECORDS).glob("*/")):
        path = f"{RECORDS}/{folder.name}/"
        if path not in known:
            _check_unlogged(site, path, report)
    return len(known)


@dataclass(frozen=True)
class _Whole:
    """The verified tree, and every key the log has had."""

    tree: Tiles
    chain: Chain

    def check(self, proof: Proof, logged: Logged) -> None:
        """A proof holds when it is of this leaf, leads to a head of this log, and one of the log's keys signed that.

        Which key's turn it was matters less here: the head's root is that of the verified tree.
        """
        note = Note.parse(proof.checkpoint)
        head = Checkpoint.parse(note.text)
        note.verified(link.key for link in self.chain.links)
        if (proof.index, proof.entry) != (logged.index, logged.entry):
            raise BadProof("是另一条的凭证。")
        if head.origin != self.chain.origin or head.size > self.tree.size or self.tree.root(head.size) != head.root:
            raise BadProof("凭证里的检查点不是这个日志的。")
        leaf = merkle.leaf_hash(proof.entry)
        merkle.verify_inclusion(leaf, proof.index, head.size, proof.path, head.root)


def records_of(tree: Tiles) -> Mapping[str, list[Logged]]:
    """The leaves of every record that has an address, by that address, oldest first."""
    leaves: dict[str, list[tuple[int, bytes, Leaf]]] = defaultdict(list)
    for index in range(tree.size):
        leaf = Leaf.parse(tree.entry(index))
        if leaf.record.path:
            leaves[leaf.record.path].append((index, tree.entry(index), leaf))
    return {path: _numbered(rows) for path, rows in leaves.items()}


def _numbered(rows: Sequence[tuple[int, bytes, Leaf]]) -> list[Logged]:
    last = max((place for place, (_, _, leaf) in enumerate(rows) if leaf.verb == "withdrawn"), default=-1)
    numbered: list[Logged] = []
    version = 0
    for place, (index, entry, leaf) in enumerate(rows):
        version += leaf.verb in TEXT_ACTS
        numbered.append(Logged(index, entry, leaf, version if leaf.verb in TEXT_ACTS else None, place <= last))
    return numbered


class _Record:
    """The files of one record and what the log says they must be."""

    def __init__(self, site: Path, path: str, logged: list[Logged], whole: _Whole, report: Report) -> None:
        self.site, self.path, self.logged, self.whole, self.report = site, path, logged, whole, report
        self.newest = next((each for each in reversed(logged) if each.version is not None), None)
        self.expected: set[str] = set()

    def check(self) -> None:
        bundle = self._bundle()
        if bundle is None:
            return
        acts = bundle["acts"]
        signed = [act for act in acts if act["proof"] is not None]
        if len(signed) < len(self.logged) or acts[: len(signed)] != signed:
            missing = self.logged[min(len(signed), len(self.logged) - 1)]
            self._fault(PROOF, f"网页落后于日志：缺第 {missing.index} 号条目的凭证。")
            return
        if len(signed) > len(self.logged):
            self._fault(PROOF, "有日志里没有的凭证。")
            return
        if len(acts) > len(signed):
            self.report.remarks.append(f"{self.path}：最新的公开行为尚未记入日志。")
        is_pending = len(acts) > len(signed)
        for act, logged in zip(signed, self.logged, strict=True):
            self._check_act(act, logged, is_pending=is_pending)
        if not is_pending:
            self._check_page(acts)
            self._check_strays()

    def _bundle(self) -> dict[str, Any] | None:
        """The proof file, when it has the one form that such a file has."""
        raw = self._read(PROOF)
        if raw is None:
            self._fault(PROOF, "文件缺失：日志里有这条信息。")
            return None
        try:
            data: Any = json.loads(raw)
            keys = {"act", "moment", "version", "content", "metadata", "reason", "proof"}
            if (
                json.dumps(data, ensure_ascii=False, indent=1).encode() != raw
                or set(data) != {"format", "record", "path", "acts"}
                or any(set(act) != keys for act in data["acts"])
                or (data["format"], data["path"]) != (FORMAT, self.path)
                or data["record"] != (self.logged[-1].leaf.record.number or data["record"])
            ):
                raise ValueError(FORMAT)
        except (ValueError, TypeError) as problem:
            self._fault(PROOF, f"不是合格的凭证文件（{problem}）。")
            return None
        return data

    def _check_act(self, act: Mapping[str, Any], logged: Logged, *, is_pending: bool) -> None:
        leaf = logged.leaf
        where = f"第 {logged.index} 号条目"
        try:
            self.whole.check(Proof.parse(json.dumps(act["proof"])), logged)
        except LogError as problem:
            self._fault(PROOF, f"{where}的凭证不成立：{problem}")
        if (act["act"], act["moment"], act["version"]) != (leaf.verb, leaf.when, logged.version):
            self._fault(PROOF, f"{where}：所写的行为、时刻或版本与日志不符。")
        if (digest(act["reason"]) if act["reason"] else None) != leaf.reason:
            self._fault(PROOF, f"{where}：理由与日志里的摘要不符。")
        if logged.is_closed:
            if act["metadata"] is not None or act["content"] is not None:
                self._fault(PROOF, f"{where}：已撤下的内容仍在网页上。")
            return
        if (digest(act["metadata"]) if act["metadata"] is not None else None) != leaf.metadata:
            self._fault(PROOF, f"{where}：目录信息与日志里的摘要不符。")
        if logged.version is not None and not is_pending:
            self._check_text(act["content"], logged)

    def _check_text(self, told: str | None, logged: Logged) -> None:
        is_newest = logged is self.newest
        place = CONTENT if is_newest else f"{VERSIONS}/{logged.version}/{CONTENT}"
        if told is None:
            what = f"第 {logged.version} 版的文本没有提供。"
            (self._fault(PROOF, what) if is_newest else self.report.remarks.append(f"{self.path}：{what}"))
            return
        raw = self._read(place)
        if told != place or raw is None:
            self._fault(place, "存证全文缺失。")
        elif hashlib.sha256(raw).hexdigest() != logged.leaf.shown:
            self._fault(place, f"内容与日志第 {logged.index} 号条目的摘要不符：被改动过。")
        else:
            self._check_shown(json.loads(raw), place.removesuffix(CONTENT) + PAGE, carries_files=is_newest)

    def _check_shown(self, said: Mapping[str, Any], page: str, *, carries_files: bool) -> None:
        """The page for people says the logged title and text, word for word; its files are those that were logged.

        Of a past text's files those count that are still served; a present text's must all be there.
        """
        raw = self._read(page)
        text = raw.decode(errors="replace") if raw is not None else ""
        if said["text"] not in text or escaped(said["title"]) not in text:
            self._fault(page, "网页的标题或正文与存证全文不符：缺失或被改动过。")
        for file in said["files"]:
            place = self.site / unquote(file["path"])
            if not carries_files and not place.is_file():
                continue
            if file["sha256"] and (not place.is_file() or _sha256(place) != file["sha256"]):
                self.report.add(file["path"], f"附件与 {self.path}{CONTENT} 所记的不符：缺失或被改动过。")

    def _check_page(self, acts: Sequence[Mapping[str, Any]]) -> None:
        """A withdrawn record shows the withdrawal and its reason."""
        if self.logged[-1].is_closed:
            raw = self._read(PAGE)
            if raw is None or escaped(acts[-1]["reason"] or "") not in raw.decode(errors="replace"):
                self._fault(PAGE, "撤下说明缺失或被改动过。")

    def _check_strays(self) -> None:
        """No text lies beside the page that the log does not hold open."""
        folder = self.site / self.path
        versions = (file for name in (CONTENT, PAGE) for file in folder.glob(f"{VERSIONS}/*/{name}"))
        for file in sorted([folder / CONTENT, *versions]):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and name not in self.expected:
                self._fault(name, "日志里没有这份公开的文本，或已撤下。")

    def _read(self, name: str) -> bytes | None:
        self.expected.add(name)
        place = self.site / self.path / name
        return place.read_bytes() if place.is_file() else None

    def _fault(self, name: str, what: str) -> None:
        self.report.add(self.path + name, what)


def _check_unlogged(site: Path, path: str, report: Report) -> None:
    """A record that the log does not know may only be one whose first act waits to be signed."""
    try:
        acts = json.loads((site / path / PROOF).read_bytes())["acts"]
        is_pending = bool(acts) and all(act["proof"] is None for act in acts)
    except (OSError, ValueError, TypeError, KeyError):
        is_pending = False
    if is_pending:
        report.remarks.append(f"{path}：尚未记入日志。")
    else:
        report.add(path, "日志里没有这条信息。")


def escaped(text: str) -> str:
    """Text as the portal's templates write it into HTML."""
    for character, spelling in ESCAPES:
        text = text.replace(character, spelling)
    return text


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
