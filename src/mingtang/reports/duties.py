"""What annual reports ask of a person today: to fill and submit, to mend, to judge, to gather, to send into review."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtang.bodies.duties import Duty, Standing, standing_of
from mingtang.bodies.models import Body, Kind, User
from mingtang.bodies.permissions import bodies_for, day_of, may_everywhere
from mingtang.reports import queries
from mingtang.reports.models import AnnualReport

#: A report that nobody has opened is asked for up to so long after its last day: older years are history.
ASKED_FOR = timedelta(days=90)
State = AnnualReport.State


def of(user: User, moment: datetime) -> Iterable[Duty]:
    """Everything of this room that waits for the user at the moment: some ten queries, whatever the size."""
    today = day_of(moment)
    filling = bodies_for(user, "reports.fill", on=today)
    everywhere = may_everywhere(user, "reports.judge", on=today)
    if everywhere:
        yield from _office(today)
        governments = Body.objects.filter(kind=Kind.GOVERNMENT)
        filling = Body.objects.filter(Q(pk__in=governments) | Q(pk__in=_own_bodies(user, filling)))
    yield from _to_fill(filling, today)
    releasing = bodies_for(user, "reports.release", on=today)
    if not everywhere:
        yield from _to_release(AnnualReport.objects.filter(body__in=releasing.values("pk")))


def _own_bodies(user: User, bodies: QuerySet[Body]) -> QuerySet[Body]:
    """Of the bodies those in which the person holds a post: the office fills its own report, not everybody's."""
    return bodies.filter(posts__person=user.person) if user.person else bodies.none()


def _to_fill(bodies: QuerySet[Body], today: date) -> Iterator[Duty]:
    """Reports about last year that are still to be handed in, and those that review sent back."""
    for owed in queries.owed(today.year - 1, bodies):
        if owed.report is None:
            if today <= owed.due + ASKED_FOR:
                url = f"{reverse('reports:board')}?year={today.year - 1}"
                yield _duty(owed, url, _("开始填报"), today)
        elif owed.report.is_open or owed.stage == "sent_back":
            note = _("政务公开办提了意见") if owed.stage == "returned" else owed.stage_label
            act = _("按意见修改") if owed.stage in ("returned", "sent_back") else _("填报")
            yield _duty(owed, reverse("reports:report", args=[owed.report.pk]), act, today, note)


def _duty(owed: queries.Owed, url: str, act: str, today: date, note: str = "") -> Duty:
    title = _("%(body)s %(year)s 年政府信息公开工作年度报告") % {
        "body": owed.body.short_name, "year": owed.due.year - 1,
    }  # fmt: skip
    return Duty(title, url, act, owed.body, standing_of(owed.due, today), owed.due, note)


def _office(today: date) -> Iterator[Duty]:
    """Reports to judge, accepted ones that the office may send on, and the late in one line."""
    rows = AnnualReport.objects.select_related("body")
    for report in rows.filter(state=State.SUBMITTED).order_by("submitted_at"):
        url = reverse("reports:report", args=[report.pk])
        yield Duty(str(report), url, _("审核"), report.body, Standing.MINE, note=_("已报送，待审核"))
    yield from _to_release(rows.filter(kind=AnnualReport.Kind.GOVERNMENT))
    late = [owed for owed in queries.owed(today.year - 1) if owed.is_late(today)]
    if late and today <= late[0].due + ASKED_FOR:
        url = f"{reverse('reports:board')}?year={today.year - 1}&stage=awaited"
        title = _("%d 个机关的年度报告逾期未报送") % len(late)
        yield Duty(title, url, _("催报"), None, Standing.OTHERS, late[0].due)


def _to_release(rows: QuerySet[AnnualReport]) -> Iterator[Duty]:
    """Accepted reports that wait to be sent into review."""
    for report in rows.filter(state=State.ACCEPTED).select_related("body"):
        url = reverse("reports:report", args=[report.pk])
        yield Duty(str(report), url, _("送审发布"), report.body, Standing.MINE, note=_("已审核通过"))
