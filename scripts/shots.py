"""The pictures of README and tour: a demo instance of its own is built, served and photographed into docs/pictures/.

`python scripts/shots.py` for all of them, `python scripts/shots.py front desk` for those whose name begins so. The
same seed gives the same demo, so a picture changes when the product does.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
COMMAND = Path(sys.executable).with_name("mingtang")
RECORDS = 60
START_SECONDS = 60
#: Height of a picture for each width, in CSS pixels: the first screen, not the whole page.
HEIGHTS = {390: 844, 768: 1024, 1280: 860}


@dataclass(frozen=True)
class Shot:
    """A picture: its name (`<name>-<width>.png`), where it is taken, and as whom; `path` may be found from the site."""

    name: str
    path: str | Callable[[Path], str]
    width: int = 1280
    role: str = ""
    scheme: str = "light"

    @property
    def file(self) -> Path:
        """Where the picture goes."""
        dark = "-dark" if self.scheme == "dark" else ""
        return PICTURES / f"{self.name}-{self.width}{dark}.png"


def first(pattern: str, part: str = "", place: int = 0) -> Callable[[Path], str]:
    """The address of the first page of the baked site (the last one for `place` -1) whose file matches, at a part."""

    def find(site: Path) -> str:
        found = sorted(site.glob(pattern))
        if not found:
            raise SystemExit(f"演示站点里没有 {pattern}，无法截图。")
        return "/" + str(found[place].relative_to(site)).removesuffix("index.html") + part

    return find


LEDGER = first("ledger/*/index.html")
RECORD = first("records/*/index.html")
SHOTS = (
    Shot("front", "/"),
    Shot("front", "/", 390),
    Shot("front", "/", scheme="dark"),
    Shot("elder", "/#elder", 390),
    Shot("api", "/api/"),
    Shot("columns", "/columns/"),
    Shot("record", RECORD),
    Shot("record", RECORD, 390),
    Shot("ledger", LEDGER),
    Shot("ledger", LEDGER, 390),
    Shot("ledger-item", first("ledger/*/*/index.html")),
    Shot("report", first("reports/20*/jyj/index.html", place=-1)),
    Shot("report", first("reports/20*/jyj/index.html", place=-1), 390),
    Shot("report-charts", first("reports/20*/jyj/index.html", "#pictures", -1)),
    Shot("report-charts", first("reports/20*/jyj/index.html", "#pictures", -1), 390),
    Shot("reports-year", first("reports/20*/index.html", place=-1)),
    Shot("about", "/about/", 768),
    Shot("desk-office", "/desk/", role="office"),
    Shot("desk-publisher", "/desk/", role="publisher"),
    Shot("desk-publisher", "/desk/", 390, role="publisher"),
)


@contextmanager
def served(home: Path) -> Iterator[str]:
    """A demo instance below `home`, built, baked and served; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = os.environ | {"MINGTANG_HOME": str(home), "MINGTANG_URL": url}
    environment.pop("DATABASE_URL", None)
    for arguments in (("demo", "--records", str(RECORDS), "--seed", "1"), ("bake", str(home / "site"))):
        subprocess.run([COMMAND, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)
    with (home / "serve.log").open("wb") as log:
        process = subprocess.Popen([COMMAND, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log)
    try:
        wait_for(url + "/", process)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return when the address answers; end with a line when it never does."""
    give_up = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < give_up:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise SystemExit("演示实例没有启动，无法截图。")


def sign_in(page: Page, url: str, account: dict[str, str]) -> None:
    """Sign in at the desk."""
    page.goto(url + "/desk/login/")
    page.fill("input[name=username]", account["username"])
    page.fill("input[name=password]", account["password"])
    page.click("button[type=submit]")
    page.wait_for_url(url + "/desk/")


def take(browser: Browser, shot: Shot, url: str, home: Path) -> None:
    """Take one picture."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": HEIGHTS[shot.width]},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if shot.role:
        accounts = json.loads((home / "demo-accounts.json").read_text(encoding="utf-8"))
        sign_in(page, url, accounts[shot.role])
    path = shot.path if isinstance(shot.path, str) else shot.path((home / "site/current").resolve())
    page.goto(url + path, wait_until="networkidle")
    page.screenshot(path=shot.file)
    context.close()


def main(names: list[str]) -> None:
    """Take all pictures, or those whose name begins with one of `names`."""
    chosen = [shot for shot in SHOTS if not names or shot.name.startswith(tuple(names))]
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        raise SystemExit("缺少 Chromium：请安装 Debian 软件包 chromium 与 fonts-noto-cjk。")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="mingtang-shots-") as folder, served(Path(folder)) as url:
        photograph(executable, chosen, url, Path(folder))


def photograph(executable: str, chosen: list[Shot], url: str, home: Path) -> None:
    """Take the chosen pictures in one browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for shot in chosen:
            take(browser, shot, url, home)
            print(shot.file.relative_to(ROOT), file=sys.stderr)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
