"""The form at the door."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SigninForm(AuthenticationForm):
    """Name and password. Every refusal reads the same: it does not tell whether there is such an account."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=150,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("口令"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = dict.fromkeys(
        ("invalid_login", "inactive"), _("用户名或口令不对。请检查大小写后再试；连续输错 5 次将暂停登录。")
    )
