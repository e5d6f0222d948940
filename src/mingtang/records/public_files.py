"""Where the files of public records lie on the portal: addressed by their content, under the name they were given."""

import hashlib
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from wagtail.utils.file import hash_filelike

FOLDER = "files"
ADDRESS_DIGITS = 16


def digest_of(stored: Any) -> str:
    """SHA-1 (hex) of a Wagtail document's or image's content: as Wagtail noted it, else computed; zeros when lost."""
    if stored.file_hash:
        return stored.file_hash
    try:
        with stored.file.open("rb") as content:
            return hash_filelike(content)
    except FileNotFoundError:
        return "0" * 40


def sha256_of_file(file: Any) -> str | None:
    """SHA-256 (hex) of the content of a stored file (Django's `FieldFile`); None when it is lost."""
    try:
        with file.storage.open(file.name, "rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def path_of(stored: Any) -> str:
    """Path below the portal's root, percent-encoded: `files/<content>/<name>`."""
    return f"{FOLDER}/{digest_of(stored)[:ADDRESS_DIGITS]}/{quote(PurePosixPath(stored.file.name).name)}"


def size_of(stored: Any) -> int | None:
    """Bytes of a stored file as Wagtail noted them, else as the store says; None when the file is lost."""
    if stored.file_size is not None:
        return stored.file_size
    try:
        return stored.file.size
    except FileNotFoundError:
        return None


def size_in_words(size: int | None) -> str:
    """A file's size as people read it: 820 B, 14 KB, 2.3 MB; nothing when it is not known."""
    if size is None:
        return ""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{round(size / 1024)} KB"
    return f"{size / 1024 / 1024:.1f} MB"
