"""A ledger in the words of schema.org, for catalogues of open data."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mingtang.ledger.models import Ledger
from mingtang.trace.shapes import MOMENT, absolute


def dataset(ledger: Ledger) -> Mapping[str, Any]:
    """A year's ledger as a data set that may be fetched as JSON (https://schema.org/Dataset)."""
    address = absolute(f"ledger/{ledger.year}/")
    said = {
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": _("%(year)s年政务公开工作台账") % {"year": ledger.year},
        "description": _("%(title)s：各项任务的责任单位、时限、完成情况和佐证，逐项公开。") % {"title": ledger.title},
        "temporalCoverage": str(ledger.year),
        "inLanguage": "zh-Hans",
        "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization", "name": ledger.body.name},
        "datePublished": MOMENT.write(ledger.issued_at) if ledger.issued_at else "",
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/json",
            "contentUrl": address + "index.json",
        },
    }
    return {name: value for name, value in said.items() if value}
