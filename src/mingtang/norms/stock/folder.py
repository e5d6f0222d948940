"""The documents of a folder, read one after the other: what each is, or the line that says why it was not read."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mingtang.text import Document, TextError, read_bytes
from mingtang.text.formats import MAX_BYTES
from mingtang.text.norms import NormDraft, read_norm

DOCUMENTS = frozenset({".docx", ".html", ".htm", ".pdf", ".txt", ".xlsx"})
PICTURES = frozenset({".png", ".jpg", ".jpeg"})


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read; `digest` is the SHA-256 of the file in hex."""

    file: Path
    digest: str
    draft: NormDraft
    document: Document


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read, and why in one Chinese line."""

    file: Path
    problem: str

    def __str__(self) -> str:
        return f"{self.file}：{self.problem}"


def files_in(folder: Path, *, pictures: bool = False) -> Sequence[Path]:
    """The documents of a folder and those below it, in the order of their names; hidden and lock files left out."""
    endings = DOCUMENTS | PICTURES if pictures else DOCUMENTS
    return sorted(
        file
        for file in folder.rglob("*")
        if file.is_file() and file.suffix.lower() in endings and not file.name.startswith((".", "~$"))
    )


def read_files(files: Sequence[Path], *, recognize: bool = False) -> Iterator[Read | Unread]:
    """Each file read, one in memory at a time. A number that an earlier file has is a problem of the later one.

    `recognize`: scans and pictures by text recognition.
    """
    numbers: dict[tuple[str, str], Path] = {}
    for file in files:
        try:
            data = _bytes(file)
            document = read_bytes(data, recognize=recognize)
        except TextError as error:
            yield Unread(file, str(error))
            continue
        except OSError as error:
            yield Unread(file, f"文件打不开（{error.strerror}），请检查权限或重新复制。")
            continue
        draft = read_norm(document)
        if draft.kind == "norm" and draft.document_number:
            key = (draft.document_number, draft.issuer or "")
            earlier = numbers.setdefault(key, file)
            if earlier is not file:
                told = f"文号 {draft.document_number} 与 {earlier.name} 相同，请核对，同一文件只收一份。"
                draft = replace(draft, problems=(*draft.problems, told))
        yield Read(file, hashlib.sha256(data).hexdigest(), draft, document)


def _bytes(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)
