"""Choosing a record at the desk: permitted rows only, searched by title, document number and index number."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from mingtang.bodies.policy import RowChooserViewSet
from mingtang.records.queries import matching


class WordsForm(BaseFilterForm):
    """Narrows a chooser by words of the title, the document number or the index number."""

    q = forms.CharField(
        label=_("搜索"), widget=forms.TextInput(attrs={"placeholder": _("标题、文号、索引号")}), required=False
    )

    def filter(self, objects: Any) -> Any:
        """Rows that hold the words."""
        words = self.cleaned_data.get("q", "").strip()
        self.is_searching, self.search_query = bool(words), words
        return objects.filter(matching(words)) if words else objects


class RecordChoose(ChooseView):
    """The chooser's first page."""

    filter_form_class = WordsForm


class RecordChooseResults(ChooseResultsView):
    """The chooser's results."""

    filter_form_class = WordsForm


class RecordChooserViewSet(RowChooserViewSet, SnippetChooserViewSet):
    """Choosing a record: permitted rows only."""

    choose_view_class = RecordChoose
    choose_results_view_class = RecordChooseResults
