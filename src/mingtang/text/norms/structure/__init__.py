"""Text as structure: 编 章 节 条 款 项 目 with stable addresses, and addresses written in Chinese found again."""

from mingtang.text.norms.structure.address import Found, addresses_in, find
from mingtang.text.norms.structure.parts import Attachment, Kind, Part, Structure, citation
from mingtang.text.norms.structure.reading import is_article, structure_of

__all__ = [
    "Attachment",
    "Found",
    "Kind",
    "Part",
    "Structure",
    "addresses_in",
    "citation",
    "find",
    "is_article",
    "structure_of",
]
