"""Taking text out of a PDF for good: pages, areas and spans, proven by reading the result again."""

from mingtang.press.redaction.errors import NotOnPage, NotRemoved, RedactionError, Unreadable
from mingtang.press.redaction.picture import page_picture
from mingtang.press.redaction.places import Area, PageText, Span
from mingtang.press.redaction.removing import Redacted, read_pages, redact

__all__ = [
    "Area",
    "NotOnPage",
    "NotRemoved",
    "PageText",
    "Redacted",
    "RedactionError",
    "Span",
    "Unreadable",
    "page_picture",
    "read_pages",
    "redact",
]
