"""What the public reads on each page, and what it never reads."""

import pytest
from django.test import Client

from tests.portal import town

pytestmark = pytest.mark.django_db


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_every_page_of_every_source_answers(client: Client) -> None:
    town.build()
    for path in ("/", "/columns/", "/columns/policy/", "/columns/policy/interpretation/", "/about/", "/accessibility/"):
        assert "<h1" in read(client, path)
