"""Reading Chinese official text: files into one document value, a notice into a draft ledger."""

from mingtang.text.document import Cell, Document, Paragraph, Recognized, Table
from mingtang.text.draft import Chapter, Deadline, Draft, Item, Part, Problem, Quota, Task
from mingtang.text.errors import NotANotice, NoTextLayer, TextError, UnreadableFile
from mingtang.text.extract import extract_ledger
from mingtang.text.formats import document_from_text, read, read_bytes

__all__ = [
    "Cell",
    "Chapter",
    "Deadline",
    "Document",
    "Draft",
    "Item",
    "NoTextLayer",
    "NotANotice",
    "Paragraph",
    "Part",
    "Problem",
    "Quota",
    "Recognized",
    "Table",
    "Task",
    "TextError",
    "UnreadableFile",
    "document_from_text",
    "extract_ledger",
    "read",
    "read_bytes",
]
