"""From public records to entries of the index, and the words by which a site's texts are cut."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from lxml import html

from mingtang.bodies.models import Alias, Area, Body
from mingtang.records.models import PUBLIC_STATES, Record
from mingtang.search.entry import Entry
from mingtang.text import folding

BATCH = 500
#: Elements after which a new line of text begins.
BLOCKS = frozenset({"p", "h2", "h3", "h4", "h5", "li", "tr", "td", "th", "br", "hr", "blockquote", "caption"})
#: Longer names are sentences rather than words.
LONGEST_NAME = 24


def public() -> QuerySet[Record]:
    """Every record whose text the public sees."""
    return Record.objects.filter(state__in=PUBLIC_STATES)


def entries(keys: Collection[int] | None = None) -> Iterator[Entry]:
    """Entries of public records: of all, or of those among `keys` that are public."""
    records = public() if keys is None else public().filter(pk__in=keys)
    aliases: dict[int, list[str]] = {}
    for body, name in Alias.objects.values_list("body_id", "name"):
        aliases.setdefault(body, []).append(name)
    for record in records.select_related("body").order_by("pk").iterator(chunk_size=BATCH):
        yield entry_of(record, aliases.get(record.body.pk, ()))


def entry_of(record: Record, aliases: Collection[str] = ()) -> Entry:
    """The entry of a record that has been published."""
    published_on = timezone.localtime(record.published_at).date()
    return Entry(
        key=record.pk,
        title=record.title,
        number=record.document_number,
        index_number=record.index_number,
        body=record.body.code,
        names=tuple(dict.fromkeys((record.body.name, record.body.short_name, *aliases))),
        topic=record.topic[:1],
        genre=record.genre,
        validity=record.validity,
        published_on=published_on,
        year=(record.made_on or published_on).year,
        keywords=tuple(str(word) for word in record.keywords),
        text=plain(record.text),
    )


def plain(text: str) -> str:
    """Rich text as lines of words."""
    if "<" not in text:
        return text
    root: Any = html.fragment_fromstring(text, create_parent=True)
    for element in root.iter():
        if element.tag in BLOCKS:
            element.tail = "\n" + (element.tail or "")
    return "\n".join(filter(None, (" ".join(line.split()) for line in root.text_content().splitlines())))


def lexicon() -> tuple[str, ...]:
    """The site's own words: bodies with their other names, and places; folded, in one fixed order."""
    names = [name for pair in Body.objects.values_list("name", "short_name") for name in pair]
    names += Alias.objects.values_list("name", flat=True)
    names += Area.objects.values_list("name", flat=True)
    runs = {run for name in names for run in folding.runs(folding.fold(name))}
    return tuple(sorted(run for run in runs if 1 < len(run) <= LONGEST_NAME))
