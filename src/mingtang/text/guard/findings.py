"""What the guard answers, within which limits it looks, and the one error its parts raise."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["pdf", "jpg", "png", "docx", "xlsx", "ofd", "txt"]

#: The endings a file of each kind may carry.
ENDINGS: dict[Kind, tuple[str, ...]] = {
    "pdf": ("pdf",),
    "jpg": ("jpg", "jpeg"),
    "png": ("png",),
    "docx": ("docx",),
    "xlsx": ("xlsx",),
    "ofd": ("ofd",),
    "txt": ("txt",),
}
MEDIA_TYPES: dict[Kind, str] = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",
    "txt": "text/plain",
}

Code = Literal[
    "name",  # a name with tricks in it, or too long
    "size",  # empty or too large
    "kind",  # a kind of file that is not taken
    "lie",  # the ending says another kind than the content
    "program",  # something that runs, alone or inside
    "macro",  # macros or other office automation
    "active",  # active content of a PDF, or of an office file what reaches outside
    "embedded",  # a file inside the file
    "bomb",  # unpacks to far more than it is
    "picture",  # more pixels than are taken
    "polyglot",  # two kinds of file in one
    "encrypted",  # cannot be read without a password
    "broken",  # does not hold together
    "slow",  # not seen through within the time and memory allowed
]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken: bytes, pixels, pages and objects; the default suits what a citizen sends to an office."""

    kinds: frozenset[Kind] = frozenset(ENDINGS)
    max_bytes: int = 20 * 1024 * 1024
    max_name_characters: int = 120
    #: Bytes of everything inside an office file or PDF, unpacked.
    max_unpacked: int = 120 * 1024 * 1024
    #: Unpacked size of one member by its packed size; only looked at above one megabyte.
    max_ratio: int = 200
    max_entries: int = 2_000
    max_path_depth: int = 10
    #: How deep office files may stand inside each other (a chart's workbook in a document is one).
    max_nesting: int = 2
    #: Pixels of a picture; the cameras of today's phones take up to fifty million.
    max_pixels: int = 50_000_000
    max_side: int = 20_000
    max_pages: int = 500
    max_objects: int = 100_000
    max_characters: int = 2_000_000


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept: its kind by its content, its media type, its size in bytes, a PDF's pages."""

    kind: Kind
    media_type: str
    size: int
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that may not be kept: why as a code, and as one Chinese line that names the file and ends in the mend."""

    code: Code
    reason: str


class Unfit(Exception):
    """Raised by the guard's parts: the code, what is wrong and the mend; never leaves the guard."""

    def __init__(self, code: Code, wrong: str, mend: str) -> None:
        super().__init__(wrong)
        self.code: Code = code
        self.wrong = wrong
        self.mend = mend
