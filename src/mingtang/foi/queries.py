"""Reading requests: what one may see, what is open, similar requests, how often an applicant asks."""

from datetime import timedelta

from django.db.models import QuerySet

from mingtang.foi.models import OPEN_STATES, Asked, Request
from mingtang.foi.similar import likeness, marks

#: How far back similar requests are looked for, and how many are compared.
LOOK_BACK, MOST_COMPARED = timedelta(days=730), 2000
#: From this likeness on two requests are shown as similar.
SIMILAR = 0.5


def open_ones(rows: QuerySet[Request]) -> QuerySet[Request]:
    """Those still to be worked on, the most pressing first; what waits for its receipt to be confirmed leads."""
    return rows.filter(state__in=OPEN_STATES).order_by("next_due", "due_on", "id")


def similar(request: Request, *, most: int = 10) -> list[tuple[Request, float]]:
    """Other requests to the same body that ask for much the same, the most alike first."""
    own = marks(f"{request.subject} {request.wanted}")
    since = request.arrived_on - LOOK_BACK
    others = Request.objects.filter(body=request.body_id, arrived_on__gte=since, merged_into=None)
    near = others.exclude(pk=request.pk).order_by("-arrived_on")[:MOST_COMPARED]
    found = [(other, likeness(own, marks(f"{other.subject} {other.wanted}"))) for other in near]
    return sorted((pair for pair in found if pair[1] >= SIMILAR), key=lambda pair: -pair[1])[:most]


def asked_by_same(request: Request) -> dict[str, int]:
    """How many requests and things the same applicant sent this body: this month, and within a year."""
    same = Request.objects.filter(body=request.body_id, applicant__same=request.applicant.same, merged_into=None)
    month = same.filter(arrived_on__gte=request.arrived_on.replace(day=1))
    year = same.filter(arrived_on__gt=request.arrived_on - timedelta(days=365))
    return {
        "month": month.count(),
        "month_things": Asked.objects.filter(request__in=month).count(),
        "year": year.count(),
    }
