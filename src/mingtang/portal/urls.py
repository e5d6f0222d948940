"""Addresses of the portal, one for each registered page source, and the files that their pages ask for."""

from django.urls import URLPattern, URLResolver, path, re_path

from mingtang.portal import assets, live
from mingtang.trace import pages

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    *(path(source.route, live.view_of(source), name=source.name) for source in pages.registered()),
    path(f"{assets.FOLDER}/<path:path>", live.asset, name="asset"),
    re_path("", live.missing, name="missing"),
]
