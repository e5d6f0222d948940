"""Reading Chinese official text: files into one document value, a notice into a draft ledger."""

from mingtang.text.document import Cell, Document, Paragraph, Table
from mingtang.text.draft import Chapter, Deadline, Draft, Item, Part, Problem, Quota, Task

__all__ = [
    "Cell",
    "Chapter",
    "Deadline",
    "Document",
    "Draft",
    "Item",
    "Paragraph",
    "Part",
    "Problem",
    "Quota",
    "Table",
    "Task",
]
