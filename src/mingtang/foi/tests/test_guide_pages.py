"""Each body's guide, the forms to print, and the ways that lead to asking."""

import io
import re
from datetime import timedelta

import docx
import pytest
from django.test import Client

from mingtang.bodies.models import Kind
from mingtang.foi.pages import guides
from mingtang.foi.tests.conftest import County
from mingtang.trace.limits import Scope


def plain(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def test_the_guide_has_the_five_parts_of_the_standard_and_the_bodys_own_facts(client: Client, county: County) -> None:
    county.education.openness_email = "xxgk@example.invalid"
    county.education.save()
    shown = client.get("/foi/guide/jyj/").content.decode()
    headings = re.findall(r'<h2 id="\w+">([^<]+)</h2>', shown)
    assert headings[:5] == ["一、总体内容", "二、主动公开", "三、依申请公开", "四、公开工作机构", "五、监督和救济"]
    said = plain(shown)
    for fact in ("云岭旗演示路9号", "0000-1234567", "工作日9:00—17:00", "xxgk@example.invalid", "第三十三条第二款"):
        assert fact in said
    assert 'href="/foi/apply/?body=jyj"' in shown


def test_a_body_that_answers_no_requests_has_no_guide(client: Client, county: County) -> None:
    village = county.body("gc", "云岭旗演示嘎查", Kind.VILLAGE)
    assert client.get(f"/foi/guide/{village.code}/").status_code == 404
    assert client.get("/foi/guide/nobody/").status_code == 404
    assert "演示嘎查" not in client.get("/foi/").content.decode()


@pytest.mark.parametrize("name", ["natural", "organisation", "guide"])
def test_forms_and_guide_are_printed(client: Client, county: County, name: str) -> None:
    answer = client.get(f"/foi/print/jyj/{name}.docx")
    assert answer.status_code == 200
    document = docx.Document(io.BytesIO(answer.content))
    words = "".join(each.text for each in document.paragraphs) + "".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    assert "云岭旗教育局" in words
    assert client.get(f"/foi/print/jyj/{name}.pdf").content.startswith(b"%PDF-")


@pytest.mark.parametrize("path", ["jyj/other.pdf", "jyj/natural.exe", "nobody/natural.pdf"])
def test_what_is_no_form_is_not_found(client: Client, county: County, path: str) -> None:
    assert client.get(f"/foi/print/{path}").status_code == 404


def test_printing_is_limited(client: Client, county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guides, "PRINTING", Scope("foi-print", at_once=1, every=timedelta(seconds=10)))
    codes = [client.get("/foi/print/jyj/natural.docx").status_code for _ in range(2)]
    assert codes == [200, 429]


def test_a_bodys_page_the_guide_to_openness_and_a_vain_search_lead_to_asking(client: Client, county: County) -> None:
    assert 'href="/foi/apply/?body=jyj"' in client.get("/bodies/jyj/").content.decode()
    assert 'href="/foi/apply/"' in client.get("/about/").content.decode()
    found = client.get("/search/", {"q": "量子计算机 采购"}).content.decode()
    assert "/foi/apply/?about=" in found
    assert 'href="/foi/"' in client.get("/").content.decode()
