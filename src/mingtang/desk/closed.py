"""Parts of Wagtail that this platform does not use: their menu items and their addresses are closed."""

from django.http import Http404, HttpRequest, HttpResponse

#: Names of menu items that never show.
HIDDEN_ITEMS = frozenset({"explorer", "images", "reports", "settings", "help", "snippets", "documents"})

#: Addresses below the desk that are answered as if they did not exist. Pages, images, collections and Wagtail's own
#: user administration have no rows of ours; its reports and bulk actions would reach rows of every body at once; its
#: pages that try out errors, and its reset of passwords by mail, have no use.
CLOSED = (
    r"^(?:pages|images|reports|workflows|collections|users|groups|sites|locales|tag-autocomplete|bulk)/"
    r"|^snippets/$|^api/main/(?:pages|images|documents)/|^(?:failwhale|test404|password_reset)/"
)


def closed(_request: HttpRequest, *_args: str, **_options: str) -> HttpResponse:
    """There is nothing here."""
    raise Http404
