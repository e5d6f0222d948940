"""The portal's own pages: front page, guide to disclosure, accessibility statement, and what a lost reader finds."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from mingtang.law import shelf
from mingtang.records.column_pages import latest
from mingtang.trace import pages
from mingtang.trace.pages import Door, Page, PageSource

#: Rules that the guide shows under each of its headings (DB15/T 2091 names the headings).
GUIDE_RULES = {
    "general": ("disclosure-regulation.13", "disclosure-regulation.14", "disclosure-regulation.15"),
    "proactive": ("disclosure-regulation.20", "disclosure-regulation.26"),
    "supervision": ("disclosure-regulation.49-department", "disclosure-regulation.49-government"),
}
#: How many columns the front page shows, and how many entries of each.
LATEST_COLUMNS, LATEST_ENTRIES = 4, 6


def register() -> None:
    """Tell the registries about the portal's pages, and open the door to the guide."""
    pages.register(
        PageSource("front", "", front),
        PageSource("about", "about/", about, verbs=("bodies.*",)),
        PageSource("accessibility", "accessibility/", accessibility, verbs=("bodies.*",)),
        PageSource("not-found", "404.html", not_found, verbs=("bodies.*",)),
    )
    pages.open_door(
        Door(
            name="about",
            title=_("公开指南"),
            path="about/",
            summary=_("怎样查阅、怎样申请，有疑问找谁。"),
            number=lambda: None,
            newest=lambda: None,
            order=900,
        )
    )


def front() -> Page:
    """The doors with their live numbers, and the latest entries of the rooms that have any."""
    doors = [{"door": door, "number": door.number(), "newest": door.newest()} for door in pages.doors()]
    tags = frozenset({"front"}).union(*(door.tags for door in pages.doors()))
    return Page("portal/front.html", {"doors": doors, "latest": latest(LATEST_COLUMNS, LATEST_ENTRIES)}, tags)


def about() -> Page:
    """The guide to disclosure, from what the directory says of the openness office."""
    return Page("portal/about.html", {"rules": {part: _cited(ids) for part, ids in GUIDE_RULES.items()}}, frozenset())


def accessibility() -> Page:
    """What the site does for readers with impairments, and whom to tell where it fails."""
    return Page("portal/accessibility.html", {}, frozenset())


def not_found() -> Page:
    """What a reader sees whose address leads nowhere."""
    return Page("portal/not_found.html", {}, frozenset())


def _cited(ids: Iterable[str]) -> list[Mapping[str, Any]]:
    """Citation and wording of rules of the law; raises `UnknownRule` for an id that the library has not."""
    rules = [shelf.rule(rule_id) for rule_id in ids]
    return [{"citation": rule.citation, "says": rule.says, "checked": rule.is_checked} for rule in rules]
