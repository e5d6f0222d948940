"""What every act of a request's page is: a form that knows its request, and what is done with it once it is filled."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise

from mingtang.foi.errors import FoiError, Invalid
from mingtang.foi.models import Letter, Request

Label = str | Promise


class ActForm(forms.Form):
    """One act. `name` is that of the function in `foi.actions`; `thing` is the part of the request it is about, if any.

    `run` does the act and returns the letter it drafted, where the person goes on; None leads back to the request.
    """

    name: ClassVar[str]
    label: ClassVar[Label]
    verb: ClassVar[str] = "foi.handle"
    done: ClassVar[Label]
    #: What to know before doing it, said above the fields.
    hint: ClassVar[Label] = ""
    #: Whether it is drawn as a lesser button.
    quiet: ClassVar[bool] = False

    def __init__(self, *args: Any, row: Request, user: Any, on: date, thing: Any = None, **kwargs: Any) -> None:
        self.row, self.user, self.on, self.thing = row, user, on, thing
        kwargs.setdefault("auto_id", f"{self.name}-{getattr(thing, 'pk', '') or ''}-%s")
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices and first values from the request."""

    def run(self, **acting: Any) -> Letter | None:
        """Do it, with the cleaned fields; `acting` is who and when."""
        raise NotImplementedError

    def attempt(self, **acting: Any) -> tuple[bool, Letter | None]:
        """Do it, or put the reason why not beside the field it concerns."""
        try:
            return True, self.run(**acting)
        except FoiError as error:
            field = error.field if isinstance(error, Invalid) and error.field in self.fields else None
            self.add_error(field, str(error))
            return False, None

    @property
    def anchor(self) -> str:
        """Where on the page this form stands."""
        part = getattr(self.thing, "pk", "")
        return f"act-{self.name}" + (f"-{part}" if part else "")


def given(form: forms.Form, *names: str) -> dict[str, Any]:
    """Cleaned values by their names."""
    return {name: form.cleaned_data[name] for name in names}
