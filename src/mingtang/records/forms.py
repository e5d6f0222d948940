"""The editing forms of the desk: each offers only what the person may choose."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.documents.forms import BaseDocumentForm

from mingtang.bodies.models import User
from mingtang.bodies.permissions import bodies_for, held_on, posts_of
from mingtang.records.models import Column, Record


class KeywordsField(forms.CharField):
    """A list of words, typed with 、 or spaces between."""

    def prepare_value(self, value: Any) -> str:
        """The list as one line."""
        return "、".join(value) if isinstance(value, list) else value or ""

    def to_python(self, value: Any) -> list[str]:
        """The line as a list without empty or repeated words."""
        words = str(value or "").replace("，", "、").replace(",", "、").replace(" ", "、").split("、")
        return list(dict.fromkeys(word for word in words if word))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the words differ, however they were typed."""
        return (initial or []) != self.to_python(data)


class RecordForm(WagtailAdminModelForm):
    """A record as its writer edits it."""

    keywords = KeywordsField(label=_("主题词"), required=False, help_text=_("几个词之间用“、”隔开。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        of_model: dict[str, Any] = self.fields
        if "body" in self.fields:
            bodies = bodies_for(self.for_user, "records.draft", on=today)
            of_model["body"].queryset = bodies
            if len(found := list(bodies[:2])) == 1:
                self.fields["body"].initial = found[0].pk
        if "column" in self.fields:
            of_model["column"].queryset = Column.objects.select_related("parent__parent__parent")
        readers = self.formsets.get("named_readers")
        if readers is not None:
            self._limit_readers(readers)

    def _limit_readers(self, readers: Any) -> None:
        """Named readers are people who hold a post today in the record's body or among the user's bodies."""
        today = timezone.localdate()
        bodies = bodies_for(self.for_user, "records.view", on=today)
        people = held_on(today).filter(body__in=bodies).values("person")
        users = User.objects.filter(is_active=True, person__in=people).select_related("person")
        for form in [*readers.forms, readers.empty_form]:
            form.fields["user"].queryset = users
        readers.form.base_fields["user"].queryset = users

    def save(self, commit: bool = False) -> Record:
        """The record in memory; storing it is the business of `records.actions`."""
        return super().save(commit=False)


class AttachedFileForm(BaseDocumentForm):
    """Upload of a file: it belongs to the body for which the person drafts."""

    def save(self, commit: bool = True) -> Any:
        """Name the body before the file is stored."""
        uploader = self.instance.uploaded_by_user
        if self.instance.body_id is None and uploader is not None:
            today = timezone.localdate()
            drafting = bodies_for(uploader, "records.draft", on=today)
            own = [post.body for post in posts_of(uploader, today) if drafting.filter(pk=post.body_id).exists()]
            self.instance.body = own[0] if own else None
        return super().save(commit=commit)
