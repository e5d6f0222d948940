"""Signed notes, checkpoints and cosignatures as C2SP writes them (signed-note, tlog-checkpoint, tlog-cosignature).

Two kinds of signature: plain Ed25519 (0x01) by the log, and cosignature/v1 (0x04) by a witness, which also states when
it saw the checkpoint. Base64 must be in its one canonical spelling, so that no byte of a note can change unnoticed.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mingtang.trace.log.errors import BadNote
from mingtang.trace.log.merkle import HASH_BYTES

ED25519 = 0x01
COSIGNATURE = 0x04
KINDS = (ED25519, COSIGNATURE)
MAX_SIGNATURES = 100
MAX_CHARACTERS = 1_000_000

_PRIVATE = "PRIVATE+KEY+"
_LINE = re.compile(r"— (\S+) (\S+)")
_SIZE = re.compile(r"0|[1-9]\d{0,18}", re.ASCII)


def decode(text: str, what: str) -> bytes:
    """Bytes of canonical base64, or `BadNote` naming `what`."""
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise BadNote(f"{what}不是 base64：{text[:24]}") from problem
    if encode(value) != text:
        raise BadNote(f"{what}的 base64 不是规范写法：{text[:24]}")
    return value


def encode(value: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(value).decode("ascii")


def _check_name(name: str) -> None:
    if not name or "+" in name or any(c.isspace() or c < " " for c in name):
        raise BadNote(f"密钥名称不能为空、不能含空白或加号：{name!r}")


@dataclass(frozen=True)
class Verifier:
    """A public key under its name; written `name+id+base64(kind || key)` (signed-note, verifier keys)."""

    name: str
    key: bytes
    kind: int = ED25519

    def __post_init__(self) -> None:
        _check_name(self.name)
        if self.kind not in KINDS:
            raise BadNote(f"不支持的签名类型 0x{self.kind:02x}（支持 0x01 与 0x04）。")
        if len(self.key) != 32:
            raise BadNote(f"公钥长 {len(self.key)} 字节，应为 32。")

    @classmethod
    def parse(cls, text: str) -> "Verifier":
        """Read a verifier key; raises `BadNote` when it is malformed or its id is not that of the key."""
        parts = text.strip().split("+", 2)
        if len(parts) != 3:
            raise BadNote(f"公钥应写成“名称+编号+base64”：{text[:60]}")
        raw = decode(parts[2], "公钥")
        found = cls(parts[0], raw[1:], raw[0] if raw else 0)
        if found.key_id.hex() != parts[1]:
            raise BadNote(f"公钥编号 {parts[1]} 与内容不符，应为 {found.key_id.hex()}。")
        return found

    @property
    def key_id(self) -> bytes:
        """First four bytes of SHA-256 over name, newline, kind and key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.key).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encode(bytes([self.kind]) + self.key)}"

    def holds(self, text: str, signature: bytes) -> bool:
        """Whether `signature` (without key id) is this key's over the note text."""
        message, proper = text.encode(), signature
        if self.kind == COSIGNATURE:
            if len(signature) != 72 or signature[0] & 0x80:
                return False
            message, proper = _cosigned(text, int.from_bytes(signature[:8], "big")), signature[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(proper, message)
        except InvalidSignature:
            return False
        return True


def _cosigned(text: str, timestamp: int) -> bytes:
    return f"cosignature/v1\ntime {timestamp}\n{text}".encode()


@dataclass(frozen=True)
class Signature:
    """One signature line of a note."""

    name: str
    key_id: bytes
    value: bytes

    @classmethod
    def parse(cls, line: str) -> "Signature":
        """Read a signature line; raises `BadNote`."""
        found = _LINE.fullmatch(line)
        if found is None:
            raise BadNote(f"签名行应写成“— 名称 base64”：{line[:60]!r}")
        _check_name(found[1])
        raw = decode(found[2], "签名")
        if len(raw) < 5:
            raise BadNote(f"签名过短：{line[:60]!r}")
        return cls(found[1], raw[:4], raw[4:])

    def __str__(self) -> str:
        return f"— {self.name} {encode(self.key_id + self.value)}"

    def by(self, key: Verifier) -> bool:
        """Whether it claims to be by `key`."""
        return (self.name, self.key_id) == (key.name, key.key_id)

    @property
    def moment(self) -> datetime:
        """When a cosignature was made (UTC)."""
        return datetime.fromtimestamp(int.from_bytes(self.value[:8], "big"), UTC)


@dataclass(frozen=True)
class Signer:
    """A private key under its name."""

    name: str
    secret: Ed25519PrivateKey
    kind: int = ED25519

    @classmethod
    def generate(cls, name: str, kind: int = ED25519) -> "Signer":
        """A new key from the system's source of randomness."""
        _check_name(name)
        return cls(name, Ed25519PrivateKey.generate(), kind)

    @classmethod
    def parse(cls, text: str) -> "Signer":
        """Read `PRIVATE+KEY+name+id+base64(kind || seed)`, the form of Go's note package; raises `BadNote`."""
        parts = text.strip().removeprefix(_PRIVATE).split("+", 2)
        if not text.startswith(_PRIVATE) or len(parts) != 3:
            raise BadNote("不是签名私钥的写法")
        raw = decode(parts[2], "私钥")
        if len(raw) != 33:
            raise BadNote("私钥长度不对")
        found = cls(parts[0], Ed25519PrivateKey.from_private_bytes(raw[1:]), raw[0])
        if found.verifier.key_id.hex() != parts[1]:
            raise BadNote("私钥编号与内容不符")
        return found

    def spelled(self) -> str:
        """The private key as text, to be kept in a file that only its owner may read."""
        seed = self.secret.private_bytes_raw()
        return f"{_PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{encode(bytes([self.kind]) + seed)}"

    @property
    def verifier(self) -> Verifier:
        """The public key."""
        return Verifier(self.name, self.secret.public_key().public_bytes_raw(), self.kind)

    def sign(self, text: str, moment: datetime | None = None) -> Signature:
        """Sign a note text. A cosignature needs the moment (aware), which becomes part of it."""
        if self.kind == COSIGNATURE:
            if moment is None:
                raise BadNote("见证签名须写明时刻。")
            timestamp = int(moment.timestamp())
            value = timestamp.to_bytes(8, "big") + self.secret.sign(_cosigned(text, timestamp))
        else:
            value = self.secret.sign(text.encode())
        return Signature(self.name, self.verifier.key_id, value)


@dataclass(frozen=True)
class Note:
    """A text and the signatures under it; nothing is verified yet."""

    text: str
    signatures: tuple[Signature, ...] = ()

    @classmethod
    def parse(cls, content: str | bytes) -> "Note":
        """Read a signed note; raises `BadNote` where it departs from the format."""
        try:
            whole = content.decode() if isinstance(content, bytes) else content
        except UnicodeDecodeError as problem:
            raise BadNote("签名文书不是 UTF-8。") from problem
        if len(whole) > MAX_CHARACTERS:
            raise BadNote("签名文书过长。")
        if any(c < " " and c != "\n" for c in whole):
            raise BadNote("签名文书里有控制字符。")
        text, gap, lines = whole.rpartition("\n\n")
        if not gap or not lines.endswith("\n"):
            raise BadNote("签名文书应为：正文、空行、签名行，末尾换行。")
        signatures = tuple(Signature.parse(line) for line in lines[:-1].split("\n"))
        if len(signatures) > MAX_SIGNATURES:
            raise BadNote(f"签名多于 {MAX_SIGNATURES} 个。")
        return cls(text + "\n", signatures)

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{signature}\n" for signature in self.signatures)

    def signed(self, signer: Signer, moment: datetime | None = None) -> "Note":
        """The note with one signature more."""
        return replace(self, signatures=(*self.signatures, signer.sign(self.text, moment)))

    def verified(self, keys: Iterable[Verifier]) -> tuple[Verifier, ...]:
        """The known keys that signed; others are ignored (signed-note).

        Raises `BadNote` when a known key's signature does not hold, or no known key signed.
        """
        known = list(keys)
        found: list[Verifier] = []
        for signature in self.signatures:
            for key in known:
                if signature.by(key):
                    if not key.holds(self.text, signature.value):
                        raise BadNote(f"{key.name} 的签名不成立：正文或签名被改动过。")
                    found.append(key)
        if not found:
            names = "、".join(key.name + "+" + key.key_id.hex() for key in known) or "（未给出）"
            raise BadNote(f"没有可信公钥的签名；可信公钥：{names}。")
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: whose it is, how many leaves it has, and their root."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read a checkpoint's note text; raises `BadNote`."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
            raise BadNote("检查点应有来源、大小、根三行，行不能为空，末尾换行。")
        if not _SIZE.fullmatch(lines[1]):
            raise BadNote(f"检查点的大小不是数：{lines[1][:24]!r}")
        root = decode(lines[2], "检查点的根")
        if len(root) != HASH_BYTES:
            raise BadNote(f"检查点的根长 {len(root)} 字节，应为 {HASH_BYTES}。")
        return cls(lines[0], int(lines[1]), root, tuple(lines[3:-1]))

    @property
    def text(self) -> str:
        """The note text that is signed."""
        return "".join(f"{line}\n" for line in (self.origin, self.size, encode(self.root), *self.extensions))
