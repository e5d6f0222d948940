"""How good the extraction was: what was read, compared with what people made of it."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingtang.ledger.models import Ledger, Task


@dataclass(frozen=True)
class Score:
    """Precision and recall of one kind of fact: `right` of `read` are as people left them, of `true` in all."""

    name: str
    read: int
    true: int
    right: int

    @property
    def precision(self) -> float:
        """Share of what was read that was right; 1 when nothing was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Share of what is true that was read; 1 when nothing was there."""
        return self.right / self.true if self.true else 1.0


def measured(ledger: Ledger) -> list[Score]:
    """Tasks (by their words), responsible bodies, deadlines and quotas (each within its task).

    Carried tasks were not read from the notice and do not count. Two queries.
    """
    tasks = list(ledger.tasks.exclude(origin=Task.Origin.CARRIED).prefetch_related("quotas"))
    read = [task.extracted for task in tasks if task.extracted]
    final = [task for task in tasks if task.removed_at is None]
    return [
        _score(_("任务"), (_key(old["text"]) for old in read), (_key(new.text) for new in final)),
        _score(
            _("责任单位"),
            ((_key(old["text"]), name) for old in read for name in old["bodies"]),
            ((_key(new.text), name) for new in final for name in new.bodies),
        ),
        _score(
            _("时限"),
            ((_key(old["text"]), _deadline_of(old)) for old in read if old["deadline"]),
            ((_key(new.text), (new.deadline_kind, _iso(new))) for new in final if new.deadline_kind),
        ),
        _score(
            _("数量要求"),
            ((_key(old["text"]), quota["form"], quota["at_least"]) for old in read for quota in old["quotas"]),
            ((_key(new.text), quota.form, quota.at_least) for new in final for quota in new.quotas.all()),
        ),
    ]


def _score(name: str, read: Iterable[Hashable], true: Iterable[Hashable]) -> Score:
    ours, theirs = Counter(read), Counter(true)
    return Score(name, ours.total(), theirs.total(), (ours & theirs).total())


def _key(words: str) -> str:
    """Words without what a person may change without changing the task: spaces and the last mark."""
    return "".join(words.split()).rstrip("。；;.")


def _deadline_of(old: dict) -> tuple[str, str | None]:
    return old["deadline"]["kind"], old["deadline"].get("on")


def _iso(task: Task) -> str | None:
    return task.due_on.isoformat() if task.due_on else None
