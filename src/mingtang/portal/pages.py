"""The portal's own pages: front page, guide to disclosure, accessibility statement, and what a lost reader finds."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from mingtang.bodies.pages import directory
from mingtang.law import shelf
from mingtang.law.rules import Rule
from mingtang.portal import linked, shapes
from mingtang.portal.site import current_site
from mingtang.records.column_pages import Tree, newest
from mingtang.trace import pages
from mingtang.trace.limits import Wait
from mingtang.trace.pages import Door, Entry, Page, PageSource

#: Rules that the guide shows under each of its headings (DB15/T 2091 names the headings).
GUIDE_RULES = {
    "general": ("disclosure-regulation.13", "disclosure-regulation.14", "disclosure-regulation.15"),
    "proactive": ("disclosure-regulation.20", "disclosure-regulation.26"),
    "supervision": ("disclosure-regulation.49-department", "disclosure-regulation.49-government"),
}
#: Acts after which the head and the foot of every page may say something else.
FRAME_VERBS = ("bodies.created", "bodies.edited", "bodies.closed")
#: How many of the newest records the front page shows.
NEWEST = 9


def register() -> None:
    """Tell the registries about the portal's pages, and open the door to the guide."""
    pages.register(
        # What the doors show changes with the pages behind them, whose sources name those acts.
        *pages.with_data(PageSource("front", "", front, verbs=FRAME_VERBS), shapes.FRONT),
        *pages.with_data(PageSource("about", "about/", about, verbs=FRAME_VERBS, timeless=True), shapes.ABOUT),
        PageSource("accessibility", "accessibility/", accessibility, verbs=FRAME_VERBS, timeless=True),
        PageSource("not-found", "404.html", not_found, verbs=FRAME_VERBS, timeless=True, listed=False),
    )
    pages.open_door(
        Door(
            name="about",
            title=_("公开指南"),
            path="about/",
            summary=_("怎样查阅、怎样申请，有疑问找谁。"),
            number=lambda: None,
            newest=_whom_to_call,
            order=900,
        )
    )


def _whom_to_call() -> Entry | None:
    office = current_site().office
    if office is None or not office.openness_phone:
        return None
    title = _("%(office)s　电话 %(phone)s") % {
        "office": office.openness_office or office.name,
        "phone": office.openness_phone,
    }
    return Entry(title, "about/#office")


def front() -> Page:
    """The search, the doors with their live numbers, what is new, how far the year's work is, columns and bodies."""
    doors = [{"door": door, "number": door.number(), "newest": door.newest()} for door in pages.doors()]
    tags = frozenset({"front", "records", "columns", "bodies"}).union(*(door.tags for door in pages.doors()))
    context = {
        "doors": doors,
        "newest": newest(NEWEST),
        "progress": [found for item in doors if (found := item["door"].progress())],
        "tree": Tree.load(counted=False),
        "chapters": directory().context["chapters"],
    }
    return Page("portal/front.html", context, tags, linked=linked.website(current_site()))


def about() -> Page:
    """The guide to disclosure, from what the directory says of the openness office."""
    context = {"rules": {part: _cited(ids) for part, ids in GUIDE_RULES.items()}}
    return Page("portal/about.html", context, frozenset(), linked=linked.requests_service(current_site()))


def accessibility() -> Page:
    """What the site does for readers with impairments, and whom to tell where it fails."""
    return Page("portal/accessibility.html", {}, frozenset())


def not_found() -> Page:
    """What a reader sees whose address leads nowhere."""
    return Page("portal/not_found.html", {}, frozenset())


def sent_too_often(wait: Wait) -> Page:
    """What a reader sees whose form was not taken because too many came before it."""
    return Page("portal/sent_too_often.html", {"wait": wait}, frozenset())


def _cited(ids: Iterable[str]) -> list[Mapping[str, Any]]:
    """Citation and wording of rules of the law, those of one clause together; `UnknownRule` for an id nobody knows."""
    clauses: dict[str, list[Rule]] = {}
    for rule in (shelf.rule(rule_id) for rule_id in ids):
        clauses.setdefault(rule.citation, []).append(rule)
    return [
        {
            "citation": citation,
            "says": "".join(rule.says for rule in rules),
            "checked": all(rule.is_checked for rule in rules),
        }
        for citation, rules in clauses.items()
    ]
