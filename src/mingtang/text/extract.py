"""A notice into a draft ledger: its head, its outline, and the tasks under each item."""

import re
from collections.abc import Iterable
from dataclasses import replace

from mingtang.text.deadlines import Moment
from mingtang.text.document import Document
from mingtang.text.draft import Chapter, Draft, Item, Part, Problem, Task
from mingtang.text.errors import NotANotice
from mingtang.text.head import Head, read_head
from mingtang.text.letter import Section, is_cover
from mingtang.text.obligations import GENERAL_HEADING, Memory, binds_by_name, is_spoken, tasks_in
from mingtang.text.outline import Node, Outline, outline_of
from mingtang.text.references import document_numbers, titles
from mingtang.text.responsibility import Responsibility, is_note, read_note
from mingtang.text.sentences import Span, brackets, sentences
from mingtang.text.tables import header_of, items_of

#: shown as the title of a notice that neither prints one nor says what it carries
UNTITLED = "通知（原文无标题）"
_NOTICE_TITLE = re.compile(r"通知|要点|方案|意见|安排|计划|分工|分解|清单|任务|办法|措施|台账|责任|细则|规定|制度")
_OTHER_TITLE = re.compile(
    r"(?:报告|纪要|简报|公示|公告|答复|复函|批复|解读|总结|新闻|信息|致辞|讲话|请示|条例|判决书|合同|协议)(?:\([^()]*\))?$"
)


def extract_ledger(document: Document) -> Draft:
    """The draft ledger of a notice.

    Raises `NotANotice` when the document assigns no work: it is of another kind (a report, a news item), or nothing
    in it binds anybody.
    """
    head = read_head(document)
    moment = Moment(head.made_on, head.year)
    problems: list[Problem] = []
    chapters: list[Chapter] = []
    opening: list[Task] = []
    bare: list[Section] = []
    for section in head.sections:
        outline = outline_of(section.lines, is_spoken)
        memory = Memory(moment, head.addressees)
        if section is head.sections[0] and is_cover(head.sections, head.title):
            opening.extend(tasks_in([*outline.preamble, *_numbered_text(outline)], memory))
        elif outline.roots:
            opening.extend(_opening(outline.preamble, memory))
            problems.extend(outline.problems)
            chapters.extend(_chapters(section, outline, head, moment, document))
        else:
            opening.extend(_opening(section.lines, memory))
            bare.append(section)
        chapters.extend(_table_chapters(section, head, moment, document, len(chapters)))
    if not chapters:
        chapters.extend(_unnumbered(bare, head, moment, document))
        opening = []
    draft = Draft(
        title=head.title,
        issuer=head.issuer,
        document_number=head.document_number,
        made_on=head.made_on,
        addressees=head.addressees,
        year=head.year,
        chapters=tuple(chapters),
        cites=tuple(
            number for number in document_numbers(document.text) if not (head.document_number or "").endswith(number)
        ),
        documents=tuple(titles(document.text)),
        disclosure=head.disclosure,
        opening=tuple(opening),
        problems=(*problems, *_dates_past(chapters, moment)),
    )
    _require_notice(draft, head)
    return draft if draft.title else replace(draft, title=UNTITLED)


def _require_notice(draft: Draft, head: Head) -> None:
    tabular = any(header_of(table) for section in head.sections for table in section.tables)
    title = draft.title
    if _OTHER_TITLE.search(title) and not tabular:
        raise NotANotice(f"《{title}》不是布置工作的通知，没有可提取的任务；请给出工作要点、方案或任务分解表。")
    known = bool(title and _NOTICE_TITLE.search(title)) or bool(draft.addressees) or tabular
    assigns = bool(draft.tasks) or bool(draft.addressees and draft.items)
    if not known or not assigns:
        raise NotANotice("没有读出布置工作的内容（没有公文标题、主送机关或任务），请核对是不是通知、要点或任务分解表。")


def _opening(lines: Iterable[Span], memory: Memory, by_day: bool = True) -> list[Task]:
    """The tasks where none are expected (before the first number, under aims): only those that name a body or a day."""
    found: list[Task] = []
    for line in lines:
        for sentence in sentences(line):
            if binds_by_name(sentence.text, memory.moment, by_day):
                found.extend(tasks_in([sentence], memory))
    return found


def _numbered_text(outline: Outline) -> list[Span]:
    """The text of all numbered places, headings that are instructions included."""
    places = [node for root in outline.roots for node in root.walk()]
    return [line for node in places for line in (node.lines or ([] if node.children else [node.title_span]))]


def _chapters(section: Section, outline: Outline, head: Head, moment: Moment, document: Document) -> list[Chapter]:
    roots = list(outline.roots)
    outermost = roots[0].kind
    if outermost in ("division", "chapter") and any(child.kind == "han" for root in roots for child in root.children):
        roots = [child for root in roots for child in (root.children or [root])]
        outermost = "han"
    if outermost in ("division", "chapter", "section", "han"):
        return [_chapter(root, section, head, moment) for root in roots]
    title = section.title or head.title or UNTITLED
    items = tuple(_item(root, head, moment, Responsibility()) for root in roots)
    return [Chapter(1, title, items, roots[0].start, roots[-1].end, section=section.title or "")]


def _note_of_title(node: Node, moment: Moment) -> tuple[str, Responsibility]:
    """A heading without the responsibility note in brackets at its end, and the note."""
    title = node.title
    for inner in brackets(Span(title, 0)):
        note = read_note(inner.text, moment, labelled_only=not title.rstrip("。").endswith(("）", ")", "】", "]")))
        if note:
            return (title[: inner.start - 1] + title[inner.end + 1 :]).strip("。 "), note
    return title, Responsibility()


def _chapter(root: Node, section: Section, head: Head, moment: Moment) -> Chapter:
    title, note = _note_of_title(root, moment)
    general = GENERAL_HEADING.match(title) is not None
    if not root.children:
        item = _item(replace_number(root, 1), head, moment, note, general)
        return Chapter(root.number, title, (item,), root.start, root.end, section=section.title or "")
    memory = Memory(moment, head.addressees, note=note)
    return Chapter(
        number=root.number,
        title=title,
        items=tuple(_item(child, head, moment, note, general) for child in root.children),
        start=root.start,
        end=root.end,
        text=_text(root.lines),
        tasks=() if general else tuple(_opening(root.lines, memory)),
        section=section.title or "",
    )


def replace_number(node: Node, number: int) -> Node:
    """The same node under another number."""
    return replace(node, number=number)


def _text(lines: Iterable[Span]) -> str:
    return "\n".join(line.text for line in lines)


def _lines_of(node: Node) -> list[Span]:
    """The lines that may hold tasks; a heading with nothing under it but notes is itself what is to be done."""
    if not node.children and all(_only_notes(line) for line in node.lines):
        return [node.title_span, *node.lines]
    return node.lines


def _only_notes(line: Span) -> bool:
    """Whether a line holds nothing but responsibility notes."""
    if is_note(line.text):
        return True
    rest = line.text
    for inner in brackets(line):
        if read_note(inner.text, Moment()):
            rest = rest.replace(inner.text, "")
    return re.search(r"\w", rest) is None


def _item(node: Node, head: Head, moment: Moment, chapter_note: Responsibility, general: bool = False) -> Item:
    title, note = _note_of_title(node, moment)
    general = general or GENERAL_HEADING.match(title) is not None
    memory = Memory(moment, head.addressees, note=note or chapter_note)
    lines = _lines_of(node)
    tasks = _tasks(lines, memory, general)
    if node.children and not lines and not general and is_spoken(node.title):
        # 各部门要做好以下工作： tells its parts who acts; without a colon it is itself a task.
        spoken = tasks_in([node.title_span], memory)
        if not node.title_span.text.endswith(("：", ":")):
            tasks, lines = spoken, [node.title_span]
    shared = _shared_note(node, moment)
    if shared:
        memory.note = shared
    parts = tuple(_part(child, memory, moment, general) for child in node.children)
    return Item(
        number=node.number,
        title=title,
        text=_text(lines),
        start=node.start,
        end=node.end,
        tasks=tasks,
        parts=parts,
    )


def _tasks(lines: list[Span], memory: Memory, general: bool) -> tuple[Task, ...]:
    if not general:
        return tasks_in(lines, memory)
    return tuple(_opening(lines, memory, by_day=False))


def _part(node: Node, memory: Memory, moment: Moment, general: bool) -> Part:
    title, note = _note_of_title(node, moment)
    general = general or GENERAL_HEADING.match(title) is not None
    outer = memory.note
    memory.note = note or outer
    lines = _lines_of(node) if not node.children else node.all_lines()
    tasks = _tasks(lines, memory, general)
    memory.note = outer
    return Part(node.number, title, _text(lines), node.start, node.end, tasks)


def _shared_note(node: Node, moment: Moment) -> Responsibility | None:
    """A note on a line of its own after the last of several parts, where no other part has one, holds for all."""
    if len(node.children) < 2 or not node.children[-1].lines:
        return None
    last = node.children[-1].lines[-1]
    if not is_note(last.text):
        return None
    earlier = [line for child in node.children[:-1] for line in (child.title_span, *child.lines)]
    if any(read_note(inner.text, moment) for line in earlier for inner in brackets(line)) or any(
        is_note(line.text) for line in earlier
    ):
        return None
    return read_note(last.text.strip("（）()【】[]"), moment)


def _table_chapters(section: Section, head: Head, moment: Moment, document: Document, before: int) -> list[Chapter]:
    """All task tables of a section as one chapter."""
    tables = [table for table in section.tables if header_of(table)]
    items: list[Item] = []
    for table in tables:
        found = items_of(table, document.text, moment, head.addressees)
        items.extend(found)
    if not items:
        return []
    title = section.title or head.title or UNTITLED
    return [Chapter(before + 1, title, tuple(items), items[0].start, items[-1].end, section=section.title or "")]


def _unnumbered(sections: list[Section], head: Head, moment: Moment, document: Document) -> list[Chapter]:
    """A notice without any numbers: one chapter, one item, its binding sentences."""
    lines = [line for section in sections for line in section.lines]
    tasks = tasks_in(lines, Memory(moment, head.addressees))
    if not tasks:
        return []
    start, end = lines[0].start, lines[-1].end
    return [
        Chapter(
            1, head.title or UNTITLED, (Item(1, head.title or UNTITLED, _text(lines), start, end, tasks),), start, end
        )
    ]


def _dates_past(chapters: list[Chapter], moment: Moment) -> list[Problem]:
    """Deadlines that lie before the notice itself."""
    if moment.made_on is None:
        return []
    found: list[Problem] = []
    for chapter in chapters:
        for item in chapter.items:
            for task in item.all_tasks:
                on = task.deadline.on if task.deadline else None
                if on is not None and on < moment.made_on:
                    text = task.deadline.text if task.deadline else ""
                    message = f"时限“{text}”算得 {on.isoformat()}，早于成文日期，请核对。"
                    found.append(Problem("deadline_past", f"{item.number} {item.title}", message, task.start))
    return found
