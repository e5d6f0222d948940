"""Addresses that stand before Wagtail's: those of its parts that this platform does not use are closed."""

from django.urls import re_path

from mingtang.desk.closed import CLOSED, closed

urlpatterns = [re_path(CLOSED, closed)]
