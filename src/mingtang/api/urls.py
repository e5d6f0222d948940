"""Addresses of the API, one for each registered endpoint, and the document that describes them."""

from django.urls import URLPattern, URLResolver, path, re_path

from mingtang.api import views
from mingtang.trace import endpoints

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", views.guarded(views.document), name="openapi"),
    *(path(each.path, views.view_of(each), name=each.name) for each in endpoints.registered()),
    re_path("", views.guarded(views.missing), name="missing"),
]
