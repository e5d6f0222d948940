"""Files of a request at the desk: opened by those who may, each opening on record."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from mingtang.bodies.errors import NotPermitted
from mingtang.foi import files
from mingtang.foi.desk.letters import served
from mingtang.foi.desk.serving import PERSONAL, acting, demand, found
from mingtang.foi.errors import FoiError
from mingtang.foi.models import File


def file(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A file of a request, decrypted, as a download."""
    row = found(request, File.objects.select_related("request__body", "request__unit"), "request", pk=pk)
    demand(request, "foi.identity" if row.kind in PERSONAL else "foi.view", row.request)
    try:
        data = files.read(row, **acting(request))
    except NotPermitted:
        demand(request, "foi.identity", row.request)
        raise
    except FoiError as error:
        messages.error(request, str(error))
        return redirect("foi:request", row.request_id)
    return served(data, row.media_type, row.name)
