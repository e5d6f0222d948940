"""Addresses: the desk and its files below /desk/, everything else is the portal."""

from django.urls import include, path
from wagtail.admin import urls as desk_urls
from wagtail.documents import urls as document_urls

handler400 = "mingtang.config.errors.bad_request"
handler403 = "mingtang.config.errors.forbidden"
handler404 = "mingtang.config.errors.not_found"
handler500 = "mingtang.config.errors.server_error"

urlpatterns = [
    path("desk/", include("mingtang.signin.urls")),
    path("desk/", include("mingtang.desk.urls")),
    path("desk/", include(desk_urls)),
    path("documents/", include(document_urls)),
    path("api/v1/", include("mingtang.api.urls")),
    path("", include("mingtang.portal.live_urls")),
    path("", include("mingtang.portal.urls")),
]
