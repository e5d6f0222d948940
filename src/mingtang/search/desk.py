"""The desk's screen of synonyms: the groups, a form for a new one, and each group's own form."""

import re
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from mingtang.bodies.permissions import may
from mingtang.search import actions
from mingtang.search.errors import SynonymsRefused
from mingtang.search.models import Synonyms

#: Between the words of a group.
BETWEEN = re.compile(r"[\s、，,；;]+")


class SynonymsForm(forms.Form):
    """The words of a group in one line."""

    words = forms.CharField(
        label=gettext_lazy("同义词"),
        max_length=300,
        help_text=gettext_lazy("用顿号或空格隔开，例如：低保、最低生活保障。保存后检索立即生效。"),
    )

    def split(self) -> list[str]:
        """The words that were given."""
        return [word for word in BETWEEN.split(self.cleaned_data["words"]) if word]


def _must_hold_the_verb(request: HttpRequest) -> None:
    if not may(request.user, "search.synonyms", on=timezone.localdate()):
        raise PermissionDenied


def groups(request: HttpRequest) -> HttpResponse:
    """All groups, and a form for a new one."""
    _must_hold_the_verb(request)
    form = SynonymsForm(request.POST or None)
    if request.method == "POST" and (answer := _keep(request, form, None)):
        return answer
    context = {"title": _("检索同义词"), "form": form, "groups": Synonyms.objects.all()}
    return render(request, "search/synonyms.html", context, status=400 if form.errors else 200)


def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: other words."""
    _must_hold_the_verb(request)
    kept = get_object_or_404(Synonyms, pk=pk)
    form = SynonymsForm(request.POST or None, initial={"words": str(kept)})
    if request.method == "POST" and (answer := _keep(request, form, kept)):
        return answer
    context: dict[str, Any] = {"title": _("检索同义词"), "form": form, "group": kept}
    return render(request, "search/synonyms.html", context, status=400 if form.errors else 200)


def _keep(request: HttpRequest, form: SynonymsForm, kept: Synonyms | None) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        saved = actions.keep_synonyms(form.split(), actor=request.user, moment=timezone.now(), group=kept)
    except SynonymsRefused as error:
        form.add_error("words", str(error))
        return None
    messages.success(request, _("已保存：%s。") % saved)
    return redirect("search:synonyms")


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a group."""
    _must_hold_the_verb(request)
    kept = get_object_or_404(Synonyms, pk=pk)
    actions.drop_synonyms(kept, actor=request.user, moment=timezone.now())
    messages.success(request, _("已删除：%s。") % kept)
    return redirect("search:synonyms")


urlpatterns = [
    path("synonyms/", groups, name="synonyms"),
    path("synonyms/<int:pk>/", group, name="synonyms-group"),
    path("synonyms/<int:pk>/drop/", drop, name="synonyms-drop"),
]
