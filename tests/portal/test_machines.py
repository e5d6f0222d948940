"""What machines read: the site map names every page once and moves little, pages say in schema.org what they are."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from lxml import etree, html

from mingtang.portal import sitemap
from mingtang.portal.addresses import path_of
from mingtang.portal.rendering import render
from mingtang.records.models import Record, Validity
from mingtang.trace import pages
from tests.portal import town

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def located(client: Client, path: str) -> list[str]:
    """The addresses that a file of the map names, as paths."""
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"].startswith("application/xml")
    found = etree.fromstring(response.content).findall(".//s:loc", NAMES)
    return ["/" + (loc.text or "").split("/", 3)[3] for loc in found]


def test_the_map_names_every_page_once_and_nothing_else(client: Client) -> None:
    town.build(25)
    named = [path for file in located(client, "/sitemap.xml") for path in located(client, file)]
    assert len(named) == len(set(named))
    pages_listed = {
        "/" + path_of(source.route, arguments)
        for source in pages.registered()
        if source.listed
        for arguments in source.arguments()
    }
    gone = Record.objects.filter(state="withdrawn").values_list("slug", flat=True)
    assert set(named) == pages_listed - {f"/records/{slug}/" for slug in gone}
    assert not any("/search/" in path or "page-" in path or path.endswith(".json") for path in named)


def test_one_publication_changes_one_file_of_the_map(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "RANGE", 10)
    town.build(25)
    before = {path: client.get(path).content for path in located(client, "/sitemap.xml")}
    assert sum("records-" in path for path in before) >= 3
    town.more(1)
    after = {path: client.get(path).content for path in located(client, "/sitemap.xml")}
    assert len([path for path in after if after[path] != before.get(path)]) == 1


def test_robots_are_told_where_the_map_is_and_what_is_none_of_theirs(client: Client, settings: Any) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().split("\n")
    assert "Disallow: /desk/" in lines
    assert f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml" in lines


def graph(body: bytes) -> list[dict[str, Any]]:
    found = html.fromstring(body).xpath("//script[@type='application/ld+json']/text()")
    return [each for text in found for each in json.loads(text)["@graph"]]


def of_type(things: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(each for each in things if each["@type"] == kind)


def test_every_page_says_where_it_stands_and_the_last_step_is_itself(client: Client, settings: Any) -> None:
    town.build(3)
    for source in pages.registered():
        for _arguments, page in source.pages():
            if page.media_type == "text/html" and source.route:
                path = path_of(source.route, _arguments)
                crumbs = of_type(graph(render(page, path)), "BreadcrumbList")["itemListElement"]
                assert [each["position"] for each in crumbs] == list(range(1, len(crumbs) + 1))
                assert crumbs[-1]["item"] == f"{settings.PUBLIC_URL}/{path}"


def test_a_document_that_binds_is_legislation_with_its_force(client: Client) -> None:
    record, other = town.build(3)["records"][:2]
    Record.objects.filter(pk=record.pk).update(genre="measures", validity=Validity.VALID)
    said = of_type(graph(client.get(f"/records/{record.slug}/").content), "Legislation")
    assert said["legislationIdentifier"] == record.document_number
    assert said["legislationLegalForce"] == "https://schema.org/InForce"
    assert said["legislationRepeals"]
    assert of_type(graph(client.get(f"/records/{other.slug}/").content), "DigitalDocument")["name"] == other.title


def test_no_words_of_a_record_end_the_script(client: Client) -> None:
    record = town.build(2)["records"][0]
    Record.objects.filter(pk=record.pk).update(title="甲</script><script>alert(1)</script>")
    body = client.get(f"/records/{record.slug}/").content
    assert b"<script>alert" not in body
    assert of_type(graph(body), "DigitalDocument")["name"].endswith("</script>")


def test_site_body_service_and_ledger_say_what_they_are(client: Client) -> None:
    built = town.build(2)
    front = graph(client.get("/").content)
    assert of_type(front, "WebSite")["potentialAction"]["@type"] == "SearchAction"
    assert of_type(front, "GovernmentOrganization")["name"] == built["bodies"][0].name
    body = of_type(graph(client.get("/bodies/yl-education/").content), "GovernmentOrganization")
    assert body["parentOrganization"]["name"] == built["bodies"][0].name
    service = of_type(graph(client.get("/about/").content), "GovernmentService")
    assert service["serviceOperator"]["contactPoint"]["email"] == "gongkai@yunling.example"


def test_a_shared_link_shows_title_words_and_picture(client: Client) -> None:
    record = town.build(2)["records"][0]
    page = html.fromstring(client.get(f"/records/{record.slug}/").content)
    said = {each.get("property"): each.get("content") for each in page.xpath("//meta[@property]")}
    assert said["og:title"] == record.title
    assert said["og:description"].startswith("一、总体要求")
    assert said["og:url"] == page.xpath("string(//link[@rel='canonical']/@href)")
    assert re.fullmatch(r"/assets/portal/card\.\w+\.png", "/" + said["og:image"].split("/", 3)[3])
    assert client.get("/" + said["og:image"].split("/", 3)[3])["Content-Type"] == "image/png"
