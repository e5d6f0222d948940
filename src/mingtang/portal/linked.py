"""The site and its service in the words of schema.org, for search engines."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mingtang.bodies import linked
from mingtang.portal.site import Site
from mingtang.trace.shapes import absolute


def website(site: Site) -> tuple[Mapping[str, Any], ...]:
    """The site with its search, and the government that runs it."""
    this = {
        "@type": "WebSite",
        "@id": absolute("") + "#site",
        "url": absolute(""),
        "name": site.name,
        "inLanguage": "zh-Hans",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": absolute("search/?q={search_term_string}")},
            "query-input": "required name=search_term_string",
        },
    }
    return (this, linked.body(site.government)) if site.government else (this,)


def requests_service(site: Site) -> tuple[Mapping[str, Any], ...]:
    """Disclosure on request as a service (https://schema.org/GovernmentService)."""
    if site.office is None:
        return ()
    return (
        {
            "@type": "GovernmentService",
            "@id": absolute("about/") + "#requests",
            "name": _("政府信息依申请公开"),
            "serviceType": _("政府信息公开"),
            "url": absolute("about/") + "#requests",
            "serviceOperator": linked.body(site.office),
            "audience": {"@type": "Audience", "audienceType": _("公民、法人和其他组织")},
            "isRelatedTo": absolute(""),
        },
    )
