"""The desk's screens of the tree of columns."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views import snippets as views
from wagtail.snippets.views.snippets import SnippetViewSet

from mingtang.bodies.policy import RowViewSet
from mingtang.records import actions
from mingtang.records.errors import Incomplete, RecordsError
from mingtang.records.models import Column


class ColumnSaves:
    """Columns are stored by their action."""

    request: Any
    form: Any

    def save_instance(self) -> Column:
        """Store the form's column."""
        column = self.form.save(commit=False)
        return actions.save_column(column, actor=self.request.user, moment=timezone.now())

    def form_valid(self, form: Any) -> HttpResponse:
        """Save; a refusal of the room is told at the form."""
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except Incomplete as error:
            for name, mend in error.fields.items():
                form.add_error(name if name in form.fields else None, mend)
        return self.form_invalid(form)  # type: ignore[attr-defined]


class ColumnIndex(views.IndexView):
    """The list of columns, without bulk actions."""

    add_item_label = gettext_lazy("新建栏目")

    @cached_property
    def columns(self) -> list[Any]:
        """All but the boxes of the bulk actions."""
        return [column for column in super().columns if column.name != "bulk_actions"]


class ColumnCreate(ColumnSaves, views.CreateView):
    """A new column."""


class ColumnEdit(ColumnSaves, views.EditView):
    """Changing a column."""


class ColumnDelete(views.DeleteView):
    """Removing an empty column."""

    def delete_action(self) -> None:
        """By `records.actions.delete_column`."""
        try:
            actions.delete_column(self.object, actor=self.request.user, moment=timezone.now())
        except RecordsError as error:
            raise PermissionDenied(str(error)) from error


class ColumnViewSet(RowViewSet, SnippetViewSet):
    """The tree of columns below /desk/columns/."""

    model = Column
    icon = "folder-open-inverse"
    menu_label = gettext_lazy("栏目")
    menu_name = "columns"
    menu_order = 220
    add_to_admin_menu = False
    admin_url_namespace = "columns"
    base_url_path = "columns"
    copy_view_enabled = False
    list_display = ["__str__", "slug", "order"]
    list_per_page = 50
    search_backend_name = None
    search_fields = ["name", "slug"]
    sort_order_field = None
    index_view_class = ColumnIndex
    add_view_class = ColumnCreate
    edit_view_class = ColumnEdit
    delete_view_class = ColumnDelete
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("parent"),
        FieldPanel("description"),
        FieldPanel("order"),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the columns above, so that each line is told without a query."""
        return Column.objects.select_related("parent__parent__parent")
