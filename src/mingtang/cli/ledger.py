"""`mingtang ledger extract`: a notice into a draft ledger, as text, JSON or a workbook; needs no instance."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from mingtang.cli.output import emit_json, refuse, workbook_format_option
from mingtang.text import Chapter, Deadline, Draft, Item, Task, TextError, extract_ledger, read

_PERIODS = {
    "day": "每天",
    "week": "每周",
    "ten_days": "每旬",
    "month": "每月",
    "two_months": "每两个月",
    "quarter": "每季度",
    "half_year": "每半年",
    "year": "每年",
    "term": "每学期",
}


@click.group(help="工作台账。")
def ledger() -> None:
    """Commands about the ledger of a notice."""


@ledger.command(help="从通知、要点、方案或任务分解表中提取台账草稿（txt、html、docx、pdf、xlsx）。")
@click.argument("file", type=click.Path(path_type=Path))
@workbook_format_option
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到这个文件，不写到屏幕。")
def extract(file: Path, output_format: str, output: Path | None) -> None:
    """Read a notice and show its draft ledger."""
    if output_format == "xlsx" and output is None:
        refuse("xlsx 是二进制文件，请用 -o 给出要写的文件名，例如 -o 台账.xlsx。")
    try:
        draft = extract_ledger(read(file))
    except TextError as error:
        refuse(f"{file}：{error}")
    if output_format == "xlsx" and output is not None:
        _write(output, workbook_of(draft))
    elif output_format == "json":
        if output is None:
            emit_json(draft.as_json())
        else:
            _write(output, (json.dumps(draft.as_json(), ensure_ascii=False, indent=2) + "\n").encode())
    else:
        text = "\n".join(summary_of(draft))
        if output is None:
            click.echo(text)
        else:
            _write(output, (text + "\n").encode())


def _write(output: Path, data: bytes) -> None:
    try:
        output.write_bytes(data)
    except OSError as error:
        refuse(f"{output}：写不进去（{error.strerror}），请换一个文件夹或文件名。")
    click.echo(f"已写入 {output}", err=True)


def workbook_of(draft: Draft) -> bytes:
    """The draft as the xlsx ledger."""
    from mingtang.press.ledger_workbook import LedgerRow, ledger_workbook

    rows = [
        LedgerRow(
            chapter=chapter,
            item=item,
            task=task.text,
            lead=task.lead,
            bodies=[name for name in task.bodies if name not in task.lead and name not in task.supporting],
            supporting=task.supporting,
            deadline=deadline_words(task.deadline) if task.deadline else "",
            due=task.deadline.on if task.deadline else None,
            quotas="；".join(f"{q.form} {_PERIODS.get(q.period, '')}至少 {q.at_least} {q.unit}" for q in task.quotas),
            remarks="责任单位系推定（原文未点名）" if task.inferred else "",
        )
        for chapter, item, task in _places(draft)
    ]
    number = f"{draft.document_number}　" if draft.document_number else ""
    made = f"成文日期：{draft.made_on.isoformat()}" if draft.made_on else ""
    return ledger_workbook(f"{draft.title}工作台账", rows, subtitle=f"{number}{made}")


def _places(draft: Draft) -> Iterator[tuple[str, str, Task]]:
    """Each task with the names of its chapter and item."""
    for task in draft.opening:
        yield "", "", task
    for chapter in draft.chapters:
        name = f"{chapter.number}. {chapter.title}"
        for task in chapter.tasks:
            yield name, "", task
        for item in chapter.items:
            for task in item.tasks:
                yield name, f"{item.number}. {item.title}", task
            for part in item.parts:
                for task in part.tasks:
                    yield name, f"{item.number}. {item.title} / {part.number}. {part.title}", task


def deadline_words(deadline: Deadline) -> str:
    """A deadline in plain words: the phrase, and the day where it can be told."""
    return f"{deadline.text}（{deadline.on.isoformat()}）" if deadline.on else deadline.text


def summary_of(draft: Draft) -> Iterator[str]:
    """The draft for people, line by line."""
    yield f"标题：{draft.title}"
    yield f"发文机关：{draft.issuer or '（未写明）'}"
    yield f"文号：{draft.document_number or '（无）'}"
    yield f"成文日期：{draft.made_on.isoformat() if draft.made_on else '（未写明）'}"
    yield f"主送：{'；'.join(draft.addressees) or '（未写明）'}"
    if draft.disclosure:
        yield f"公开标注：{draft.disclosure}"
    if draft.cites:
        yield f"引用文号：{'、'.join(draft.cites)}"
    items = draft.items
    inferred = sum(1 for task in draft.tasks if task.inferred)
    yield f"共 {len(draft.chapters)} 章 {len(items)} 项 {len(draft.tasks)} 条任务，其中 {inferred} 条的责任单位系推定。"
    if draft.opening:
        yield "\n（正文之前）"
        for task in draft.opening:
            yield from _task_lines(task, "  ")
    for chapter in draft.chapters:
        yield from _chapter_lines(chapter)
    if draft.problems:
        yield "\n请核对："
        for problem in draft.problems:
            yield f"  ! {problem.where}：{problem.message}"


def _chapter_lines(chapter: Chapter) -> Iterator[str]:
    yield f"\n第 {chapter.number} 章 {chapter.title}"
    for task in chapter.tasks:
        yield from _task_lines(task, "  ")
    for item in chapter.items:
        yield from _item_lines(item)


def _item_lines(item: Item) -> Iterator[str]:
    yield f"  {item.number}. {item.title}"
    for task in item.tasks:
        yield from _task_lines(task, "    ")
    for part in item.parts:
        yield f"    {item.number}.{part.number} {part.title}"
        for task in part.tasks:
            yield from _task_lines(task, "      ")


def _task_lines(task: Task, indent: str) -> Iterator[str]:
    yield f"{indent}□ {task.text}"
    who: list[str] = []
    if task.lead:
        who.append("牵头：" + "、".join(task.lead))
    others = [name for name in task.bodies if name not in task.lead and name not in task.supporting]
    if others:
        who.append(("责任（推定）：" if task.inferred else "责任：") + "、".join(others))
    if task.supporting:
        who.append("配合：" + "、".join(task.supporting))
    if task.deadline:
        who.append("时限：" + deadline_words(task.deadline))
    who.extend(f"数量：{q.form} {_PERIODS.get(q.period, '')}至少 {q.at_least} {q.unit}" for q in task.quotas)
    if who:
        yield f"{indent}  {'；'.join(who)}"
