"""Whether a draft can be issued: whom its names mean, and what a person must mend first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from mingtang.bodies.models import Body, Group
from mingtang.bodies.permissions import day_of
from mingtang.bodies.queries import by_name
from mingtang.ledger.closest import closest
from mingtang.ledger.models import Ledger, Task


@dataclass(frozen=True)
class Names:
    """What each name in a draft means: a body, a group, or None when the directory does not know it."""

    meaning: dict[str, Body | Group | None]

    @classmethod
    def of(cls, tasks: Iterable[Task]) -> "Names":
        """Look each name up once."""
        names = dict.fromkeys(name for task in tasks for name in named_by(task))
        return cls({name: by_name(name) for name in names})

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names that the directory does not know, in the order of the notice."""
        return tuple(name for name, found in self.meaning.items() if found is None)


@dataclass(frozen=True)
class Stranger:
    """A name that the directory does not know: the tasks in which it stands, and whom it may mean."""

    name: str
    tasks: tuple[Task, ...]
    closest: tuple[str, ...]


def strangers(tasks: Iterable[Task], names: Names, labels: Mapping[str, str]) -> list[Stranger]:
    """Each unknown name in the order of the notice; `labels` as in `closest`."""
    standing = list(tasks)
    return [
        Stranger(name, tuple(task for task in standing if name in named_by(task)), closest(name, labels))
        for name in names.unknown
    ]


def named_by(task: Task) -> tuple[str, ...]:
    """Every name in a task, whatever its part."""
    return (*task.bodies, *task.lead, *task.supporting)


def living_tasks(ledger: Ledger) -> list[Task]:
    """The tasks that will be issued, in reading order, with item and quotas."""
    return list(ledger.tasks.filter(removed_at=None).select_related("item").prefetch_related("quotas"))


def problems_of(ledger: Ledger, tasks: list[Task], names: Names, moment: datetime) -> list[str]:
    """Each thing that stands in the way of issuing, one line with its mend; empty when all is well."""
    found = list(_head_problems(ledger, day_of(moment)))
    if not tasks:
        found.append(_("草稿里没有任务：请补充任务后再下发"))
    for name in names.unknown:
        places = [str(task.item.number) for task in tasks if name in named_by(task)]
        found.append(
            _("第%(places)s项的“%(name)s”不在机构名录中：请指明它是哪些机构")
            % {"places": "、".join(dict.fromkeys(places)), "name": name}
        )
    nobody = [task for task in tasks if not task.bodies]
    return found + [
        _("第%(number)s项“%(text)s…”没有责任单位：请补上") % {"number": task.item.number, "text": task.text[:20]}
        for task in nobody
    ]


def _head_problems(ledger: Ledger, today: date) -> Iterable[str]:
    if ledger.made_on is None:
        yield _("没有成文日期，反馈期限无从算起：请在文件信息中补上")
    elif ledger.made_on > today:
        yield _("成文日期 %(made_on)s 还没有到：请核对") % {"made_on": ledger.made_on}
    if ledger.year is None:
        yield _("没有年度：请在文件信息中补上")
    elif Ledger.objects.filter(year=ledger.year, state=Ledger.State.ISSUED).exclude(pk=ledger.pk).exists():
        yield _("%(year)s年的台账已经下发过：请核对年度") % {"year": ledger.year}
