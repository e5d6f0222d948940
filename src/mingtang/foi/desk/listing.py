"""The board's rows as a workbook: what an office circulates, and nothing personal."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mingtang.foi import days
from mingtang.foi.desk import urgency
from mingtang.foi.desk.board import narrowed_rows
from mingtang.foi.desk.letters import served
from mingtang.foi.desk.serving import today
from mingtang.press.list_workbook import Column, list_workbook

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Most rows of one workbook.
MOST = 20_000

COLUMNS = (
    Column("编号", 18), Column("所需信息", 44), Column("申请人类别", 14), Column("渠道", 14), Column("受理机关", 18),
    Column("承办机构", 18), Column("经办人", 10), Column("收到日期", 12), Column("答复期限", 12), Column("下一步", 20),
    Column("下一步期限", 12), Column("剩余工作日", 10), Column("紧急程度", 18), Column("状态", 16),
    Column("同类申请", 16),
)  # fmt: skip


def export(request: HttpRequest) -> HttpResponse:
    """All rows that the board's filters leave, without the applicants."""
    on, calendar = today(), days.estimated()
    lines: list[list[object]] = []
    for row in narrowed_rows(request)[:MOST].iterator(chunk_size=500):
        pressing = urgency.of(row, on, calendar)
        lines.append(
            [
                row.number, row.subject, row.get_applicant_kind_display(), row.get_channel_display(),
                row.body.short_name, row.unit.short_name, row.handler.get_full_name() if row.handler else "",
                row.received_on, row.due_on, row.next_what, row.next_due, pressing.left, pressing.words,
                row.get_state_display(), row.campaign.name if row.campaign else "",
            ]
        )  # fmt: skip
    title = _("依申请公开办理情况（%s）") % on
    return served(list_workbook(title, COLUMNS, lines), MEDIA_TYPE, f"foi-{on}.xlsx")
