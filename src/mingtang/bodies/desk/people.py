"""Desk screens of people, posts and accounts; a new password is shown once, on the page that made it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.button import Button

from mingtang.bodies import actions
from mingtang.bodies.desk.screens import Create, Edit, Index, Screens
from mingtang.bodies.errors import BodiesError
from mingtang.bodies.models import Body, Person, Post, User
from mingtang.bodies.permissions import may


class PersonCreate(Create):
    """Somebody new."""

    def save_instance(self) -> Person:
        """By `actions.add_person`."""
        return actions.add_person(**self.form.cleaned_data, actor=self.request.user, moment=timezone.now())


class PersonEdit(Edit):
    """Somebody known."""

    def save_instance(self) -> Person:
        """By `actions.edit_person`."""
        return actions.edit_person(
            self.form.instance, **self.form.cleaned_data, actor=self.request.user, moment=timezone.now()
        )


class PersonScreens(Screens):
    """人员."""

    model = Person
    name = "people"
    icon = "user"
    menu_label = gettext_lazy("人员")
    menu_order = 30
    add_view_class = PersonCreate
    edit_view_class = PersonEdit
    form_fields = ["name", "work_phone"]
    list_display = ["name", "work_phone"]
    search_fields = ["name"]


class PostForm(WagtailAdminModelForm):
    """A post from its first day on."""

    class Meta:
        model = Post
        fields = ["person", "body", "role", "title", "starts_on", "ends_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["body"].queryset = Body.objects.active(timezone.localdate())
            self.fields["starts_on"].initial = timezone.localdate
            return
        for name in ("person", "body", "role", "title", "starts_on"):
            self.fields[name].disabled = True
        self.fields["ends_on"].required = True
        self.fields["ends_on"].help_text = _("最后一天，含当日。岗位变动请先填任职止，再登记新岗位。")


class PostCreate(Create):
    """A person takes a post."""

    def save_instance(self) -> Post:
        """By `actions.hold_post`."""
        given = dict(self.form.cleaned_data)
        return actions.hold_post(given.pop("person"), **given, actor=self.request.user, moment=timezone.now())


class PostEdit(Edit):
    """A post ends; what it was stays as it is."""

    def save_instance(self) -> Post:
        """By `actions.end_post`."""
        day = self.form.cleaned_data["ends_on"]
        return actions.end_post(self.form.instance, ends_on=day, actor=self.request.user, moment=timezone.now())


class PostIndex(Index):
    """All posts, whoever holds them."""

    @cached_property
    def columns(self) -> list[Column]:
        """Person, body, role, from, to."""
        return [
            self._get_title_column("person"),
            Column("body", label=_("机构"), accessor="body.short_name", sort_key="body"),
            Column("role", label=_("岗位"), accessor="get_role_display", sort_key="role"),
            Column("starts_on", label=_("任职起"), sort_key="starts_on"),
            Column("ends_on", label=_("任职止"), sort_key="ends_on"),
        ]

    def get_base_queryset(self) -> QuerySet[Post]:
        """With person and body, so that the list asks a fixed number of queries."""
        return super().get_base_queryset().select_related("person", "body")


class PostScreens(Screens):
    """岗位."""

    model = Post
    name = "posts"
    icon = "key"
    menu_label = gettext_lazy("岗位")
    menu_order = 40
    index_view_class = PostIndex
    add_view_class = PostCreate
    edit_view_class = PostEdit
    form_fields = ["person", "body", "role", "title", "starts_on", "ends_on"]
    list_filter = ["role", "body"]
    search_fields = ["person__name", "body__name", "title"]

    def get_form_class(self, for_update: bool = False) -> type[PostForm]:
        """The same form for both."""
        return PostForm


class AccountForm(WagtailAdminModelForm):
    """A new account: for whom, and the name to sign in with."""

    class Meta:
        model = User
        fields = ["person", "username"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(user=None)
        self.fields["person"].required = True
        self.fields["person"].help_text = _("只列出还没有账号的人员。")


class ActiveForm(WagtailAdminModelForm):
    """Whether an account may be used."""

    class Meta:
        model = User
        fields = ["is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_active"].label = _("可以登录")
        self.fields["is_active"].help_text = _("离岗人员请停用账号，不要删除：其办理过的事项须能查到本人。")


class AccountCreate(Create):
    """A new account; the answer shows its first password."""

    @sensitive_variables("password")
    def save_instance(self) -> User:
        """By `actions.open_account`."""
        given = self.form.cleaned_data
        user, self.password = actions.open_account(
            given["person"], username=given["username"], actor=self.request.user, moment=timezone.now()
        )
        return user

    def save_action(self) -> HttpResponse:
        """The page with the password instead of the way back to the list."""
        return password_page(self.request, self.object, self.password)


class AccountEdit(Edit):
    """Switching an account off and on."""

    def save_instance(self) -> User:
        """By `actions.activate_account` or `actions.deactivate_account`."""
        stored = User.objects.get(pk=self.form.instance.pk)
        act = actions.activate_account if self.form.cleaned_data["is_active"] else actions.deactivate_account
        act(stored, actor=self.request.user, moment=timezone.now())
        return User.objects.get(pk=stored.pk)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """A forgotten password is replaced."""
        reset = Button(_("重置密码"), url=reverse("accounts:reset", args=[self.object.pk]), icon_name="key")
        return [*super().header_more_buttons, reset]


class AccountIndex(Index):
    """All accounts."""

    default_ordering = "username"

    @cached_property
    def columns(self) -> list[Column]:
        """Name to sign in with, person, active, last sign-in."""
        return [
            self._get_title_column("username"),
            Column("person", label=_("人员"), accessor="person.name"),
            BooleanColumn("is_active", label=_("可以登录")),
            Column("last_login", label=_("上次登录"), sort_key="last_login"),
        ]

    def get_base_queryset(self) -> QuerySet[User]:
        """With the person, so that the list asks a fixed number of queries."""
        return super().get_base_queryset().select_related("person")


class AccountScreens(Screens):
    """账号."""

    model = User
    name = "accounts"
    icon = "lock"
    menu_label = gettext_lazy("账号")
    menu_order = 50
    index_view_class = AccountIndex
    add_view_class = AccountCreate
    edit_view_class = AccountEdit
    form_fields = ["person", "username"]
    search_fields = ["username", "person__name"]

    def get_form_class(self, for_update: bool = False) -> type[WagtailAdminModelForm]:
        """Opening and switching are different questions."""
        return ActiveForm if for_update else AccountForm

    def get_urlpatterns(self) -> list[Any]:
        """With the address for a new password."""
        return [*super().get_urlpatterns(), path("reset/<int:pk>/", reset, name="reset")]


@sensitive_variables("password")
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether an account shall have a new password, and give it."""
    if not may(request.user, "bodies.accounts", on=timezone.localdate()):
        raise PermissionDenied
    user = get_object_or_404(User.objects.select_related("person"), pk=pk)
    if request.method != "POST":
        return render(request, "bodies/reset.html", {"title": _("重置密码"), "account": user})
    try:
        password = actions.reset_password(user, actor=request.user, moment=timezone.now())
    except BodiesError as error:
        raise PermissionDenied(str(error)) from error
    return password_page(request, user, password)


@sensitive_variables("password")
def password_page(request: HttpRequest, user: User, password: str) -> HttpResponse:
    """The only page that ever shows a password; no cache keeps it."""
    facts = {"title": _("账号与初始密码"), "account": user, "password": password, "back": reverse("accounts:index")}
    response = render(request, "bodies/password.html", facts)
    response["Cache-Control"] = "no-store"
    return response
