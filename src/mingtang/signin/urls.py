"""Addresses of the door; they stand before those of the desk."""

from django.urls import path

from mingtang.signin import views

app_name = "signin"
urlpatterns = [
    path("login/", views.EnterView.as_view(), name="enter"),
    path("logout/", views.LeaveView.as_view(), name="leave"),
    path("account/password/", views.PasswordView.as_view(), name="password"),
]
