"""How long a session lives: idle time-out that background requests do not feed, a day's end, the first password."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from mingtang.signin import actions
from mingtang.signin.sessions import SEEN, STARTED, moment_in

#: After this long one signs in again, however busy.
LONGEST = timedelta(hours=12)
#: A session's row is written at most this often, not with each request.
NOTED_EVERY = timedelta(minutes=1)
#: What pages ask for by themselves while nobody works: an open editor would otherwise never time out.
BACKGROUND_PATHS = ("/desk/editing-sessions/",)
BACKGROUND_HEADER = "X-Background"
#: The sign-in page's parameter by which it knows that a session has just ended.
ENDED = "ended"


class SessionMiddleware:
    """Stands after Django's authentication; costs nothing where there is no session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.COOKIES.get(settings.SESSION_COOKIE_NAME):
            return self.get_response(request)
        if not request.user.is_authenticated:
            # The cookie of a session that has ended, which this answer takes away: the last chance to say so.
            asks_for_page = request.path.startswith("/desk/") and "X-Requested-With" not in request.headers
            if asks_for_page and not _always_open(request.path):
                return _to_the_door(request)
            return self.get_response(request)
        now = timezone.now()
        started = moment_in(request.session, STARTED)
        if started and now - started > LONGEST:
            actions.leave(request, moment=now)
            return _to_the_door(request)
        seen = moment_in(request.session, SEEN)
        if not in_background(request) and (seen is None or now - seen >= NOTED_EVERY):
            request.session[SEEN] = now.isoformat()
        if getattr(request.user, "must_change_password", False) and not _always_open(request.path):
            return redirect("signin:password")
        return self.get_response(request)


def in_background(request: HttpRequest) -> bool:
    """Whether a page asked by itself: a path that only scripts call, or a script that says so in a header."""
    return request.path.startswith(BACKGROUND_PATHS) or BACKGROUND_HEADER in request.headers


def _to_the_door(request: HttpRequest) -> HttpResponse:
    return redirect_to_login(request.get_full_path(), f"{reverse('signin:enter')}?{ENDED}=1")


def _always_open(path: str) -> bool:
    scripts = (reverse("wagtailadmin_javascript_catalog"), reverse("wagtailadmin_sprite"))
    return path in (reverse("signin:password"), reverse("signin:leave"), reverse("signin:enter"), *scripts)
