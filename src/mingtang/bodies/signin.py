"""Sign-in: an account enters the desk as long as its person holds a post today."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from mingtang.bodies.permissions import posts_of


class PostBackend(ModelBackend):
    """Django's password check; entering the desk depends on a post, everything else is asked of `may`."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Only the desk's door is a Django permission here; rows and verbs are decided by `permissions.may`."""
        return perm == "wagtailadmin.access_admin" and bool(posts_of(user_obj, timezone.localdate()))
