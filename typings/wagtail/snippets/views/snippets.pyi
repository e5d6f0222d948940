"""Wagtail's screens carry no types, and those guessed from their first values are wrong for every subclass."""

from typing import Any

def __getattr__(name: str) -> Any: ...
