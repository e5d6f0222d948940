"""A bag for the archive (BagIt, RFC 8493) as one zip file: payload, its digests, and the digests of what describes it.

The same content gives the same bytes: entries in order, no clock, no machine in them.
"""

import hashlib
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: The earliest date that a zip entry can bear; the days of the files are told in the payload.
EPOCH = (1980, 1, 1, 0, 0, 0)


class BadBag(ValueError):
    """A name that cannot stand in a bag; the message is Chinese."""


@dataclass(frozen=True)
class Bag:
    """The zip file, how many payload files it holds, and the SHA-256 of the payload manifest."""

    content: bytes
    files: int
    manifest_digest: str


def bag(name: str, files: Iterable[tuple[str, bytes]], info: Mapping[str, str]) -> Bag:
    """A bag with the folder `name`: `files` are paths below `data/` with their content, `info` lines of bag-info.txt.

    `Payload-Oxum` is added. Raises `BadBag` for an empty bag, and for paths that lead out, come twice or hold a %.
    """
    payload = {f"data/{_checked(path)}": content for path, content in _once(files)}
    if not payload:
        raise BadBag("归档包里没有文件。")
    manifest = _manifest(payload)
    size = sum(len(content) for content in payload.values())
    lines = {**info, "Payload-Oxum": f"{size}.{len(payload)}"}
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "".join(f"{label}: {_one_line(value)}\n" for label, value in lines.items()).encode(),
        "manifest-sha256.txt": manifest,
    }
    tags["tagmanifest-sha256.txt"] = _manifest(tags)
    return Bag(_zip(_checked(name), tags | payload), len(payload), hashlib.sha256(manifest).hexdigest())


def _once(files: Iterable[tuple[str, bytes]]) -> Iterable[tuple[str, bytes]]:
    seen: set[str] = set()
    for path, content in files:
        if path.casefold() in seen:
            raise BadBag(f"归档包里“{path}”出现了两次。")
        seen.add(path.casefold())
        yield path, content


def _checked(path: str) -> str:
    """A relative path in one normal form, without line breaks, and without %, which readers take in unlike ways."""
    parts = path.split("/")
    strange = any(character == "%" or unicodedata.category(character) == "Cc" for character in path)
    if strange or any(part in ("", ".", "..") for part in parts):
        raise BadBag(f"“{path}”不能作归档包里的文件名。")
    return unicodedata.normalize("NFC", path)


def _manifest(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in files.items())
    return "".join(lines).encode()


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _zip(folder: str, files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{path}", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return out.getvalue()
