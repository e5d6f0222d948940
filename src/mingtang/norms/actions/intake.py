"""A document of the stock as it is to be taken in, and what stands in the way of one or of two together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body
from mingtang.bodies.permissions import day_of
from mingtang.law import validity
from mingtang.norms.actions.making import Named
from mingtang.norms.errors import Doubtful
from mingtang.norms.models import Norm, NormKind, Reference
from mingtang.norms.projection import validity_of
from mingtang.records import classes
from mingtang.records.models import AttachedFile, Attachment, Column, Record, State


@dataclass(frozen=True)
class Intake:
    """One document: `text` is rich text (HTML), `source` tells where it was public before, `source_digest` (SHA-256,
    hex) what exactly was read: the same again changes nothing."""

    title: str
    body: Body
    column: Column
    topic: str
    made_on: date
    text: str
    source: str
    source_digest: str
    genre: str = "measures"
    kind: str = NormKind.DEPARTMENT
    document_number: str = ""
    registration_number: str = ""
    unified_number: str = ""
    effective_on: date | None = None
    expires_on: date | None = None
    keywords: tuple[str, ...] = ()
    applies_to: str = ""
    drafting_body: Body | None = None
    joint: tuple[Body | str, ...] = ()
    files: tuple[AttachedFile, ...] = ()
    bases: tuple[Named, ...] = ()
    cited: tuple[Named, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict[str, Any])

    def named(self) -> Iterator[tuple[str, Named]]:
        """What it refers to, each once, with the role."""
        for role, rows in ((Reference.Role.BASIS, self.bases), (Reference.Role.CITED, self.cited)):
            for row in dict.fromkeys(rows):
                yield role.value, row

    def life(self) -> tuple[validity.Span, ...]:
        """Its life before any act on it."""
        return validity.spans(self.made_on, self.effective_on, self.expires_on, ())

    def row(self, author: Any, moment: datetime) -> Norm:
        """The published norm that it becomes, not stored; children are held in memory, so nothing is asked for them."""
        norm = Norm(
            title=self.title.strip(), body=self.body, column=self.column, topic=self.topic, genre=self.genre,
            kind=self.kind, document_number=self.document_number, registration_number=self.registration_number,
            unified_number=self.unified_number, made_on=self.made_on, effective_on=self.effective_on or self.made_on,
            expires_on=self.expires_on, keywords=list(self.keywords), applies_to=self.applies_to, text=self.text,
            drafting_body=self.drafting_body, stock_source=self.source.strip(), source_digest=self.source_digest,
            state=State.PUBLISHED, author=author, created_at=moment, published_at=moment, first_published_at=moment,
            last_published_at=moment, live=True, has_unpublished_changes=False,
            validity=validity_of(validity.on_day(self.life(), day_of(moment))), **self.facts,
        )  # fmt: skip
        norm.attachments = [Attachment(file=file, title=file.title[:120]) for file in self.files]  # type: ignore[assignment]
        norm.relations, norm.named_readers = [], []  # type: ignore[assignment]
        return norm


@dataclass
class Checked:
    """A chunk sorted: what can be taken in, how many are there already, what cannot be."""

    sound: list[Intake] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Doubtful] = field(default_factory=list)


def checked(part: Sequence[Intake], place: int, moment: datetime) -> Checked:
    """Sort a chunk whose first document is the `place`th of the batch: three queries, whatever its size."""
    known = set(
        Norm.objects.filter(source_digest__in=[each.source_digest for each in part]).values_list(
            "source_digest", flat=True
        )
    )
    taken = _Numbers(part)
    found = Checked()
    for number, each in enumerate(part, place):
        if each.source_digest in known:
            found.unchanged += 1
            continue
        problem = next(_problems(each), "") or taken.clash(each)
        if problem:
            found.refused.append(Doubtful(number, each.title, problem))
            continue
        known.add(each.source_digest)
        taken.add(each)
        found.sound.append(each)
    return found


def _problems(each: Intake) -> Iterator[str]:
    """What a document lacks or contradicts by itself."""
    if not each.title.strip():
        yield _("没有标题，请补填。")
    if not each.text.strip():
        yield _("没有正文，请补填。")
    if not each.source.strip() or not each.source_digest:
        yield _("没有注明来源，历史文件须写明从哪里收入。")
    begins = each.effective_on or each.made_on
    if each.expires_on is not None and each.expires_on < begins:
        yield _("日期矛盾：有效期至 %(end)s 早于施行日期 %(begin)s，请核对。") % {
            "end": each.expires_on,
            "begin": begins,
        }
    if each.topic not in classes.load().topics or each.genre not in classes.load().genres:
        yield _("主题分类或体裁分类不在目录中，请核对。")
    for name, value in (
        ("title", each.title), ("document_number", each.document_number), ("stock_source", each.source),
        ("registration_number", each.registration_number), ("unified_number", each.unified_number),
        ("applies_to", each.applies_to), ("kind", each.kind),
    ):  # fmt: skip
        field = Norm._meta.get_field(name)
        if field.max_length and len(value) > field.max_length:
            yield _("%(label)s：最多 %(most)s 个字，现在 %(length)s 个，请改短。") % {
                "label": field.verbose_name, "most": field.max_length, "length": len(value),
            }  # fmt: skip
    if each.kind not in NormKind.values:
        yield _("类别“%s”不在目录中，请核对。") % each.kind


class _Numbers:
    """Numbers that the library has given, as far as they concern a chunk."""

    def __init__(self, part: Sequence[Intake]) -> None:
        numbers = {each.document_number for each in part} - {""}
        rows = Record.objects.filter(document_number__in=numbers).exclude(state=State.WITHDRAWN)
        self.documents = {
            (body, number): title for body, number, title in rows.values_list("body", "document_number", "title")
        }
        registered = {each.registration_number for each in part} - {""}
        unified = {each.unified_number for each in part} - {""}
        self.registered: dict[str, str] = {}
        self.unified: dict[str, str] = {}
        mine = Norm.objects.filter(Q(registration_number__in=registered) | Q(unified_number__in=unified))
        for first, second, title in mine.values_list("registration_number", "unified_number", "title"):
            self.registered[first], self.unified[second] = title, title

    def clash(self, each: Intake) -> str:
        """Which number of the document another one has; empty when none."""
        given = (
            (_("文号"), each.document_number, self.documents.get((each.body.pk, each.document_number))),
            (_("登记号"), each.registration_number, self.registered.get(each.registration_number)),
            (_("统一编号"), each.unified_number, self.unified.get(each.unified_number)),
        )
        for label, number, title in given:
            if number and title:
                told = {"label": label, "number": number, "title": title}
                return _("%(label)s“%(number)s”已是《%(title)s》的，请核对。") % told
        return ""

    def add(self, each: Intake) -> None:
        """Remember the numbers of a document that will be taken in."""
        if each.document_number:
            self.documents[each.body.pk, each.document_number] = each.title
        self.registered[each.registration_number] = self.unified[each.unified_number] = each.title
