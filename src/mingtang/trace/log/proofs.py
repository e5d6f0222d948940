"""The proof that a record's page carries: its leaf, where it stands, the way to the root, and the signed checkpoint."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingtang.trace.log import merkle
from mingtang.trace.log.errors import BadNote, BadProof
from mingtang.trace.log.keys import Chain
from mingtang.trace.log.leaves import Leaf
from mingtang.trace.log.notes import Checkpoint, Note, Verifier, decode, encode
from mingtang.trace.log.tiles import CHECKPOINT, Tiles

FORMAT = "mingtang.log-proof/1"


@dataclass(frozen=True)
class Proof:
    """An entry, its place, the inclusion path from the bottom up, and the checkpoint note it leads to."""

    entry: bytes
    index: int
    path: tuple[bytes, ...]
    checkpoint: str

    def as_json(self) -> dict[str, Any]:
        """The bundle as a page carries it; `leaf` is the entry's exact text, since its bytes are what is hashed."""
        return {
            "format": FORMAT,
            "leaf": self.entry.decode(),
            "index": self.index,
            "size": Checkpoint.parse(Note.parse(self.checkpoint).text).size,
            "path": [encode(value) for value in self.path],
            "checkpoint": self.checkpoint,
        }

    @classmethod
    def parse(cls, content: str | bytes) -> "Proof":
        """Read a bundle; raises `BadProof`."""
        try:
            data: Any = json.loads(content)
            found = cls(
                data["leaf"].encode(),
                data["index"],
                tuple(decode(value, "证明里的哈希") for value in data["path"]),
                data["checkpoint"],
            )
            if type(found.index) is not int or found.as_json() != data:
                raise BadProof(f"证明文件应为 {FORMAT}，字段不多不少。")
        except (ValueError, TypeError, KeyError, AttributeError, BadNote) as problem:
            raise BadProof(f"证明文件无法读取：{problem}") from problem
        return found


def head(folder: Path) -> tuple[Note, Checkpoint]:
    """The checkpoint in a log's folder, unverified; raises `BadNote` when it is absent or malformed."""
    place = folder / CHECKPOINT
    try:
        note = Note.parse(place.read_bytes())
    except FileNotFoundError as problem:
        raise BadNote(f"{place}：没有检查点。") from problem
    return note, Checkpoint.parse(note.text)


def proof_for(folder: Path, index: int) -> Proof:
    """The proof of leaf `index` against the log's present checkpoint.

    Raises `BadProof` when the log has no such leaf yet, `BadTile` when a file it needs is missing or damaged.
    """
    return proofs_for(folder, [index])[0]


def proofs_for(folder: Path, indexes: Sequence[int]) -> list[Proof]:
    """Proofs of several leaves against one checkpoint; neighbours share the tiles read (for baking)."""
    note, checkpoint = head(folder)
    tree = Tiles(folder, checkpoint.size)
    found: list[Proof] = []
    for index in indexes:
        path = merkle.inclusion_path(index, checkpoint.size, tree.node)
        found.append(Proof(tree.entry(index), index, tuple(path), str(note)))
    return found


def check(proof: Proof, chain: Chain, witnesses: Sequence[Verifier] = ()) -> Leaf:
    """The leaf, when signature and path hold; raises `BadNote`, `BadProof` or `BadLeaf`.

    `chain` is the verified chain of the log's keys; with `witnesses`, each of them must have cosigned.
    """
    note = Note.parse(proof.checkpoint)
    checkpoint = verified_head(note, chain, witnesses)
    merkle.verify_inclusion(merkle.leaf_hash(proof.entry), proof.index, checkpoint.size, proof.path, checkpoint.root)
    return Leaf.parse(proof.entry)


def verified_head(note: Note, chain: Chain, witnesses: Sequence[Verifier] = ()) -> Checkpoint:
    """The checkpoint in a note signed by the key whose turn it was, and by each witness; raises `BadNote`."""
    checkpoint = Checkpoint.parse(note.text)
    if checkpoint.origin != chain.origin:
        raise BadNote(f"检查点属于另一个日志：{checkpoint.origin}，应为 {chain.origin}。")
    key = chain.key_for(checkpoint.size)
    signed = note.verified([key, *witnesses])
    for needed in (key, *witnesses):
        if needed not in signed:
            raise BadNote(f"检查点缺少 {needed.name}（{needed.key_id.hex()}）的签名。")
    return checkpoint
