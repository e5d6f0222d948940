"""Addresses: the desk and its files below /desk/, everything else is the portal."""

from django.urls import include, path
from wagtail.admin import urls as desk_urls
from wagtail.documents import urls as document_urls

urlpatterns = [
    path("desk/", include(desk_urls)),
    path("documents/", include(document_urls)),
    path("", include("mingtang.portal.urls")),
]
