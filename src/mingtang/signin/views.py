"""Pages of the door: signing in and out, a new password, the list of sessions."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import LoginView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from mingtang.bodies.permissions import may
from mingtang.signin import actions, queries
from mingtang.signin.forms import SigninForm
from mingtang.signin.middleware import ENDED


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class EnterView(LoginView):
    """Name and password; leads back to where the visitor was."""

    template_name = "signin/enter.html"
    form_class = SigninForm
    next_page = "wagtailadmin_home"
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Begin the session."""
        actions.enter(self.request, form.get_user(), moment=timezone.now())
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """What the page says to somebody whose session has just ended."""
        ended = self.request.method == "GET" and ENDED in self.request.GET
        return super().get_context_data(ended=ended, idle_minutes=settings.SESSION_COOKIE_AGE // 60, **context)


@method_decorator(never_cache, name="dispatch")
class LeaveView(View):
    """Ends the session; only by POST, so that no link of another site can do it."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Leave, and take the cookie away so that the next page does not speak of an ended session."""
        actions.leave(request, moment=timezone.now())
        response = redirect("signin:enter")
        response.delete_cookie(
            settings.SESSION_COOKIE_NAME,
            path=settings.SESSION_COOKIE_PATH,
            samesite=settings.SESSION_COOKIE_SAMESITE,  # pyright: ignore[reportCallIssue]  # missing in the stubs
        )
        return response


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class PasswordView(LoginRequiredMixin, FormView):
    """A new password for oneself; the former one is asked for."""

    template_name = "signin/password.html"
    form_class = PasswordChangeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form checks the former password of this user."""
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: Any) -> HttpResponse:
        """Set it, and say that other sessions have ended."""
        actions.change_password(self.request, form.user, form.cleaned_data["new_password1"], moment=timezone.now())
        messages.success(self.request, _("口令已修改，您在其他设备上的登录已结束。"))
        return redirect("wagtailadmin_home")


# Wagtail's mixin looks at types that `template_name` never has, so the checker guesses more than there is.
class SessionsView(WagtailAdminTemplateMixin, TemplateView):  # pyright: ignore[reportIncompatibleMethodOverride]
    """Sessions of an account: one's own, or with `?account=` another's for the administrator of accounts."""

    template_name = "signin/sessions.html"
    page_title = gettext_lazy("登录会话")
    header_icon = "key"

    def get_owner(self) -> Any:
        """Whose sessions; another's only for who administers accounts."""
        asked = self.request.GET.get("account") or self.request.POST.get("account")
        if not asked or asked == str(self.request.user.pk):
            return self.request.user
        if not asked.isdecimal() or not may(self.request.user, "bodies.accounts", on=timezone.localdate()):
            raise PermissionDenied
        return get_object_or_404(get_user_model(), pk=asked)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """The sessions, and which is the one this page is seen in."""
        owner = self.get_owner()
        return super().get_context_data(
            owner=owner,
            sessions=queries.sessions_of(owner, timezone.now()),
            current=self.request.session.session_key,
            **context,
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Desk, account, this page."""
        account = {"url": reverse("wagtailadmin_account"), "label": _("账号")}
        return [*super().get_breadcrumbs_items(), account, {"url": "", "label": self.get_page_title()}]

    def post(self, request: HttpRequest) -> HttpResponse:
        """End one session, named by the mark the page gave it, or all others."""
        owner, now = self.get_owner(), timezone.now()
        common = {"actor": request.user, "moment": now, "on": timezone.localdate()}
        if "others" in request.POST:
            keep = request.session.session_key if owner == request.user else None
            count = actions.end_others(owner, keep=keep, **common)
            messages.success(request, _("已结束 %(count)d 个登录。") % {"count": count})
        else:
            mark = request.POST.get("session", "")
            for session in queries.sessions_of(owner, now):
                if session.mark == mark and actions.end_session(session.session_key, owner, **common):
                    messages.success(request, _("该登录已结束。"))
        back = reverse("signin_sessions")
        return redirect(back if owner == request.user else f"{back}?account={owner.pk}")
