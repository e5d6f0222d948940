"""Addresses of live pages: made when they are asked for, also where everything else is served from baked files."""

from django.urls import URLPattern, URLResolver, path

from mingtang.portal import live
from mingtang.trace import pages

app_name = "live"
urlpatterns: list[URLPattern | URLResolver] = [
    path(page.route, live.view_of_live(page), name=page.name) for page in pages.live()
]
