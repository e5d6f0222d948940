"""Form fields of this room's screens: days, files that passed the guard, and people who may handle a request."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.foi.files import Upload
from mingtang.text.guard import DEFAULT, Kind, Limits, Refused, inspect_apart

#: Most files in one field.
MOST = 10
ALL_KINDS: frozenset[Kind] = DEFAULT.kinds
PROOFS: frozenset[Kind] = frozenset({"pdf", "jpg", "png"})
PROOFS_AND_DOCX: frozenset[Kind] = frozenset({"pdf", "jpg", "png", "docx"})


class Day(forms.DateField):
    """A day, with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Words(forms.CharField):
    """Some lines of text."""

    def __init__(self, *args: Any, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 5000)
        super().__init__(*args, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class _Several(forms.FileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files, each judged by its content before anybody keeps it; gives `Upload`s."""

    def __init__(self, *args: Any, kinds: frozenset[Kind] = ALL_KINDS, one: bool = False, **kwargs: Any) -> None:
        self.limits: Limits = replace(DEFAULT, kinds=kinds)
        self.one = one
        accept = ",".join(f".{kind}" for kind in sorted(kinds | ({"jpeg"} if "jpg" in kinds else set())))
        attrs = {"accept": accept} if one else {"accept": accept, "multiple": True}
        kwargs.setdefault("required", False)
        megabytes = self.limits.max_bytes // 1024 // 1024
        listed = "、".join(sorted(kinds))
        kwargs.setdefault(
            "help_text", gettext_lazy("%(kinds)s，每个不超过 %(size)s MB。") % {"kinds": listed, "size": megabytes}
        )
        super().__init__(*args, widget=_Several(attrs=attrs), **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Nothing beside what was said above."""
        return {}

    def clean(self, data: Any, initial: Any = None) -> tuple[Upload, ...]:
        """The files, examined."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not given:
            raise forms.ValidationError(_("请选择文件。"))
        if len(given) > (1 if self.one else MOST):
            raise forms.ValidationError(_("一次最多上传 %d 个文件：请分几次上传。") % (1 if self.one else MOST))
        return tuple(self._examined(file) for file in given)

    def _examined(self, file: UploadedFile) -> Upload:
        name = file.name or ""
        size = file.size or 0
        if size > self.limits.max_bytes:
            megabytes = self.limits.max_bytes // 1024 // 1024
            raise forms.ValidationError(
                _("“%(name)s”超过 %(size)d MB：请压缩或者分成几个文件。") % {"name": name[:60], "size": megabytes}
            )
        content = file.read()
        judged = inspect_apart(name, content, self.limits)
        if isinstance(judged, Refused):
            raise forms.ValidationError(judged.reason)
        return Upload(name, content, judged.media_type)
