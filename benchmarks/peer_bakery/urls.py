"""Addresses of the peer's site: Wagtail's pages."""

from django.urls import include, path
from wagtail import urls

urlpatterns = [path("", include(urls))]
