"""Whom to ask: the openness office of the government, and the bodies that take requests."""

from datetime import date

from django.db.models import QuerySet

from mingtang.bodies.models import Body, Kind, Level

#: Acts after which what is said of bodies may be different.
VERBS = ("bodies.created", "bodies.edited", "bodies.closed")
#: Bodies that answer requests in their own name (Order 711, articles 10 and 27); villages and headquarters do not.
ANSWERING = (Kind.GOVERNMENT, Kind.OFFICE, Kind.DEPARTMENT, Kind.TOWN, Kind.SUMU, Kind.SUBDISTRICT)


def openness_office() -> Body | None:
    """The office that directs openness for the whole government."""
    return Body.objects.filter(kind=Kind.OFFICE, ends_on=None).order_by("order", "pk").first()


def answering(on: date) -> QuerySet[Body]:
    """The bodies that one can ask on a day, in the order of the directory."""
    found = Body.objects.active(on).filter(kind__in=ANSWERING).exclude(level=Level.VILLAGE)
    return found.order_by("order", "code")
