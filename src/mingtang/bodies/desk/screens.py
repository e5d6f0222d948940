"""What the screens of this room share: saving goes through an act, a refusal comes back to the field it is about."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from mingtang.bodies.errors import BodiesError, Invalid
from mingtang.bodies.policy import RowViewSet


class SavesByAction:
    """Mixed into create and edit views, whose `save_instance` calls an act of this room."""

    produced_error_message: str | None
    produced_error_code: str

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:
        """Save; what the act refuses is told at its field, else above the form."""
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except Invalid as error:
            for name, messages in error.problems.items():
                for message in messages:
                    form.add_error(name if name in form.fields else None, message)
            told = str(error)
        except BodiesError as error:
            form.add_error(None, str(error))
            told = str(error)
        self.produced_error_code, self.produced_error_message = "validation_error", told
        return self.form_invalid(form)  # type: ignore[attr-defined]


class Create(SavesByAction, CreateView):
    """A new row."""


class Edit(SavesByAction, EditView):
    """An existing row; what happened to it is told by the event stream, so Wagtail's history has no place here."""

    def get_history_url(self) -> None:
        """No second history."""

    def get_usage_url(self) -> None:
        """Nothing of this room is deleted, so nobody needs to know what would break."""


class Index(IndexView):
    """A list, open to whoever may see any of its rows."""

    any_permission_required = ["add", "change", "view"]

    def get_edit_url(self, instance: Any) -> str | None:
        """The editor for who may change the row; others come to the overview."""
        if self.user_has_permission_for_instance("change", instance):
            return super().get_edit_url(instance)
        return None


class Screens(RowViewSet, ModelViewSet):
    """A set of screens over one model: permitted rows, own acts, no copying, no deleting."""

    index_view_class = Index
    add_view_class = Create
    edit_view_class = Edit
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50


def lines(text: str) -> list[str]:
    """The lines of a text area that say anything."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def one_a_line(label: str) -> forms.CharField:
    """A field of several names."""
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, required=False, widget=widget, help_text=_("一行一个。"))
