"""The room's first page: ask, follow, count the days, know what can be done; and the door that leads to it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mingtang.foi.pages import offices
from mingtang.trace.pages import Door, Page, PageSource


def hall() -> Page:
    """Where somebody begins who wants to know something that is not published."""
    bodies = list(offices.answering(timezone.localdate()))
    office = offices.openness_office()
    tags = {"bodies", *(f"body:{body.code}" for body in bodies)}
    return Page("foi/hall.html", {"bodies": bodies, "office": office}, frozenset(tags))


SOURCE = PageSource("requests", "foi/", hall, verbs=offices.VERBS)
DOOR = Door(
    name="foi",
    title=_("依申请公开"),
    path="foi/",
    summary=_("没有公开的信息，您可以申请。不收费，20个工作日内答复。"),
    number=lambda: None,
    newest=lambda: None,
    tags=frozenset({"bodies"}),
    order=50,
)
