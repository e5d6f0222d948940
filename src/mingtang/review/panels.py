"""What review shows on a record's own screens: findings beside the editor, the steps and acts on the overview."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.side_panels import BaseSidePanel

from mingtang.records.access import may_with
from mingtang.records.models import Record, State
from mingtang.records.panels import Act
from mingtang.review.checks import Severity, findings
from mingtang.review.desk import reason_of_return
from mingtang.review.models import SignOff
from mingtang.review.queries import level_of, round_of, steps
from mingtang.review.signers import may_sign


class FindingsPanel(BaseSidePanel):
    """What the automatic checks find in the newest saved text."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """The button that opens it, with the number of findings that stop submission."""

        aria_label = gettext_lazy("自动检查")
        icon_name = "clipboard-list"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """Count what stops submission."""
            found = self.panel.found
            blocking = sum(finding.severity == Severity.BLOCK for finding in found)
            return super().get_context_data(parent_context) | {"count": blocking}

    name = "findings"
    title = gettext_lazy("自动检查")
    template_name = "review/findings_panel.html"
    order = 50

    def __init__(self, record: Record, request: Any) -> None:
        self.found = findings(record)
        super().__init__(record, request)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The findings, and why the text came back where it did."""
        given = super().get_context_data(parent_context)
        return given | {"findings": self.found, "reason": reason_of_return(self.object)}


def side_panels(record: Record, request: Any) -> Iterator[BaseSidePanel]:
    """The findings."""
    yield FindingsPanel(record, request)


def parts(record: Record, request: Any) -> Iterator[str]:
    """Why it came back, the steps of the round, the findings while it is not public, all signatures so far."""
    unsettled = record.stage in (State.DRAFT, State.RETURNED, State.SUBMITTED)
    signed = SignOff.objects.filter(record_id=record.pk).select_related("user__person", "post", "body")
    levels = steps(record)
    context = {
        "record": record,
        "begun": any(step.signed or step.current for step in levels),
        "reason": reason_of_return(record),
        "steps": levels,
        "unsettled": unsettled,
        "findings": findings(record) if unsettled else [],
        "signatures": _by_hand(signed),
    }
    yield render_to_string("review/overview_part.html", context, request=request)


def _by_hand(signed: Any) -> list[SignOff]:
    """One line for each hand: the five gates of one signature are one."""
    seen: dict[tuple[int, int, bool], SignOff] = {}
    for sign_off in signed:
        seen.setdefault((sign_off.round, sign_off.level, sign_off.passed), sign_off)
    return list(seen.values())


def acts(record: Record, request: Any) -> Iterator[Act]:
    """Submit, sign, recall: whichever fits."""
    today = timezone.localdate()
    if record.stage in (State.DRAFT, State.RETURNED, State.SUBMITTED):
        yield Act(_("自动检查"), reverse("review:findings", args=[record.pk]))
    may_edit = may_with(request.user, "records.edit", record, on=today)
    if record.stage in (State.DRAFT, State.RETURNED) and may_edit:
        yield Act(_("送审"), reverse("review:submit", args=[record.pk]), main=True)
    current, level = round_of(record), level_of(record)
    if current and level:
        if may_sign(request.user, record, level, current.pk, today):
            yield Act(_("审核签字"), reverse("review:sign", args=[record.pk]), main=True)
        elif may_edit:
            yield Act(_("看审核进展、撤回送审"), reverse("review:sign", args=[record.pk]))
