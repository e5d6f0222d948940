"""Every page is also there as data: exactly the listed fields, as its schema says, nothing of what is not public."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client

from mingtang.portal.addresses import path_of
from mingtang.portal.bake import bake
from mingtang.records.models import Record
from mingtang.trace import pages
from mingtang.trace.shapes import Shape
from tests.portal import town

pytestmark = pytest.mark.django_db

#: Every field that is published as data, one a line. What is added here is made public: think before you do.
FIELDS = Path(__file__).with_name("public_fields.txt")
#: Families of pages that hold facts; guides and notices are words alone.
FACTS = {
    "about", "bodies", "body", "column", "column-page", "columns", "front", "ledger", "ledger_item", "ledgers",
    "record",
}  # fmt: skip


def twins() -> dict[str, pages.PageSource]:
    """Source of pages → source of their data."""
    return {each.name.removesuffix(".json"): each for each in pages.registered() if each.shape}


def with_definitions(shape: Shape) -> dict[str, Any]:
    parts = {each.name: each.schema for each in shape.definitions()}
    return {**shape.schema, "components": {"schemas": parts}}


def test_every_page_of_facts_has_its_data_beside_it() -> None:
    town.build(25)
    assert set(twins()) >= FACTS
    for name, twin in twins().items():
        source = next(each for each in pages.registered() if each.name == name)
        html = [path_of(source.route, arguments) for arguments, _page in source.pages()]
        data = [path_of(twin.route, arguments) for arguments, _page in twin.pages()]
        assert data == [pages.data_path(path) for path in html]


def test_the_data_of_every_page_is_what_its_schema_says() -> None:
    town.build(25)
    checked = 0
    for twin in twins().values():
        assert twin.shape
        valid = jsonschema_rs.validator_for(with_definitions(twin.shape), validate_formats=True)
        for _, page in twin.pages():
            valid.validate(json.loads(json.dumps(page.context["value"])))
            checked += 1
    assert checked >= 40


def test_what_is_public_is_listed_field_by_field() -> None:
    shapes = [part for twin in twins().values() if twin.shape for part in twin.shape.definitions()]
    found = {f"{shape.name}.{each.name}" for shape in shapes for each in shape.fields}
    assert sorted(found) == FIELDS.read_text(encoding="utf-8").split()


def test_the_data_lies_where_the_page_says(tmp_path: Path, client: Client, settings: Any) -> None:
    settings.SITE_ROOT = tmp_path / "site"
    built = town.build(25)
    bake(tmp_path / "site", town.START)
    record = built["records"][0]
    html = (tmp_path / f"site/current/records/{record.slug}/index.html").read_text(encoding="utf-8")
    assert f'<link rel="alternate" type="application/json" href="/records/{record.slug}/index.json">' in html
    response = client.get(f"/records/{record.slug}/index.json")
    assert response["Content-Type"].startswith("application/json")
    data = json.loads(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    assert data["title"] == record.title
    assert data["url"] == f"{settings.PUBLIC_URL}/records/{record.slug}/"
    assert data["history"][0] == {"on": "2022-06-30", "act": "发布", "note": None}
    assert data["attachments"][0]["title"] == "办理流程"
    assert data["html"].startswith("<h2>一、总体要求</h2>")


def test_a_withdrawn_record_keeps_its_place_and_loses_its_words() -> None:
    record: Record = town.build(2)["withdrawn"]
    data = twins()["record"].page(slug=record.slug)
    assert data is not None
    value = data.context["value"]
    gone = ("title", "document_number", "html", "made_on", "effective_on", "expires_on")
    assert {name: value[name] for name in gone} == dict.fromkeys(gone)
    assert (value["attachments"], value["related"], value["keywords"]) == ([], [], [])
    assert (value["state"], value["withdrawal_reason"]) == ("withdrawn", town.REASON)


def test_a_draft_has_no_data() -> None:
    draft: Record = town.build(2)["draft"]
    assert twins()["record"].page(slug=draft.slug) is None
