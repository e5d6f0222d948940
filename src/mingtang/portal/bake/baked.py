"""What a bake made."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Baked:
    """The release's id, how many pages and other files the site has, how many of both are those of the former release,
    the last event it knows, a line for each stored file that could not be found and for a missing signature, how many
    pages were rendered, and whether that was the whole site."""

    release: str
    pages: int
    files: int
    reused: int
    events: int
    problems: tuple[str, ...]
    rendered: int
    whole: bool
