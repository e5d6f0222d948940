"""The shell `signin` in Django's list of applications, and what it registers when it is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SigninConfig(AppConfig):
    name = "mingtang.signin"
    verbose_name = _("登录")

    def ready(self) -> None:
        """Note lock-outs in the event stream; end sessions of accounts that are closed or given a new password."""
        from axes.signals import user_locked_out

        from mingtang.signin import actions, lockout
        from mingtang.trace import readers

        readers.register(
            readers.Reader(
                "signin.sessions", actions.end_of_accounts, ("bodies.account_deactivated", "bodies.password_reset")
            )
        )
        user_locked_out.connect(lockout.note, dispatch_uid="mingtang.signin")
