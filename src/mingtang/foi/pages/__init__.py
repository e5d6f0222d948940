"""The public pages of disclosure on request: asking, following, counting days, knowing what can be done."""

from mingtang.foi.pages import apply, clock, guides, hall, remedies, span, track
from mingtang.trace import counts, pages


def register() -> None:
    """Tell the registries about the pages of this room."""
    pages.register(hall.SOURCE, guides.SOURCE, *remedies.SOURCES)
    guides.register()
    counts.register(span.address)
    pages.register_live(clock.PAGE, remedies.LIVE, guides.LIVE, *apply.PAGES, *track.PAGES)
    pages.open_door(hall.DOOR)
