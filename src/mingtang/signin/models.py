"""Sessions of the desk, each with whose it is, so that its owner and the administrator can see and end it."""

import hashlib

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class Session(AbstractBaseSession):
    """A session in the database; of the network address only the part is kept that tells one place from another."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions", verbose_name=_("账号")
    )
    device = models.CharField(_("设备"), max_length=60, blank=True)
    network = models.CharField(_("网络"), max_length=43, blank=True)
    started_at = models.DateTimeField(_("登录时间"), null=True)
    seen_at = models.DateTimeField(_("最近操作"), null=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = verbose_name_plural = _("登录会话")

    @property
    def mark(self) -> str:
        """A name for the session that a page may show: its key cannot be had from it."""
        return hashlib.sha256(f"mark {self.session_key}".encode()).hexdigest()[:24]

    @classmethod
    def get_session_store_class(cls) -> type:
        """The store that writes these rows."""
        from mingtang.signin.sessions import SessionStore

        return SessionStore
