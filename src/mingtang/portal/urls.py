"""Addresses of the portal, one for each registered page source."""

from django.urls import URLPattern

app_name = "portal"
urlpatterns: list[URLPattern] = []
