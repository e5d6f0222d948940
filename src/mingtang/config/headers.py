"""What every response tells the browser: which content policy holds, and which powers no page of ours uses."""

from collections.abc import Callable, Mapping
from wsgiref.util import setup_testing_defaults

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware

PERMISSIONS = ", ".join(
    f"{power}=()"
    for power in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
        "payment", "usb", "browsing-topics",
    )
)  # fmt: skip


class PolicyMiddleware(CSPMiddleware):
    """The portal's policy (`CONTENT_SECURITY_POLICY`), and below /desk/ the desk's (`DESK_POLICY`)."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The desk's directives take the place of the portal's, unless the view set its own."""
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and request.path_info.startswith("/desk/"):
            parts.config = settings.DESK_POLICY
        return parts


class PowersMiddleware:
    """Adds the headers that Django has no setting for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


def of_public_pages() -> Mapping[str, str]:
    """What every answer of the portal carries, for servers that give out its files in the application's place.

    The middlewares themselves are asked, so that there is no second list to keep true.
    """
    environment = {"wsgi.url_scheme": "https" if settings.HTTPS else "http"}
    setup_testing_defaults(environment)
    answer: Callable[[HttpRequest], HttpResponseBase] = lambda _request: HttpResponse()  # noqa: E731
    for middleware in (PolicyMiddleware, PowersMiddleware, SecurityMiddleware):
        answer = middleware(answer)
    headers = dict(answer(WSGIRequest(environment)).headers)
    del headers["Content-Type"]
    policy = headers["Content-Security-Policy"]
    # Its order is another in each process.
    return headers | {"Content-Security-Policy": "; ".join(sorted(part.strip() for part in policy.split(";")))}
