"""Desk screens of bodies and groups."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button

from mingtang.bodies import actions
from mingtang.bodies.actions.bodies import EDITABLE
from mingtang.bodies.desk.screens import Create, Edit, Index, Screens, lines, one_a_line
from mingtang.bodies.models import Alias, Body, Group, Kind


class BodyForm(WagtailAdminModelForm):
    """A body with its aliases; the code is given once."""

    names = one_a_line(gettext_lazy("别名"))

    class Meta:
        model = Body
        fields = ["code", *EDITABLE]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["short_name"].required = False
        self.fields["code"].help_text = _("出现在网址里，登记后不再更改；不填则自动生成。")
        self.fields["code"].required = False
        self.fields["parent"].queryset = Body.objects.active(timezone.localdate())
        if self.instance.pk:
            self.fields["code"].disabled = True
            self.initial["names"] = "\n".join(self.instance.aliases.values_list("name", flat=True))

    def values(self) -> dict[str, Any]:
        """What the act is given."""
        return {name: self.cleaned_data[name] for name in EDITABLE}

    def _get_validation_exclusions(self) -> set[str]:
        # Wagtail's form would judge the row before the act has filled in what may be left out.
        return {*super()._get_validation_exclusions(), "code", "short_name"}


class BodyCreate(Create):
    """A new body."""

    def save_instance(self) -> Body:
        """By `actions.create_body`, with its aliases in the same transaction."""
        acting = {"actor": self.request.user, "moment": timezone.now()}
        body = actions.create_body(code=self.form.cleaned_data["code"], **self.form.values(), **acting)
        for name in lines(self.form.cleaned_data["names"]):
            actions.add_alias(body, name, **acting)
        return body


class BodyEdit(Edit):
    """An existing body."""

    def save_instance(self) -> Body:
        """By `actions.edit_body`; aliases are added and taken away as the field says."""
        acting = {"actor": self.request.user, "moment": timezone.now()}
        body = actions.edit_body(self.form.instance, **self.form.values(), **acting)
        wanted = lines(self.form.cleaned_data["names"])
        for alias in Alias.objects.filter(body=body).exclude(name__in=wanted):
            actions.remove_alias(alias, **acting)
        for name in wanted:
            actions.add_alias(body, name, **acting)
        return body

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Closing a body is an act of its own."""
        buttons = super().header_more_buttons
        if self.object.ends_on is None:
            close = Button(_("撤销机构"), url=reverse("bodies:close", args=[self.object.pk]), icon_name="cross")
            buttons = [*buttons, close]
        return buttons


class CloseForm(WagtailAdminModelForm):
    """The last day of a body."""

    class Meta:
        model = Body
        fields = ["ends_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].required = True
        self.fields["ends_on"].help_text = _("撤销后机构留在库里供查阅，其岗位同日终止；撤销不能取消。")


class BodyClose(Edit):
    """Saying that a body ends."""

    page_title = gettext_lazy("撤销机构")
    submit_button_label = gettext_lazy("确认撤销")

    def get_form_class(self) -> type[CloseForm]:
        """Only the day."""
        return CloseForm

    def get_panel(self) -> None:
        """A plain form."""

    def get_edit_url(self) -> str:
        """The form comes back to this address."""
        return reverse("bodies:close", args=[self.object.pk])

    def save_instance(self) -> Body:
        """By `actions.close_body`."""
        day = self.form.cleaned_data["ends_on"]
        return actions.close_body(
            Body.objects.get(pk=self.object.pk), ends_on=day, actor=self.request.user, moment=timezone.now()
        )


class BodyIndex(Index):
    """All bodies, with how to reach them."""

    default_ordering = "order"

    @cached_property
    def columns(self) -> list[Column]:
        """Name, kind, the body above, openness phone, last day."""
        return [
            self._get_title_column("name"),
            Column("kind", label=_("类别"), accessor="get_kind_display", sort_key="kind"),
            Column("parent", label=_("上级机构"), accessor="parent.short_name"),
            Column("phone", label=_("公开工作电话"), accessor="openness_phone"),
            Column("ends_on", label=_("撤销日期"), sort_key="ends_on"),
        ]

    def get_base_queryset(self) -> QuerySet[Body]:
        """With the body above, so that the list asks a fixed number of queries."""
        return super().get_base_queryset().select_related("parent")


class BodyScreens(Screens):
    """机构."""

    model = Body
    name = "bodies"
    icon = "group"
    menu_label = gettext_lazy("机构")
    menu_order = 10
    index_view_class = BodyIndex
    add_view_class = BodyCreate
    edit_view_class = BodyEdit
    form_fields = ["code", *EDITABLE]
    list_filter = ["kind", "level", "parent"]
    search_fields = ["name", "short_name", "credit_code", "aliases__name"]
    inspect_view_enabled = True
    inspect_view_fields = ["code", *EDITABLE, "ends_on"]

    def get_form_class(self, for_update: bool = False) -> type[BodyForm]:
        """The same form for both."""
        return BodyForm

    def get_urlpatterns(self) -> list[Any]:
        """With the address for closing."""
        close = self.construct_view(BodyClose, **self.get_edit_view_kwargs())
        return [*super().get_urlpatterns(), path("close/<int:pk>/", close, name="close")]


class GroupForm(WagtailAdminModelForm):
    """A group: by kind and level, by list, or both."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("按类别"), choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    aliases = one_a_line(gettext_lazy("别名"))

    class Meta:
        model = Group
        fields = ["code", "name", "aliases", "kinds", "level", "members"]
        widgets = {"members": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].help_text = _("除按类别选中的机构外，另外列入的机构。")
        self.fields["members"].required = False
        if self.instance.pk:
            self.fields["code"].disabled = True
            self.initial["aliases"] = "\n".join(self.instance.aliases)

    def clean_aliases(self) -> list[str]:
        """Names, one a line."""
        return lines(self.cleaned_data["aliases"])


class SavesGroup:
    """Creating and changing a group are one act."""

    form: Any
    request: Any

    def save_instance(self) -> Group:
        """By `actions.save_group`."""
        given = self.form.cleaned_data
        stored = Group.objects.get(pk=self.form.instance.pk) if self.form.instance.pk else Group(code=given["code"])
        fields = {name: given[name] for name in ("name", "aliases", "kinds", "level")}
        return actions.save_group(
            stored, members=list(given["members"]), actor=self.request.user, moment=timezone.now(), **fields
        )


class GroupCreate(SavesGroup, Create):
    """A new group."""


class GroupEdit(SavesGroup, Edit):
    """An existing group; ledgers that were issued keep the members of their day."""


class GroupScreens(Screens):
    """机构组."""

    model = Group
    name = "body_groups"
    icon = "folder-open-inverse"
    menu_label = gettext_lazy("机构组")
    menu_order = 20
    add_view_class = GroupCreate
    edit_view_class = GroupEdit
    form_fields = ["code", "name", "aliases", "kinds", "level", "members"]
    list_display = ["name", "code"]
    search_fields = ["name", "code"]
    inspect_view_enabled = True

    def get_form_class(self, for_update: bool = False) -> type[GroupForm]:
        """The same form for both."""
        return GroupForm
