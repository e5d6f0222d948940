"""The log's keys: private ones in files of the instance (mode 0600), public ones in a chain that each key hands on.

`chain.json` beside the key files lists every key the log has had. A key hands over by signing the head of its time, a
checkpoint with the extension line `successor <public key>`; the successor signs it too. The successor is valid for
checkpoints larger than that head. Who trusts one key of the chain can follow it to every later one. A lost key cannot
hand over: its replacement says so (`replacement <public key>`), signs the head again, and is believed only by those who
were told of it.
"""

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rfc8785

from mingtang.trace.log.errors import BadChain, BadNote, KeyDamaged, KeyExposed, KeyLost
from mingtang.trace.log.notes import Checkpoint, Note, Signer, Verifier

CHAIN = "chain.json"
FORMAT = "mingtang.log-keys/1"
SUCCESSOR = "successor "
REPLACEMENT = "replacement "


@dataclass(frozen=True)
class Link:
    """One key, the handover note that brought it in ("" for the first), and the head at which it took over."""

    key: Verifier
    handover: str = ""

    @property
    def head(self) -> Checkpoint | None:
        """The head that the predecessor vouched for; None for the first key."""
        return Checkpoint.parse(Note.parse(self.handover).text) if self.handover else None

    @property
    def from_size(self) -> int:
        """The smallest checkpoint this key signs."""
        head = self.head
        if head is None:
            return 0
        return head.size if head.extensions == (f"{REPLACEMENT}{self.key}",) else head.size + 1


@dataclass(frozen=True)
class Chain:
    """All keys of a log in the order of their service."""

    links: tuple[Link, ...]

    @classmethod
    def parse(cls, content: bytes) -> "Chain":
        """Read the chain's file; raises `BadChain` for anything but the closed, canonical form."""
        try:
            data: Any = json.loads(content)
            if rfc8785.dumps(data) != content:
                raise BadChain("密钥链文件不是规范写法，可能被改动过。")
            return cls(tuple(_link(item) for item in _items(data)))
        except (ValueError, TypeError, rfc8785.CanonicalizationError) as problem:
            raise BadChain(f"密钥链文件无法读取：{problem}") from problem
        except BadNote as problem:
            raise BadChain(f"密钥链里有不合格式的公钥或交接书：{problem}") from problem

    def spelled(self) -> bytes:
        """The chain's file."""
        return rfc8785.dumps(
            {"format": FORMAT, "keys": [{"key": str(link.key), "handover": link.handover} for link in self.links]}
        )

    @property
    def current(self) -> Verifier:
        """The key now in service."""
        return self.links[-1].key

    @property
    def origin(self) -> str:
        """The log's name, the same through all its keys."""
        return self.links[0].key.name

    def key_for(self, size: int) -> Verifier:
        """The key whose signature a checkpoint of that size must bear; `BadNote` when it is older than the chain."""
        serving = [link.key for link in self.links if link.from_size <= size]
        if not serving:
            raise BadNote(f"大小为 {size} 的检查点早于可信公钥 {self.links[0].key} 启用的时候。")
        return serving[-1]

    def verified(self, trusted: Verifier | None = None) -> "Chain":
        """The part of the chain that follows from `trusted` (default: its first key), or `BadChain`."""
        start = 0
        if trusted is not None:
            places = [place for place, link in enumerate(self.links) if link.key == trusted]
            if not places:
                raise BadChain(f"密钥链里没有可信公钥 {trusted}。")
            start = places[-1]
        for before, link in zip(self.links[start:], self.links[start + 1 :], strict=False):
            _check_handover(before, link)
        return Chain(self.links[start:])

    def handed_to(self, link: Link) -> "Chain":
        """The chain with one key more."""
        return Chain((*self.links, link))


def _items(data: Any) -> list[Any]:
    if not isinstance(data, dict) or set(data) != {"format", "keys"} or data["format"] != FORMAT or not data["keys"]:
        raise BadChain(f"密钥链文件应为 {FORMAT}，含至少一把公钥。")
    return data["keys"]


def _link(item: Mapping[str, Any]) -> Link:
    if set(item) != {"key", "handover"}:
        raise BadChain("密钥链的每一项应只有 key 与 handover。")
    link = Link(Verifier.parse(item["key"]), item["handover"])
    if str(link.key) != item["key"] or (link.handover and str(Note.parse(link.handover)) != link.handover):
        raise BadChain("密钥链里的公钥或交接书不是规范写法。")
    return link


def _check_handover(before: Link, link: Link) -> None:
    if not link.handover:
        raise BadChain(f"公钥 {link.key} 没有交接书。")
    note = Note.parse(link.handover)
    head = Checkpoint.parse(note.text)
    if head.extensions == (f"{REPLACEMENT}{link.key}",):
        raise BadChain(f"密钥链断开：{link.key} 未经前一把公钥签名（私钥曾丢失）。请另行核实新公钥后以它为可信公钥。")
    if head.origin != before.key.name or head.extensions != (f"{SUCCESSOR}{link.key}",):
        raise BadChain(f"公钥 {link.key} 的交接书写的不是它。")
    if link.from_size < before.from_size:
        raise BadChain(f"公钥 {link.key} 的交接书早于前一把的。")
    try:
        signed = note.verified([before.key, link.key])
    except BadNote as problem:
        raise BadChain(f"公钥 {link.key} 的交接书签名不成立：{problem}") from problem
    for key in (before.key, link.key):
        if key not in signed:
            raise BadChain(f"公钥 {link.key} 的交接书缺少 {key} 的签名。")


def set_up(folder: Path, origin: str) -> Chain:
    """Make the log's first key, or return the chain that is already there; `origin` is the log's address, no scheme.

    A stop between the two files leaves a key without a chain, which the next call takes over.
    """
    place = folder / CHAIN
    if place.exists():
        return chain(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    left = sorted(folder.glob("*.key"))
    signer = load_private(left[0]) if left else Signer.generate(origin)
    if not left:
        save_private(folder, signer)
    first = Chain((Link(signer.verifier),))
    write_whole(place, first.spelled(), 0o644)
    return first


def chain(folder: Path) -> Chain:
    """The chain of keys kept in `folder`; raises `KeyLost` when there is none."""
    place = folder / CHAIN
    if not place.exists():
        raise KeyLost(place)
    return Chain.parse(place.read_bytes())


def signer(folder: Path) -> Signer:
    """The private key in service; raises `KeyLost`, `KeyExposed` or `KeyDamaged`."""
    current = chain(folder).current
    place = key_file(folder, current)
    found = load_private(place)
    if found.verifier != current:
        raise KeyDamaged(place, "不是密钥链末尾的那一把")
    return found


def rotate(folder: Path, head: Checkpoint, *, lost: bool = False) -> Chain:
    """Bring in a new key at `head`, signed by the key in service and by the new one.

    `lost` starts anew without the old key: verifiers that trust only the old one will refuse the log until they have
    checked the new key by other means. The new key is on disk before the chain names it.
    """
    present = chain(folder)
    old = None if lost else signer(folder)
    new = Signer.generate(present.origin)
    save_private(folder, new)
    extension = f"{REPLACEMENT if lost else SUCCESSOR}{new.verifier}"
    plain = Checkpoint(head.origin, head.size, head.root, (extension,))
    note = Note(plain.text)
    for key in (old, new):
        note = note.signed(key) if key else note
    following = present.handed_to(Link(new.verifier, str(note)))
    write_whole(folder / CHAIN, following.spelled(), 0o644)
    return following


def key_file(folder: Path, key: Verifier) -> Path:
    """Where the private half of `key` lies."""
    return folder / f"{key.key_id.hex()}.key"


def load_private(place: Path) -> Signer:
    """The private key in a file; raises `KeyLost`, `KeyExposed` or `KeyDamaged`."""
    try:
        mode = stat.S_IMODE(place.stat().st_mode)
    except FileNotFoundError as problem:
        raise KeyLost(place) from problem
    if mode & 0o077:
        raise KeyExposed(place, mode)
    try:
        return Signer.parse(place.read_text(encoding="ascii"))
    except (BadNote, UnicodeDecodeError) as problem:
        raise KeyDamaged(place, str(problem)) from problem


def save_private(folder: Path, new: Signer) -> None:
    """Put a private key into its file, which only its owner may read."""
    write_whole(key_file(folder, new.verifier), f"{new.spelled()}\n".encode(), 0o600)


def write_whole(place: Path, content: bytes, mode: int) -> None:
    """Put a file in place whole, with its mode from the first byte on."""
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
