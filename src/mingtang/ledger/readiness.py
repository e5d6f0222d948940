"""Whether a draft can be issued: whom its names mean, and what a person must mend first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from mingtang.bodies.models import Body, Group
from mingtang.bodies.permissions import day_of
from mingtang.bodies.queries import by_name
from mingtang.ledger.models import Ledger, Task


@dataclass(frozen=True)
class Names:
    """What each name in a draft means: a body, a group, or None when the directory does not know it."""

    meaning: dict[str, Body | Group | None]

    @classmethod
    def of(cls, tasks: Iterable[Task]) -> "Names":
        """Look each name up once."""
        names = dict.fromkeys(name for task in tasks for name in (*task.bodies, *task.lead, *task.supporting))
        return cls({name: by_name(name) for name in names})

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names that the directory does not know, in the order of the notice."""
        return tuple(name for name, found in self.meaning.items() if found is None)


def living_tasks(ledger: Ledger) -> list[Task]:
    """The tasks that will be issued, in reading order, with item and quotas."""
    return list(ledger.tasks.filter(removed_at=None).select_related("item").prefetch_related("quotas"))


def problems_of(ledger: Ledger, tasks: list[Task], names: Names, moment: datetime) -> list[str]:
    """Each thing that stands in the way of issuing, one line with its mend; empty when all is well."""
    found = list(_head_problems(ledger, day_of(moment)))
    if not tasks:
        found.append("草稿里没有任务：请补充任务后再下发")
    for name in names.unknown:
        places = [str(task.item.number) for task in tasks if name in (*task.bodies, *task.lead, *task.supporting)]
        found.append(f"第{'、'.join(dict.fromkeys(places))}项的“{name}”不在机构名录中：请指明它是哪些机构")
    nobody = [task for task in tasks if not task.bodies]
    return found + [f"第{task.item.number}项“{task.text[:20]}…”没有责任单位：请补上" for task in nobody]


def _head_problems(ledger: Ledger, today: date) -> Iterable[str]:
    if ledger.made_on is None:
        yield "没有成文日期，反馈期限无从算起：请在文件信息中补上"
    elif ledger.made_on > today:
        yield f"成文日期 {ledger.made_on} 还没有到：请核对"
    if ledger.year is None:
        yield "没有年度：请在文件信息中补上"
    elif Ledger.objects.filter(year=ledger.year, state=Ledger.State.ISSUED).exclude(pk=ledger.pk).exists():
        yield f"{ledger.year}年的台账已经下发过：请核对年度"
