"""The public pages of disclosure on request: asking, following, counting days, knowing what can be done."""

from mingtang.foi.pages import apply, clock, hall, remedies, track
from mingtang.trace import pages


def register() -> None:
    """Tell the registries about the pages of this room."""
    pages.register(hall.SOURCE, *remedies.SOURCES)
    pages.register_live(clock.PAGE, remedies.LIVE, *apply.PAGES, *track.PAGES)
    pages.open_door(hall.DOOR)
