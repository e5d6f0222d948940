"""Addresses of the library at the desk, below /desk/norms/."""

from django.urls import path

from mingtang.norms.desk import cleaning, lists, norm

app_name = "norms"
urlpatterns = [
    path("", lists.library, name="library"),
    path("new/", lists.new, name="new"),
    path("warnings/", lists.warnings, name="warnings"),
    path("clean-ups/", cleaning.clean_ups, name="clean_ups"),
    path("clean-ups/new/", cleaning.new, name="new_clean_up"),
    path("clean-ups/<int:pk>/", cleaning.clean_up, name="clean_up"),
    path("acts/<int:pk>/void/", norm.void, name="void"),
    path("<int:pk>/", norm.norm, name="norm"),
    path("<int:pk>/act/", norm.act, name="act"),
    path("<int:pk>/facts/", norm.facts, name="facts"),
    path("<int:pk>/register/", norm.register, name="register"),
    path("<int:pk>/filing/", norm.file_above, name="filing"),
]
