"""Template engines on a page of a record: Jinja2, Django templates and minijinja, turn by turn in one process.

The templates are the record page's structure (a frame, a head table, text, files, related records, history) in the
common subset of the three languages, so that all write the same bytes. `python -m benchmarks.engines`.
"""

import argparse
import html
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.harness import compare

TEMPLATES = Path(__file__).parent / "templates"
Render = Callable[[Mapping[str, Any]], str]


def context() -> dict[str, Any]:
    """A record with a text of some three thousand characters, as plain values that every engine takes."""
    paragraph = (
        "<p>各单位应当按时公开本单位制作的信息，并保证内容准确、完整。"
        + "公开方式、范围和时限按规定执行。" * 6
        + "</p>"
    )
    rows = [
        ("索引号", "yl/2022-00001"),
        ("主题分类", "综合政务"),
        ("发文机关", "云岭旗教育局（演示）"),
        ("文号", ""),
    ] * 2
    return {
        "title": "关于做好“公开事项”有关工作的通知",
        "place": "columns/",
        "site": {
            "name": "云岭旗政务公开",
            "ways": [{"title": f"栏目{n}", "path": f"columns/{n}/" if n else "columns/"} for n in range(8)],
            "government": "云岭旗人民政府（演示）", "office": "旗政务公开办公室（演示）", "phone": "0000-0000000",
        },
        "keywords": ["政务公开", "通知", "<演示>"],
        "head": [
            {"label": label, "value": value, "path": "bodies/yl/" if "机关" in label else ""} for label, value in rows
        ],
        "text": paragraph * 30,
        "attachments": [
            {"address": f"/files/{n}.pdf", "title": f"附件{n}", "kind": "PDF", "size": "14 KB"} for n in range(3)
        ],
        "related": [{"heading": "相关解读", "entries": [
            {"path": f"records/{n}/", "title": f"解读{n}", "day": "2022年6月30日"} for n in range(4)]}],
        "history": [
            {"day": "2022年6月30日", "title": "发布", "note": "更正了联系电话。" if n else ""} for n in range(3)
        ],
    }  # fmt: skip


def jinja() -> Render:
    """Jinja2 as the portal sets it up."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(TEMPLATES / "jinja"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("record.html").render


def django() -> Render:
    """Django's own templates with the cached loader."""
    from django.conf import settings

    if not settings.configured:
        settings.configure()
    from django.template import Context, Engine

    engine = Engine(dirs=[str(TEMPLATES / "django")])
    template = engine.get_template("record.html")
    return lambda values: template.render(Context(dict(values)))


def minijinja() -> Render:
    """The Rust engine through its Python binding."""
    from minijinja import Environment

    environment = Environment(
        loader=lambda name: (TEMPLATES / "jinja" / name).read_text(encoding="utf-8"), undefined_behavior="strict"
    )
    return lambda values: environment.render_template("record.html", **values)


def measure(rounds: int, pages: int) -> list[str]:
    """A line each for Jinja2 against the two others; all must write the same page."""
    values = context()
    ours, others = jinja(), {"django": django(), "minijinja": minijinja()}
    page = html.unescape(ours(values)).strip()
    lines: list[str] = []
    for name, other in others.items():
        assert html.unescape(other(values)).strip() == page, name

        def work(render: Render) -> None:
            for _number in range(pages):
                render(values)

        compared = compare(f"jinja2 against {name}", lambda: work(ours), lambda other=other: work(other), rounds)
        lines.append(compared.line(pages, "pages"))
    return lines


def main() -> None:
    """Print the comparison, a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--pages", type=int, default=300)
    chosen = parser.parse_args()
    print("\n".join(measure(chosen.rounds, chosen.pages)))


if __name__ == "__main__":
    main()
