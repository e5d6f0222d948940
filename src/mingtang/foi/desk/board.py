"""The clock board: every request that the user may see with the days left, by urgency, filtered, grouped, acted on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies.models import Body, User
from mingtang.foi import days
from mingtang.foi.desk import urgency
from mingtang.foi.desk.many import ManyForm, carry_out
from mingtang.foi.desk.serving import demand, may, screen, today, visible
from mingtang.foi.models import OPEN_STATES, Campaign, Request
from mingtang.law.calendar import WorkCalendar
from mingtang.law.receipt import Channel
from mingtang.law.requests import Applicant as ApplicantKind

PER_PAGE = 30
#: Most groups of one view.
MOST_GROUPS = 200

#: Views of the board beside the list: what it is grouped by, and the fields that name a group.
VIEWS: dict[str, tuple[Any, str, str]] = {
    "body": (gettext_lazy("按受理机关"), "body", "body__short_name"),
    "handler": (gettext_lazy("按经办人"), "handler", "handler__person__name"),
    "kind": (gettext_lazy("按申请人类别"), "applicant_kind", "applicant_kind"),
    "campaign": (gettext_lazy("按同类申请"), "campaign", "campaign__name"),
}
STATES = (("open", gettext_lazy("办理中")), ("closed", gettext_lazy("已办结")), ("all", gettext_lazy("全部")))
LEVELS = (
    ("", gettext_lazy("不限")),
    ("overdue", gettext_lazy("已逾期")),
    ("2", gettext_lazy("2个工作日内")),
    ("5", gettext_lazy("5个工作日内")),
    ("10", gettext_lazy("10个工作日内")),
    ("paused", gettext_lazy("期限暂停")),
    ("unconfirmed", gettext_lazy("待确认")),
)
PAUSED = ("correcting", "paused")


class FilterForm(forms.Form):
    """What narrows the board; every field may be empty."""

    state = forms.ChoiceField(label=gettext_lazy("状态"), choices=STATES, required=False)
    level = forms.ChoiceField(label=gettext_lazy("紧急程度"), choices=LEVELS, required=False)
    body = forms.ModelChoiceField(Body.objects.none(), label=gettext_lazy("受理机关"), required=False)
    unit = forms.ModelChoiceField(Body.objects.none(), label=gettext_lazy("承办机构"), required=False)
    handler = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("经办人"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("申请人类别"), required=False,
        choices=[("", gettext_lazy("不限")), *((kind.value, kind.label) for kind in ApplicantKind)],
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=gettext_lazy("渠道"), required=False,
        choices=[("", gettext_lazy("不限")), *((one.value, one.label) for one in Channel)],
    )  # fmt: skip
    campaign = forms.ModelChoiceField(Campaign.objects.none(), label=gettext_lazy("同类申请"), required=False)
    q = forms.CharField(label=gettext_lazy("编号或者内容"), max_length=80, required=False)

    def __init__(self, *args: Any, rows: QuerySet[Request], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        bodies = Body.objects.filter(pk__in=rows.values("body"))
        fields["body"].queryset = bodies
        fields["unit"].queryset = Body.objects.filter(pk__in=rows.values("unit"))
        fields["handler"].queryset = User.objects.filter(pk__in=rows.values("handler")).select_related("person")
        fields["handler"].label_from_instance = lambda user: user.get_full_name() or str(user)
        fields["campaign"].queryset = Campaign.objects.filter(pk__in=rows.values("campaign"))
        for name in ("body", "unit", "handler", "campaign"):
            fields[name].empty_label = _("不限")


@dataclass(frozen=True)
class Line:
    """A request on the board."""

    row: Request
    urgency: urgency.Urgency
    ticked: bool


def board(request: HttpRequest) -> HttpResponse:
    """The board, and the acts on several requests at once."""
    demand(request, "foi.view")
    rows = visible(request)
    form = FilterForm(request.GET, rows=rows)
    form.is_valid()
    calendar = days.estimated()
    many = ManyForm(request.POST or None, user=request.user, on=today())
    if request.method == "POST":
        chosen = list(rows.filter(pk__in=_ticked(request)).select_related("body", "unit"))
        answer = carry_out(request, many, chosen)
        if answer is not None:
            return answer
    narrowed = _narrowed(rows, form.cleaned_data, today(), calendar)
    view = request.GET.get("view", "")
    context: dict[str, Any] = {
        "filters": form, "query": _query(request), "view": view, "many": many,
        "views": [(name, label) for name, (label, _field, _name) in VIEWS.items()],
        "counts": _counts(rows, today(), calendar), "may_receive": may(request, "foi.receive"),
        "may_handle": may(request, "foi.handle") or may(request, "foi.assign"),
    }  # fmt: skip
    if view in VIEWS:
        context["groups"] = _groups(narrowed, view, today(), calendar)
        return screen(request, "groups.html", _("依申请公开"), context)
    ticked = set(_ticked(request)) if many.is_bound else set[int]()
    page = Paginator(_ordered(narrowed), PER_PAGE).get_page(request.GET.get("page"))
    context["page"] = page
    context["lines"] = [Line(row, urgency.of(row, today(), calendar), row.pk in ticked) for row in page]
    return screen(request, "board.html", _("依申请公开"), context)


def narrowed_rows(request: HttpRequest) -> QuerySet[Request]:
    """The same rows as the board shows, all of them."""
    demand(request, "foi.view")
    rows = visible(request)
    form = FilterForm(request.GET, rows=rows)
    form.is_valid()
    return _ordered(_narrowed(rows, form.cleaned_data, today(), days.estimated()))


def _ordered(rows: QuerySet[Request]) -> QuerySet[Request]:
    """Most pressing first; what waits for a confirmation is pressing too: its day has come."""
    related = rows.select_related("body", "unit", "handler__person", "campaign")
    return related.order_by(F("next_due").asc(nulls_last=True), F("due_on").asc(nulls_last=True), "pk")


def _narrowed(rows: QuerySet[Request], wanted: dict[str, Any], on: date, calendar: WorkCalendar) -> QuerySet[Request]:
    state = wanted.get("state") or "open"
    if state != "all":
        open_ones = Q(state__in=OPEN_STATES)
        rows = rows.filter(open_ones if state == "open" else ~open_ones)
    for name, field in (
        ("body", "body"), ("unit", "unit"), ("handler", "handler"), ("kind", "applicant_kind"),
        ("channel", "channel"), ("campaign", "campaign"),
    ):  # fmt: skip
        if wanted.get(name):
            rows = rows.filter(**{field: wanted[name]})
    if words := (wanted.get("q") or "").strip():
        rows = rows.filter(Q(number__icontains=words) | Q(subject__icontains=words))
    if level := wanted.get("level"):
        rows = rows.filter(_level(level, on, calendar))
    return rows


def _level(level: str, on: date, calendar: WorkCalendar) -> Q:
    if level == "paused":
        return Q(state__in=PAUSED)
    if level == "unconfirmed":
        return Q(state="unconfirmed")
    open_ones = Q(state__in=OPEN_STATES)
    if level == "overdue":
        return open_ones & Q(next_due__lt=on)
    return open_ones & Q(next_due__gte=on, next_due__lte=urgency.edges(on, calendar)[int(level)])


def _sums(on: date, calendar: WorkCalendar) -> dict[str, Count]:
    """The counts of a group, in one query."""
    names = ("overdue", "2", "5", "10", "paused", "unconfirmed")
    sums = {f"n_{name}": Count("pk", filter=_level(name, on, calendar)) for name in names}
    return {"n_open": Count("pk", filter=Q(state__in=OPEN_STATES)), "n_all": Count("pk"), **sums}


def _counts(rows: QuerySet[Request], on: date, calendar: WorkCalendar) -> dict[str, int]:
    return rows.order_by().aggregate(**_sums(on, calendar))


def _groups(rows: QuerySet[Request], view: str, on: date, calendar: WorkCalendar) -> list[dict[str, Any]]:
    _label, field, name = VIEWS[view]
    found = rows.order_by().values(field, name).annotate(**_sums(on, calendar)).order_by("-n_overdue", "-n_2", "-n_all")
    kinds = {kind.value: kind.label for kind in ApplicantKind}
    groups: list[dict[str, Any]] = []
    for row in found[:MOST_GROUPS]:
        shown = kinds.get(row[name], row[name]) or _("（未指定）")
        groups.append({**row, "key": row[field], "shown": shown, "link": f"{view}={row[field]}" if row[field] else ""})
    return groups


def _ticked(request: HttpRequest) -> list[int]:
    return [int(value) for value in request.POST.getlist("row") if value.isdigit()][:PER_PAGE]


def _query(request: HttpRequest) -> str:
    """What narrows the board, for links that keep it."""
    query = request.GET.copy()
    for name in ("page", "view"):
        query.pop(name, None)
    return query.urlencode()
