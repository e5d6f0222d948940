"""Browsers signed in at the desk, requests that are fresh today, and forms sent from a request's page."""

import io
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mingtang.bodies.models import User
from mingtang.foi.models import Request
from mingtang.foi.tests.conftest import County


def at(user: User) -> Client:
    """A browser signed in as the user."""
    client = Client()
    client.force_login(user, backend="mingtang.bodies.signin.PostBackend")
    return client


def fresh(county: County, days: int = 2, **fields: Any) -> Request:
    """A request that came a few days ago, by today's clock."""
    return county.receive(moment=timezone.now() - timedelta(days=days), **fields)


def do(client: Client, row: Request, name: str, part: int | None = None, **fields: Any) -> Any:
    """Send a form of the request's page."""
    sent = {"do": name, **fields} | ({"part": part} if part else {})
    return client.post(reverse("foi:request", args=[row.pk]), sent)


def code_of(answer: Any) -> int:
    """The status of an answer; what Wagtail turns into a way home with a message is a refusal."""
    return 403 if answer.status_code == 302 and answer.url == "/desk/" else answer.status_code


def today() -> str:
    return timezone.localdate().isoformat()


def a_pdf(text: str = "Phone 13912345678 of Somebody") -> bytes:
    """A page of text."""
    import pikepdf

    made = pikepdf.new()
    page = made.add_blank_page(page_size=(400, 300))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier)
    font.FirstChar, font.LastChar, font.Widths = 32, 126, pikepdf.Array([600] * 95)
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.obj.Contents = made.make_stream(
        f"BT /F 12 Tf 30 200 Td ({text}) Tj 0 -40 Td (Second line stays) Tj ET".encode()
    )
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
