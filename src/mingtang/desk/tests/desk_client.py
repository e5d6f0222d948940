"""A signed-in browser for the desk's tests, and what it sends for a complete record."""

from typing import Any

from django.test import Client

from tests.county import Place


def at_desk(user: Any) -> Client:
    """A client signed in as the user."""
    client = Client()
    client.force_login(user, backend="mingtang.bodies.signin.PostBackend")
    return client


def form_of(place: Place, **changes) -> dict[str, str]:
    """What the browser sends for a complete new record."""
    formsets = {
        f"{name}-{field}": "0"
        for name in ("attachments", "relations", "named_readers")
        for field in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    text = '{"blocks": [{"key": "a", "text": "请各学校逐项落实。", "type": "unstyled", "depth": 0, '
    text += '"inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}'
    given = {
        "title": "关于校车安全的通知（演示）",
        "body": str(place.education.pk),
        "column": str(place.column.pk),
        "document_number": "",
        "made_on": "2024-06-01",
        "text": text,
        "topic": "J02",
        "genre": "notice",
        "form": "text",
        "keywords": "校车、安全",
        "validity": "not_applicable",
        "disclosure": "proactive",
    }
    return formsets | given | changes
