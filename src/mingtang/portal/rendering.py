"""The Jinja environment of public pages."""

from typing import Any

from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """A Jinja environment in which an unknown name is an error, never an empty space."""
    options["undefined"] = StrictUndefined
    return Environment(**options)  # noqa: S701 - Django passes autoescape=True
