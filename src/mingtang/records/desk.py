"""The desk's screens of records: Wagtail's, with our rows, our acts and our words."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Column as TableColumn
from wagtail.admin.views.generic import RevisionsRevertMixin
from wagtail.snippets.views import snippets as views
from wagtail.snippets.views.snippets import SnippetViewSet

from mingtang.bodies.errors import BodiesError
from mingtang.bodies.policy import RowViewSet
from mingtang.records import actions, acts, panels, screens
from mingtang.records.access import may_with
from mingtang.records.actions.drafting import OPEN
from mingtang.records.choosers import RecordChooserViewSet
from mingtang.records.errors import Incomplete, RecordsError
from mingtang.records.forms import RecordForm
from mingtang.records.models import Column, Record
from mingtang.records.queries import visible_to
from mingtang.records.widgets import FileChooser, RecordChooser
from mingtang.trace.queries import history


class StageColumn(TableColumn):
    """Where a record stands, as a word with its shape."""

    cell_template_name = "records/stage_cell.html"


class DayColumn(TableColumn):
    """A moment as its day, not as “so long ago”."""

    cell_template_name = "records/day_cell.html"


def no_formula(value: str) -> str:
    """Words for a cell of a csv file, which office programs would take for a formula: they stay words."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


class RecordFilters(WagtailFilterSet):
    """What the list of records can be narrowed by."""

    column = ModelChoiceFilter(
        label=gettext_lazy("栏目"), queryset=Column.objects.select_related("parent__parent__parent")
    )

    class Meta:
        model = Record
        fields = ["state", "body", "column", "genre", "disclosure"]


class RecordIndex(views.IndexView):
    """The list: permitted rows only, no bulk actions (each act states itself)."""

    default_ordering = "-created_at"
    any_permission_required = ["add", "change", "view"]
    add_item_label = gettext_lazy("起草信息")
    custom_value_preprocess = views.IndexView.custom_value_preprocess | {str: {"csv": no_formula}}

    @cached_property
    def columns(self) -> list[Any]:
        """Title, stage, body, column, index number, last change."""
        return [
            self._get_title_column("title"),
            StageColumn("stage", label=_("状态")),
            TableColumn("body", label=_("机构"), accessor="body.short_name", sort_key="body", classname="mt-wide"),
            TableColumn("column", label=_("栏目"), accessor="column.name", classname="mt-wide"),
            TableColumn("index_number", label=_("索引号"), sort_key="index_number", classname="mt-wide"),
            DayColumn("last_published_at", label=_("发布时间"), sort_key="last_published_at", classname="mt-wide"),
        ]

    def get_base_queryset(self) -> Any:
        """With what the columns show, so that the list asks a fixed number of queries."""
        return super().get_base_queryset().select_related("body", "column", "latest_revision")

    def get_edit_url(self, instance: Record) -> str | None:
        """The editor where the text may be changed now; otherwise the title leads to the overview."""
        if instance.stage in OPEN[:2] and self.may_edit(instance):
            return super().get_edit_url(instance)
        return None

    def may_edit(self, record: Record) -> bool:
        """Whether the user may change this row; restricted ones are already left out of the list."""
        return record.body_id in self._editable

    @cached_property
    def _editable(self) -> set[int]:
        from mingtang.bodies.permissions import bodies_for

        bodies = bodies_for(self.request.user, "records.edit", on=timezone.localdate())
        return set(bodies.values_list("pk", flat=True))

    def get_delete_url(self, instance: Record) -> str | None:
        """Deleting is an act of the overview, not of a list."""
        return None

    def get_copy_url(self, instance: Record) -> str | None:
        """Copies are not offered: an index number is given once."""
        return None


class SavesByAction:
    """What creating and editing share: the form's record goes to our action, its refusal back to the form."""

    request: Any
    form: Any
    object: Any
    action: str

    def get_available_actions(self) -> list[str]:
        """Saving only: submission, publication and the rest are acts with screens of their own."""
        return ["create" if self.view_name == "create" else "edit"]  # type: ignore[attr-defined]

    def form_valid(self, form: Any) -> HttpResponse:
        """Save; a refusal of the room is told at the fields it concerns."""
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except Incomplete as error:
            for name, mend in error.fields.items():
                form.add_error(name if name in form.fields else None, mend)
            told = str(error)
        except (RecordsError, BodiesError) as error:
            form.add_error(None, str(error))
            told = str(error)
        self.produced_error_code, self.produced_error_message = "validation_error", told
        return self.form_invalid(form)  # type: ignore[attr-defined]

    def get_side_panels(self) -> MediaContainer:
        """Wagtail's panels and those that other rooms add; its page checker needs a script in the public page."""
        given = [panel for panel in super().get_side_panels() if panel.name != "checks"]  # type: ignore[misc]
        record = self.object if isinstance(self.object, Record) and self.object.pk else None
        return MediaContainer([*given, *(panels.side_panels(record, self.request) if record else [])])


class RecordCreate(SavesByAction, views.CreateView):
    """A new draft."""

    page_title = gettext_lazy("起草")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, list, what is being done."""
        items = [{"url": reverse(self.index_url_name), "label": _("信息")}, {"url": "", "label": _("起草信息")}]
        return [*self.breadcrumbs_items, *items]

    def save_instance(self) -> Record:
        """Store it by `records.actions.open_draft`."""
        record = self.form.save(commit=False)
        actions.open_draft(record, actor=self.request.user, moment=timezone.now())
        self.new_revision = record.latest_revision
        return record


class RecordEdit(SavesByAction, views.EditView):
    """Editing a draft, a returned text or an amendment; what is not open leads to its overview."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The editor, or the overview while the text is under the signers or settled."""
        if self.live_object.stage not in OPEN:
            return redirect(self.inspect_url_name, self.live_object.pk)
        return super().get(request, *args, **kwargs)

    def get_object(self, queryset: Any = None) -> Record:
        """The newest text; the note of the last change is not offered again for the next one."""
        record = super().get_object(queryset)
        if record.published_at is not None and not record.amendment:
            record.change_note = ""
        return record

    def save_instance(self) -> Record:
        """Store it by `records.actions.save_draft`."""
        record = self.form.save(commit=False)
        actions.save_draft(record, actor=self.request.user, moment=timezone.now(), overwrite=self.overwrite_revision)
        self.new_revision = record.latest_revision
        return record


class RecordRevert(RevisionsRevertMixin, RecordEdit):
    """Going back to an earlier text: it becomes the newest draft, nothing is lost."""

    view_name = "revisions_revert"

    def save_instance(self) -> Record:
        """As an edit like any other."""
        return RecordEdit.save_instance(self)


class RecordDelete(views.DeleteView):
    """Deleting a draft that never went out."""

    def delete_action(self) -> None:
        """By `records.actions.delete`; a refusal becomes an error page with its reason."""
        try:
            actions.delete(self.object, actor=self.request.user, moment=timezone.now())
        except (RecordsError, BodiesError) as error:
            raise PermissionDenied(str(error)) from error


class RecordOverview(views.InspectView):
    """Everything about a record on one page, with the acts that may be done now."""

    template_name = "records/overview.html"
    page_title = gettext_lazy("信息")
    any_permission_required = ["view"]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, list, this record."""
        items = [
            {"url": reverse(self.index_url_name), "label": _("信息")},
            {"url": "", "label": self.object.title},
        ]
        return [*self.breadcrumbs_items, *items]

    def get_fields_context(self) -> list[Any]:
        """The template names its fields itself."""
        return []

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """None: the acts stand on the page."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest text, acts, parts of other rooms, and the event history."""
        newest = self.object.get_latest_revision_as_object()
        events = list(history(self.object).order_by("-seq")[:30])
        return super().get_context_data(
            record=self.object,
            newest=newest,
            acts=panels.ordered([*_acts(self.object, self.request), *panels.acts(newest, self.request)]),
            parts=[mark_safe(part) for part in panels.parts(newest, self.request)],  # noqa: S308 - rooms' own templates
            events=events,
            **kwargs,
        )


def _acts(record: Record, request: HttpRequest) -> list[panels.Act]:
    """Editing, and the deeds of this room that fit and that the user may do."""
    today = timezone.localdate()
    viewset = record.snippet_viewset
    found: list[panels.Act] = []
    if record.stage in OPEN and may_with(request.user, "records.edit", record, on=today):
        label = _("修改") if record.published_at is None else _("起草修改稿")
        found.append(panels.Act(label, reverse(viewset.get_url_name("edit"), args=[record.pk])))
    for deed in acts.offered(record, request.user, today):
        address = reverse(viewset.get_url_name("act"), args=[record.pk, deed.name])
        found.append(panels.Act(str(deed.label), address, main=deed.name == "publish", grave=deed.grave))
    deletable = record.published_at is None and record.stage in OPEN
    if deletable and may_with(request.user, "records.edit", record, on=today):
        found.append(panels.Act(_("删除草稿"), reverse(viewset.get_url_name("delete"), args=[record.pk]), grave=True))
    return found


class Closed(views.UnpublishView):
    """Wagtail's unpublish, unschedule, lock, unlock and copy: closed, the acts of the overview take their place."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Refuse before anything is read."""
        raise PermissionDenied


class RecordCompare(views.RevisionsCompareView):
    """Two texts side by side, for all who may see the record."""

    permission_required = "view"


class RecordHistory(views.HistoryView):
    """Wagtail's history, for all who may see the record."""

    any_permission_required = ["view"]


class RecordPreviewRevision(views.PreviewRevisionView):
    """An earlier text as the public would see it, for all who may see the record."""

    permission_required = "view"


class RecordViewSet(RowViewSet, SnippetViewSet):
    """All screens of records below /desk/records/."""

    model = Record
    icon = "doc-full"
    menu_label = gettext_lazy("信息")
    menu_name = "records"
    menu_order = 210
    add_to_admin_menu = False
    url_prefix = "records"
    admin_url_namespace = "records"
    base_url_path = "records"
    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 30
    filterset_class = RecordFilters
    search_backend_name = None
    search_fields = ["title", "document_number", "index_number"]
    list_export = ["index_number", "title", "body", "column", "document_number", "made_on", "state", "published_at"]
    export_filename = "records"
    index_view_class = RecordIndex
    add_view_class = RecordCreate
    edit_view_class = RecordEdit
    delete_view_class = RecordDelete
    inspect_view_class = RecordOverview
    history_view_class = RecordHistory
    unpublish_view_class = Closed
    revisions_unschedule_view_class = Closed
    lock_view_class = Closed
    unlock_view_class = Closed
    workflow_action_view_class = Closed
    collect_workflow_action_data_view_class = Closed
    confirm_workflow_cancellation_view_class = Closed
    workflow_preview_view_class = Closed
    revisions_compare_view_class = RecordCompare
    revisions_view_class = RecordPreviewRevision
    revisions_revert_view_class = RecordRevert
    chooser_viewset_class = RecordChooserViewSet
    chooser_base_url_path = "records/choose"

    edit_handler = ObjectList(
        [
            FieldPanel("title", required_on_save=True),
            MultiFieldPanel(
                [
                    FieldPanel("body"),
                    FieldPanel("column", widget=forms.Select),
                    FieldPanel("document_number"),
                    FieldPanel("made_on"),
                ],
                heading=_("谁发布、放在哪里"),
            ),
            FieldPanel("text"),
            InlinePanel(
                "attachments", label=_("附件"), panels=[FieldPanel("file", widget=FileChooser), FieldPanel("title")]
            ),
            MultiFieldPanel(
                [FieldPanel("topic"), FieldPanel("genre"), FieldPanel("form"), FieldPanel("keywords")],
                heading=_("分类"),
            ),
            MultiFieldPanel(
                [FieldPanel("effective_on"), FieldPanel("expires_on"), FieldPanel("validity")],
                heading=_("效力"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("disclosure"),
                    FieldPanel("disclosure_basis"),
                    FieldPanel("source"),
                    FieldPanel("go_live_at", heading=_("希望的发布时间"), help_text=_("留空则终审后立即发布。")),
                    FieldPanel("change_note"),
                ],
                heading=_("公开"),
            ),
            InlinePanel(
                "relations",
                label=_("关联信息"),
                panels=[FieldPanel("kind"), FieldPanel("to", widget=RecordChooser(Record))],
            ),
            MultiFieldPanel(
                [
                    FieldPanel("restricted", help_text=_("勾选后，发布前只有起草人、下列人员和公开办能看到。")),
                    InlinePanel("named_readers", label=_("指定人员"), panels=[FieldPanel("user")]),
                ],
                heading=_("限定人员"),
            ),
        ],
        base_form_class=RecordForm,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Rows that the user may see."""
        return visible_to(request.user, timezone.localdate())

    def get_urlpatterns(self) -> list[Any]:
        """Wagtail's addresses and those of our acts."""
        return [*super().get_urlpatterns(), path("act/<int:pk>/<slug:name>/", screens.act, name="act")]
