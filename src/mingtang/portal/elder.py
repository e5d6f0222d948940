"""Elder mode for browsers without scripts: a choice kept in a cookie, and the style that follows it.

Pages are the same for everybody: they ask for `elder/kept.css`, and only where no scripts run. It is empty unless the
browser brings the cookie. While the application is away the choice rests, and the link `#elder` still works.
"""

from functools import cache, partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from mingtang.portal import assets
from mingtang.trace import pages
from mingtang.trace.pages import LivePage

#: It says nothing but that the mode is on.
COOKIE, ON = "elder", "1"
KEPT = 365 * 24 * 3600  # seconds
#: Where the style sheet of all pages says that its rules hold only while the mode is on.
ONLY_WHILE_ON = ":where([data-elder], :has(#elder:target))"
#: The bar then offers to leave the mode for good, not for one page.
BAR = ":root .elder-bar a { display: none; } :root .elder-bar a.elder-leave { display: inline-flex; }"


def register() -> None:
    """Tell the registry of live pages: to keep the choice, to drop it, and the style that follows from it."""
    pages.register_live(
        LivePage("elder-keep", "elder/keep/", partial(choose, keep=True)),
        LivePage("elder-leave", "elder/leave/", partial(choose, keep=False)),
        LivePage("elder-style", "elder/kept.css", style),
    )


def choose(request: HttpRequest, *, keep: bool) -> HttpResponse:
    """Keep the choice, or drop it, and lead back to the page in `to`; another site's address leads to the front."""
    to = request.GET.get("to", "")
    is_ours = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    response = HttpResponse(status=303, headers={"Location": to if is_ours else "/", "Cache-Control": "no-store"})
    if keep:
        response.set_cookie(
            COOKIE, ON, max_age=KEPT, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")  # pyright: ignore[reportCallIssue]  # the stubs are older
    return response


def style(request: HttpRequest) -> HttpResponse:
    """The style of elder mode for who has chosen it, nothing for everybody else."""
    text = always_on() if request.COOKIES.get(COOKIE) == ON else ""
    return HttpResponse(
        text, content_type="text/css; charset=utf-8", headers={"Cache-Control": "no-store", "Vary": "Cookie"}
    )


@cache
def always_on() -> str:
    """The pages' own style sheet of elder mode, without the condition."""
    text = assets.content("portal/elder.css").decode()
    return text.replace(ONLY_WHILE_ON, "") + BAR
