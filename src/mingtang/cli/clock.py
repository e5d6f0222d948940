"""`mingtang clock`: the deadlines of one request from its events, counted day by day, each with its clause."""

import datetime
import json
from pathlib import Path

import click

from mingtang.cli.calendar import calendar_option, open_calendar
from mingtang.cli.output import emit_json, format_option, refuse
from mingtang.law.calendar import WorkCalendar
from mingtang.law.clock import CountedClockDay, Deadline, Standing, fold, history_from
from mingtang.law.errors import CalendarError, HistoryError, LawError


@click.command(
    help="从一份申请的经过（JSON 文件）算出各个期限：应于哪天答复、现在的状态、每一步是否按时，并注明条款、逐日列出。"
    "写法见 docs/operations.md“申请的期限”。"
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--on", "on_text", metavar="日期", help="看哪一天的情形；不写时，是最后一个事件那天。")
@calendar_option
@format_option
def clock(file: Path, on_text: str | None, folder: Path | None, output_format: str) -> None:
    """Fold the events of a file into deadlines."""
    as_of = _day(on_text) if on_text else None
    try:
        calendar = open_calendar(folder)
    except CalendarError as error:
        refuse(*error.faults)
    try:
        history, unknown = history_from(_read(file))
        standing = fold(history, calendar, as_of)
    except HistoryError as error:
        refuse(*(f"{file}：{fault}" for fault in error.faults))
    except LawError as error:
        refuse(f"{file}：{error}")
    if unknown:
        click.echo(f"{file}：没有用到的字段：{'、'.join(unknown)}", err=True)
    if output_format == "json":
        emit_json(_as_json(standing, calendar))
    else:
        click.echo("\n".join(_as_text(standing, calendar)))


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        refuse(f"--on“{text}”不是日期：请写成 2022-06-30 的样子")


def _read(file: Path) -> object:
    """The JSON value of a file in UTF-8 or GB18030; ends the command with one line when there is none."""
    try:
        data = file.read_bytes()
    except OSError as error:
        refuse(f"{file}：读不出来（{error.strerror}），请核对文件名")
    try:
        return json.loads(_decoded(data))
    except UnicodeDecodeError:
        refuse(f"{file}：认不出文字编码，请另存为 UTF-8")
    except json.JSONDecodeError as error:
        refuse(f"{file}：第{error.lineno}行第{error.colno}列不合 JSON 的写法，请核对引号、逗号和括号")
    except RecursionError:
        refuse(f"{file}：括号嵌套过深，请核对是不是申请的经过")
    except ValueError:  # Python reads no whole number of more than some thousand digits
        refuse(f"{file}：有一个数字太长，请核对")


def _decoded(data: bytes) -> str:
    """The text of UTF-8, with or without a mark, or else of GB18030; UnicodeDecodeError when it is neither."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _as_json(standing: Standing, calendar: WorkCalendar) -> dict[str, object]:
    following = standing.next
    return {
        "reply_due": _iso(standing.reply_due),
        "state": standing.state.value,
        "deadlines": [_deadline_json(each, calendar) for each in standing.deadlines],
        "late_by": standing.late_by,
        "state_label": standing.state.label,
        "as_of": standing.as_of.isoformat(),
        "received_on": _iso(standing.received_on),
        "remaining": standing.remaining,
        "paused_by": list(standing.paused_by),
        "next": following and {"what": following.what, "due": _iso(following.due), "owner": following.owner.value},
        "notes": list(standing.notes),
    }


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _deadline_json(deadline: Deadline, calendar: WorkCalendar) -> dict[str, object]:
    return {
        "what": deadline.what,
        "due": deadline.due.isoformat(),
        "met": deadline.met,
        "rules": [rule.citation for rule in deadline.rules],
        "owner": deadline.owner.value,
        "from": deadline.start.isoformat(),
        "done_on": _iso(deadline.done_on),
        "late_by": deadline.late_by,
        "provisional": deadline.provisional,
        "optional": deadline.optional,
        "days": [_day_json(each) for each in deadline.days(calendar)],
    }


def _day_json(each: CountedClockDay) -> dict[str, object]:
    return {
        "date": each.day.date.isoformat(),
        "counted": each.number is not None,
        "number": each.number,
        "reason": each.why,
    }


def _as_text(standing: Standing, calendar: WorkCalendar) -> list[str]:
    lines = [f"截至{standing.as_of}：{standing.state.label}{_why(standing)}"]
    if standing.reply_due:
        lines.append(f"应于{standing.reply_due}前（含当日）答复{_left(standing)}")
    if standing.late_by:
        lines.append(f"逾期{standing.late_by}天")
    if standing.next:
        lines.append(f"下一步：{standing.next.owner.label}{standing.next.what}，最迟{standing.next.due}")
    lines += [f"注意：{note}" for note in standing.notes]
    for deadline in standing.deadlines:
        lines += ["", f"{deadline.due} {deadline.owner.label}：{deadline.what}（{_judgement(deadline)}）"]
        marks = ((rule, "" if rule.is_checked else "（待核）") for rule in deadline.rules)
        lines += [f"  依据 {rule.citation}{mark}：{rule.says}" for rule, mark in marks]
        lines += [_day_line(each) for each in deadline.days(calendar)]
    return lines


def _why(standing: Standing) -> str:
    return f"：{'、'.join(standing.paused_by)}" if standing.paused_by else ""


def _left(standing: Standing) -> str:
    if standing.remaining is None:
        return ""
    if standing.remaining < 0:
        return f"，已过{-standing.remaining}个工作日"
    most = "，暂停结束得早则提前" if standing.paused_by else ""
    return f"，还有{standing.remaining}个工作日{most}"


def _judgement(deadline: Deadline) -> str:
    if deadline.met is None:
        return "可以不做" if deadline.optional else "未到期"
    done = f"{deadline.done_on}办" if deadline.done_on else "未办"
    return f"{done}，按时" if deadline.met else f"{done}，逾期{deadline.late_by}天"


def _day_line(each: CountedClockDay) -> str:
    place = f"第{each.number}个工作日" if each.number else "不计"
    return f"    {each.day.date} {each.day.weekday}  {place}{'（' + each.why + '）' if each.why else ''}"
