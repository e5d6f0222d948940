"""How much is looked at in one file; what lies beyond is said, never passed over in silence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowance:
    """Bounds on size, depth and number; the defaults suit what an office publishes."""

    max_bytes: int = 50 * 1024 * 1024
    #: Files inside files inside the file.
    max_depth: int = 2
    max_embedded: int = 40
    max_pages: int = 500
    #: Pictures read for their text; each takes about a second.
    max_pictures: int = 20
    max_part_characters: int = 200_000


USUAL = Allowance()
