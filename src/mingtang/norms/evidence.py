"""Which acts in the library prove work: a document that entered it, a clean-up that was closed with its list."""

from django.utils import timezone

from mingtang.trace.evidence import Claim, Provider
from mingtang.trace.models import Event

ENTERED = "norms.entered"
CLEANED_UP = "norms.clean_up_closed"


def claim(event: Event) -> Claim | None:
    """What an event proves, read from the event alone. Kinds: `norm`, `norm:<kind>`, or `norm-clean-up`."""
    facts = event.data
    if event.verb == ENTERED:
        kinds, words = {"norm", f"norm:{facts['kind']}"}, f"行政规范性文件 文件库 {facts['title']}"
        title, path = facts["title"], facts["path"]
    else:
        kinds, words, title, path = {"norm-clean-up"}, f"规范性文件清理 有效文件目录 {facts['name']}", facts["name"], ""
    return Claim(
        seq=event.seq,
        thing=event.thing,
        title=title,
        path=path,
        body=event.body,
        on=timezone.localtime(event.moment).date(),
        kinds=frozenset(kinds),
        words=words,
    )


PROVIDER = Provider(name="norms", proves=(ENTERED, CLEANED_UP), claim=claim, revokes=())
