"""Acts of the room: keeping the groups of synonyms."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.permissions import require
from mingtang.search.errors import SynonymsRefused
from mingtang.search.models import Synonyms
from mingtang.text import folding
from mingtang.trace.actions import record

#: How many words a group may have, and how many characters a word.
MOST_WORDS, LONGEST = 12, 20


@transaction.atomic
def keep_synonyms(words: Iterable[str], *, actor: Any, moment: datetime, group: Synonyms | None = None) -> Synonyms:
    """Make a group of words that find each other, or give `group` other words; they count from the next search on.

    Raises `NotPermitted`, and `SynonymsRefused` when a word is unfit or stands in another group.
    """
    require(actor, "search.synonyms", moment=moment)
    kept = _fit(words, group)
    before = list(group.words) if group else []
    group = group or Synonyms()
    group.words = kept
    group.save()
    record("search.synonyms_kept", group, actor=actor, moment=moment, data={"before": before, "words": kept})
    return group


@transaction.atomic
def drop_synonyms(group: Synonyms, *, actor: Any, moment: datetime) -> None:
    """Remove a group. Raises `NotPermitted`."""
    require(actor, "search.synonyms", moment=moment)
    record("search.synonyms_dropped", group, actor=actor, moment=moment, data={"before": list(group.words)})
    group.delete()


def _fit(words: Iterable[str], group: Synonyms | None) -> list[str]:
    kept = list(dict.fromkeys(word for word in (folding.key(word) for word in words) if word))
    if len(kept) < 2:
        raise SynonymsRefused(_("一组同义词至少要有两个不同的词。"))
    if len(kept) > MOST_WORDS:
        raise SynonymsRefused(_("一组同义词最多 %d 个，请分开。") % MOST_WORDS)
    for word in kept:
        if not 2 <= len(word) <= LONGEST:
            raise SynonymsRefused(_("“%s”的长度应在 2 至 %d 字之间。") % (word, LONGEST))
    others = Synonyms.objects.exclude(pk=group.pk) if group else Synonyms.objects.all()
    for other in others:
        if common := set(kept) & set(other.words):
            raise SynonymsRefused(_("“%s”已在另一组（%s）中，请并入那一组。") % (sorted(common)[0], other))
    return kept
