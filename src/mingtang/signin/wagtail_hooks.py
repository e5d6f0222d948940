"""The door's places in the desk: the list of sessions, and two entries on the account page."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from mingtang.signin.views import SessionsView


@hooks.register("register_admin_urls")
def sessions_address() -> list[Any]:
    """The list of sessions, open to whoever may enter the desk."""
    return [path("account/sessions/", SessionsView.as_view(), name="signin_sessions")]


@hooks.register("register_account_menu_item")
def password_entry(request: HttpRequest) -> dict[str, str]:
    """Leads to a new password."""
    return {
        "url": reverse("signin:password"),
        "label": _("修改口令"),
        "help_text": _("修改后，其他设备上的登录随即结束。"),
    }


@hooks.register("register_account_menu_item")
def sessions_entry(request: HttpRequest) -> dict[str, str]:
    """Leads to one's sessions."""
    return {
        "url": reverse("signin_sessions"),
        "label": _("登录会话"),
        "help_text": _("查看在哪些设备上登录着，结束不认识的。"),
    }
