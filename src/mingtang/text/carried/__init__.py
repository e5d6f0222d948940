"""What is really in a file: its text, and all that it carries besides – hidden, commented, remembered, embedded.

carried(data) -> Carried(kind, document, parts, notes); raises UnreadableFile where the file gives nothing at all
"""

from mingtang.text.carried.limits import USUAL, Allowance
from mingtang.text.carried.part import MANNERS, Carried, Manner, Part
from mingtang.text.carried.reading import carried

__all__ = ["MANNERS", "USUAL", "Allowance", "Carried", "Manner", "Part", "carried"]
