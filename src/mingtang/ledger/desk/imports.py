"""Importing a notice at the desk: upload, a page that shows how far the reading is, and where it leads."""

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.ledger import actions
from mingtang.ledger.desk.forms import UploadForm
from mingtang.ledger.desk.serving import attempt, demand, office_of, screen, user_of
from mingtang.ledger.errors import BadUpload
from mingtang.ledger.models import Import

#: A reading that has not moved for so long was broken off; it may be started again.
STALE_SECONDS = 120


def upload(request: HttpRequest) -> HttpResponse:
    """Take a notice and go to the page that follows its reading."""
    demand(request, "ledger.import")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file: File = form.cleaned_data["file"]
        try:
            notice = actions.receive(file, body=office_of(request), actor=user_of(request), moment=timezone.now())
        except BadUpload as error:
            form.add_error("file", str(error))
        else:
            return redirect("ledger:import", notice.pk)
    recent = Import.objects.select_related("ledger", "created_by__person")[:10]
    return screen(request, "upload.html", _("导入通知"), {"form": form, "recent": recent})


def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the reading is; the page renews itself until it is done, and may be left."""
    notice = get_object_or_404(Import.objects.select_related("ledger"), pk=pk)
    demand(request, "ledger.import", notice)
    now = timezone.now()
    if request.method == "POST":
        attempt(
            request, lambda: actions.read_again(notice, actor=user_of(request), moment=now), _("已重新排队读取。")
        )  # fmt: skip
        return redirect("ledger:import", pk)
    working = notice.state in (Import.State.WAITING, Import.State.READING)
    stale = working and (now - notice.touched_at).total_seconds() > STALE_SECONDS
    context = {"notice": notice, "working": working, "stale": stale}
    return screen(request, "import.html", _("读取通知"), context)


def source(request: HttpRequest, pk: int) -> FileResponse:
    """The uploaded file, for whoever may import."""
    notice = get_object_or_404(Import, pk=pk)
    demand(request, "ledger.import", notice)
    return FileResponse(notice.file.open("rb"), as_attachment=True, filename=notice.file_name)
