"""A body in the words of schema.org, for search engines."""

from collections.abc import Mapping
from typing import Any

from mingtang.bodies.models import Body
from mingtang.trace.shapes import DAY, absolute


def body(body: Body) -> Mapping[str, Any]:
    """A government organization with how to reach its openness office (https://schema.org/GovernmentOrganization)."""
    contact = {
        "@type": "ContactPoint",
        "contactType": "政务公开",
        "name": body.openness_office,
        "telephone": body.openness_phone,
        "email": body.openness_email,
        "hoursAvailable": body.office_hours,
    }
    said: dict[str, Any] = {
        "@type": "GovernmentOrganization",
        "@id": absolute(f"bodies/{body.code}/"),
        "url": absolute(f"bodies/{body.code}/"),
        "name": body.name,
        "alternateName": body.short_name,
        "description": body.duties,
        "address": body.address,
        "identifier": body.credit_code,
        "foundingDate": DAY.write(body.starts_on) if body.starts_on else "",
        "dissolutionDate": DAY.write(body.ends_on) if body.ends_on else "",
        "parentOrganization": _above(body.parent) if body.parent else "",
        "contactPoint": {name: value for name, value in contact.items() if value}
        if body.openness_phone or body.openness_email
        else "",
    }
    return {name: value for name, value in said.items() if value}


def _above(body: Body) -> Mapping[str, Any]:
    return {"@type": "GovernmentOrganization", "name": body.name, "url": absolute(f"bodies/{body.code}/")}
