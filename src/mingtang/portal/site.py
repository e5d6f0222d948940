"""What every public page shares: whose site it is, the way into each room, whom to call."""

import re
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body, Kind
from mingtang.trace import pages

REMARK = re.compile("（.*?）")


@dataclass(frozen=True)
class Site:
    """`government` runs the site, `office` is its openness office; `ways` are the (title, path) pairs of the nav."""

    name: str
    government: Body | None
    office: Body | None
    ways: tuple[tuple[str, str], ...]
    is_demo: bool

    @property
    def tags(self) -> frozenset[str]:
        """What the shared parts of every page depend on."""
        return frozenset(f"body:{body.code}" for body in (self.government, self.office) if body)


def current_site() -> Site:
    """Read the site's facts from the directory of bodies (two queries)."""
    highest_first = (F("parent_id").asc(nulls_first=True), "order", "pk")
    government = Body.objects.filter(kind=Kind.GOVERNMENT, ends_on=None).order_by(*highest_first).first()
    office = Body.objects.filter(kind=Kind.OFFICE, ends_on=None).order_by("order", "pk").first()
    place = REMARK.sub("", government.name).partition("人民政府")[0] if government else ""
    return Site(
        name=_("%(place)s政务公开") % {"place": place},
        government=government,
        office=office,
        ways=tuple((door.title, door.path) for door in pages.doors()),
        is_demo=government is not None and "演示" in government.name,
    )
