"""Which acts on records prove work: publication does, withdrawal takes it back."""

from django.utils import timezone

from mingtang.records.classes import load, topic_line
from mingtang.trace.evidence import Claim, Provider
from mingtang.trace.models import Event


def claim(event: Event) -> Claim | None:
    """What the publication of a record proves; read from the event alone, so old events keep their meaning.

    Kinds: `record`; `topic:E` and `topic:E01`; `genre:notice`; `column:zwgk` and each column below on the way;
    `form:视频` by the form's Chinese name.
    """
    facts = event.data
    steps = facts["column"].split("/")
    kinds = {"record", f"genre:{facts['genre']}"}
    kinds |= {f"topic:{code}" for code in topic_line(facts["topic"])}
    kinds |= {f"column:{'/'.join(steps[:depth])}" for depth in range(1, len(steps) + 1)}
    if facts.get("form"):
        kinds.add(f"form:{facts['form']}")
    return Claim(
        seq=event.seq,
        thing=event.thing,
        title=facts["title"],
        path=facts["path"],
        body=event.body,
        on=timezone.localtime(event.moment).date(),
        kinds=frozenset(kinds),
        words=f"{facts['title']} {load().topics.get(facts['topic'], '')}",
    )


PROVIDER = Provider(
    name="records",
    proves=("records.published",),
    claim=claim,
    revokes=("records.withdrawn",),
)
