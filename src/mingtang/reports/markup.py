"""A report as the text of its record: headings, paragraphs and the three tables in the form's order, as plain HTML."""

from collections.abc import Iterator
from html import escape

from mingtang.law.annual.schema import (
    CHAPTERS,
    COLUMN_LABELS,
    DISPUTE_GROUPS,
    DISPUTE_LABELS,
    NORM_COLUMN_LABELS,
    NORM_LABELS,
    OUTCOME_LABELS,
    OUTCOMES,
    REQUEST_COLUMNS,
    ROW_LABELS,
    ROW_ORDER,
)
from mingtang.law.annual.tables import Cells
from mingtang.law.annual.written import NORM_FORM, TABLE_CHAPTERS, WrittenReport
from mingtang.law.requests import Row

#: What the form prints at the head of table 2, in our words.
BALANCE = "勾稽关系：一加二，等于三之（七）加四"


def text_of(written: WrittenReport) -> str:
    """The whole report as HTML that the portal lets through; corrections of public numbers stand at its head."""
    return "".join(_parts(written))


def _parts(written: WrittenReport) -> Iterator[str]:
    changed = [each for each in written.corrections if each.after]
    if changed:
        yield f"<p><b>更正说明：</b>{escape(written.reason)}</p><ul>"
        for each in changed:
            old = "空" if each.old is None else f"{each.old.normalize():f}"
            yield f"<li>{escape(each.place)}：由 {old} 更正为 {each.new.normalize():f}。{escape(each.reason)}</li>"
        yield "</ul>"
    elif written.reason:
        yield f"<p><b>更正说明：</b>{escape(written.reason)}</p>"
    for number, title, _pattern in CHAPTERS:
        yield f"<h2>{'一二三四五六'[number - 1]}、{title}</h2>"
        for paragraph in written.chapter(number).paragraphs:
            yield f"<p>{escape(paragraph)}</p>"
        if number in TABLE_CHAPTERS:
            yield TABLES[TABLE_CHAPTERS[number]](getattr(written.tables, TABLE_CHAPTERS[number]))


def _norms(cells: Cells) -> str:
    """Table 1: documents with three columns, then decisions and charges with one."""
    rows = [_row("信息内容", *(NORM_COLUMN_LABELS[name] for name in ("made", "repealed", "valid")), head=True)]
    rows += [
        _row(NORM_LABELS[row], *(_cell(cells, row, column) for column in NORM_FORM[row]))
        for row in ("regulations", "normative_documents")
    ]
    rows.append(_row("信息内容", "本年处理决定数量", head=True, wide=3))
    rows += [
        _row(NORM_LABELS[row], _cell(cells, row, "decisions"), wide=3) for row in ("licences", "penalties", "coercion")
    ]
    rows.append(_row("信息内容", "本年收费金额（单位：万元）", head=True, wide=3))
    rows.append(_row(NORM_LABELS["charges"], _cell(cells, "charges", "amount"), wide=3))
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _requests(cells: Cells) -> str:
    """Table 2: results by kind of applicant."""
    rows = [
        _row("本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和", *COLUMN_LABELS.values(), head=True)
    ]
    rows += [_row(label_of(row), *(_cell(cells, row, column) for column in REQUEST_COLUMNS)) for row in ROW_ORDER]
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def label_of(row: str) -> str:
    """The label of a row of table 2: for results with the number and name of their group."""
    if row not in {each.value for each in Row}:
        return ROW_LABELS[row]
    kind = Row(row)
    number = "一二三四五六"[kind.section.value - 1]
    if kind in (Row.GRANTED, Row.PARTLY_GRANTED):
        return f"{'三、本年度办理结果 ' if kind is Row.GRANTED else ''}（{number}）{kind.label}"
    return f"（{number}）{kind.section.label} {kind.label}"


def _disputes(cells: Cells) -> str:
    """Table 3: three groups of five."""
    groups = "".join(f'<th colspan="5" scope="colgroup">{DISPUTE_LABELS[group]}</th>' for group in DISPUTE_GROUPS)
    heads = "".join(f'<th scope="col">{OUTCOME_LABELS[each]}</th>' for _group in DISPUTE_GROUPS for each in OUTCOMES)
    numbers = "".join(f"<td>{_cell(cells, group, each)}</td>" for group in DISPUTE_GROUPS for each in OUTCOMES)
    return f"<table><tbody><tr>{groups}</tr><tr>{heads}</tr><tr>{numbers}</tr></tbody></table>"


TABLES = {"norms": _norms, "requests": _requests, "disputes": _disputes}


def _row(label: str, *cells: str, head: bool = False, wide: int = 1) -> str:
    """A row: its label as a head, its cells; `wide` is how many columns the cells span."""
    span = f' colspan="{wide}"' if wide > 1 else ""
    kind = 'th scope="col"' if head else "td"
    inner = "".join(f"<{kind}{span}>{cell}</{kind[:2]}>" for cell in cells)
    return f'<tr><th scope="{"col" if head else "row"}">{label}</th>{inner}</tr>'


def _cell(cells: Cells, row: str, column: str) -> str:
    """A number as the form wants it: a blank is a zero."""
    worth = cells[row][column].worth
    return f"{worth.normalize():f}"
