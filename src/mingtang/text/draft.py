"""What a notice turns into: a draft ledger, each task with its place in the text and its JSON form (design/cli.md)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Json = dict[str, Any]
DeadlineKind = Literal["by", "within", "every", "ongoing"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when: `by` a day, `within` days of something, `every` period, or `ongoing`.

    `on` is the last day that is in time, when it can be told; `days` are calendar days, or working days where `unit`
    says workday; other units (hour, month) are in `count`; `period` is month, quarter, year and the like; `since`
    names what they run from (JSON: `from`); `text` is the phrase in the notice.
    """

    kind: DeadlineKind
    text: str
    on: date | None = None
    days: int | None = None
    period: str | None = None
    since: str | None = None
    unit: str = "day"
    count: int | None = None

    def as_json(self) -> Json:
        """The JSON form; a field that does not apply is absent."""
        value: Json = {"kind": self.kind}
        if self.on is not None:
            value["on"] = self.on.isoformat()
        if self.days is not None:
            value["days"] = self.days
        if self.unit != "day":
            value["unit"] = self.unit
        if self.count is not None:
            value["count"] = self.count
        if self.period is not None:
            value["period"] = self.period
        if self.since is not None:
            value["from"] = self.since
        value["text"] = self.text
        return value


@dataclass(frozen=True, slots=True)
class Quota:
    """How often or how many: at least `at_least` (`unit`: 次, 件, 场 …) of `form` in each `period`."""

    form: str
    at_least: int
    unit: str
    period: str
    text: str

    def as_json(self) -> Json:
        """The JSON form."""
        return {
            "form": self.form,
            "at_least": self.at_least,
            "unit": self.unit,
            "period": self.period,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Task:
    """One sentence (or table row) that binds somebody, at `Document.text[start:end]`.

    `bodies` are those bound, `lead` those among them that lead, `supporting` those that co-operate; `recipients` are
    bodies to which something is reported. `inherited` is true when the bodies come from an earlier sentence or the
    item's responsibility bracket, `inferred` when nobody is named and all addressees are bound.
    """

    text: str
    start: int
    end: int
    bodies: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    deadline: Deadline | None = None
    deadlines: tuple[Deadline, ...] = ()
    quotas: tuple[Quota, ...] = ()
    systems: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    inherited: bool = False
    inferred: bool = False

    def as_json(self) -> Json:
        """The JSON form."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "bodies": list(self.bodies),
            "lead": list(self.lead),
            "supporting": list(self.supporting),
            "recipients": list(self.recipients),
            "inherited": self.inherited,
            "inferred": self.inferred,
            "deadline": self.deadline.as_json() if self.deadline else None,
            "deadlines": [one.as_json() for one in self.deadlines],
            "quotas": [one.as_json() for one in self.quotas],
            "systems": list(self.systems),
            "documents": list(self.documents),
        }


@dataclass(frozen=True, slots=True)
class Part:
    """The third level (1. 2. 3.) inside an item."""

    number: int
    title: str
    text: str
    start: int
    end: int
    tasks: tuple[Task, ...] = ()

    def as_json(self) -> Json:
        """The JSON form."""
        return {
            "number": self.number,
            "title": self.title,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "tasks": [task.as_json() for task in self.tasks],
        }


@dataclass(frozen=True, slots=True)
class Item:
    """The second level (（一）); `tasks` are those of its own text, each part has its own.

    `group` is the heading that stands over it in a task table.
    """

    number: int
    title: str
    text: str
    start: int
    end: int
    tasks: tuple[Task, ...] = ()
    parts: tuple[Part, ...] = ()
    group: str = ""

    @property
    def all_tasks(self) -> tuple[Task, ...]:
        """Its own tasks and those of its parts, in reading order."""
        return (*self.tasks, *(task for part in self.parts for task in part.tasks))

    def as_json(self) -> Json:
        """The JSON form; `parts` only when there are some."""
        value: Json = {
            "number": self.number,
            "title": self.title,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "tasks": [task.as_json() for task in self.tasks],
        }
        if self.group:
            value["group"] = self.group
        if self.parts:
            value["parts"] = [part.as_json() for part in self.parts]
        return value


@dataclass(frozen=True, slots=True)
class Chapter:
    """The first level (一、); `text` and `tasks` are what stands before its first item.

    `section` is the title of the plan or annex it stands in, "" in the notice itself.
    """

    number: int
    title: str
    items: tuple[Item, ...]
    start: int
    end: int
    text: str = ""
    tasks: tuple[Task, ...] = ()
    section: str = ""

    def as_json(self) -> Json:
        """The JSON form."""
        return {
            "number": self.number,
            "title": self.title,
            "section": self.section,
            "text": self.text,
            "tasks": [task.as_json() for task in self.tasks],
            "items": [item.as_json() for item in self.items],
        }


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should look at before issuing: a doubled or missing number, an unresolved date."""

    code: str
    where: str
    message: str
    start: int

    def as_json(self) -> Json:
        """The JSON form."""
        return {"code": self.code, "where": self.where, "message": self.message, "start": self.start}


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice read into a ledger that a person still has to confirm.

    `issuer` is the body that signs; `opening` are the tasks that stand before the first chapter; `disclosure` is the
    mark as printed (此件公开发布).
    """

    title: str
    issuer: str | None
    document_number: str | None
    made_on: date | None
    addressees: tuple[str, ...]
    year: int | None
    chapters: tuple[Chapter, ...]
    cites: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    disclosure: str | None = None
    opening: tuple[Task, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def items(self) -> tuple[Item, ...]:
        """All items through the chapters."""
        return tuple(item for chapter in self.chapters for item in chapter.items)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks in reading order."""
        found = list(self.opening)
        for chapter in self.chapters:
            found.extend(chapter.tasks)
            for item in chapter.items:
                found.extend(item.all_tasks)
        return tuple(found)

    def as_json(self) -> Json:
        """The JSON form of `mingtang ledger extract`."""
        return {
            "title": self.title,
            "issuer": self.issuer,
            "document_number": self.document_number,
            "made_on": self.made_on.isoformat() if self.made_on else None,
            "addressees": list(self.addressees),
            "year": self.year,
            "disclosure": self.disclosure,
            "opening": [task.as_json() for task in self.opening],
            "chapters": [chapter.as_json() for chapter in self.chapters],
            "cites": list(self.cites),
            "documents": list(self.documents),
            "problems": [problem.as_json() for problem in self.problems],
        }
