"""A record in the words of schema.org, for search engines: a normative document is legislation, the rest documents."""

from collections.abc import Iterable, Mapping
from typing import Any

from mingtang.records import classes, richtext
from mingtang.records.models import Record, Relation, RelationKind, Validity
from mingtang.trace.shapes import DAY, MOMENT, absolute

#: Genres whose documents bind: schema.org calls them legislation.
BINDING = frozenset({"decision", "order", "measures"})
FORCE = {
    Validity.NOT_YET: "NotInForce",
    Validity.VALID: "InForce",
    Validity.AMENDED: "PartiallyInForce",
    Validity.REPEALED: "NotInForce",
    Validity.LAPSED: "NotInForce",
}
#: What a relation is called between legislation, and otherwise.
RELATIONS = {
    RelationKind.AMENDS: "legislationChanges",
    RelationKind.REPEALS: "legislationRepeals",
    RelationKind.REPLACES: "legislationRepeals",
}
#: Characters of a description.
LONGEST = 120


def record(record: Record, text: str, outward: Iterable[Relation]) -> Mapping[str, Any]:
    """A public record. Fields: https://schema.org/Legislation, https://schema.org/DigitalDocument."""
    issuer = {
        "@type": "GovernmentOrganization",
        "name": record.body.name,
        "url": absolute(f"bodies/{record.body.code}/"),
    }
    said: dict[str, Any] = {
        "@type": "Legislation" if record.genre in BINDING else "DigitalDocument",
        "@id": absolute(f"records/{record.slug}/"),
        "url": absolute(f"records/{record.slug}/"),
        "name": record.title,
        "headline": record.title[:110],
        "inLanguage": "zh-Hans",
        "identifier": [each for each in (record.index_number, record.document_number) if each],
        "genre": classes.load().genres.get(record.genre, record.genre),
        "about": classes.topic_label(record.topic),
        "keywords": list(record.keywords),
        "description": richtext.words(text, LONGEST),
        "publisher": issuer,
        "datePublished": MOMENT.write(record.published_at),
        "dateCreated": DAY.write(record.made_on) if record.made_on else None,
        "expires": DAY.write(record.expires_on) if record.expires_on else None,
        "isAccessibleForFree": True,
    }
    if record.genre in BINDING:
        said |= _legislation(record, issuer, outward)
    else:
        said["isBasedOn"] = [absolute(f"records/{each.to.slug}/") for each in outward]
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _legislation(record: Record, issuer: Mapping[str, Any], outward: Iterable[Relation]) -> dict[str, Any]:
    force = FORCE.get(Validity(record.validity))
    said: dict[str, Any] = {
        "legislationIdentifier": record.document_number,
        "legislationType": classes.load().genres.get(record.genre, record.genre),
        "legislationPassedBy": issuer,
        "legislationDate": DAY.write(record.made_on) if record.made_on else None,
        "legislationDateOfApplicability": DAY.write(record.effective_on) if record.effective_on else None,
        "legislationLegalForce": f"https://schema.org/{force}" if force else None,
        "legislationJurisdiction": {"@type": "AdministrativeArea", "name": record.body.area.name}
        if record.body.area
        else None,
    }
    for relation in outward:
        if name := RELATIONS.get(RelationKind(relation.kind)):
            said.setdefault(name, []).append(absolute(f"records/{relation.to.slug}/"))
    return said
