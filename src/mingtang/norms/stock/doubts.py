"""The page that shows doubtful spans of scans beside the picture of their place: one HTML file, nothing outside it."""

import base64
from collections.abc import Iterable
from html import escape
from pathlib import Path

from mingtang.norms.stock.folder import Read
from mingtang.text import Recognized
from mingtang.text.formats.ocr import DOUBTFUL
from mingtang.text.formats.printed import is_page_number
from mingtang.text.formats.scanned import crop

#: Spans shown of one document; more say only that the scan is bad.
MOST = 60

_HEAD = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>文字识别核对</title>
<style>
body{font:16px/1.7 "Source Han Sans SC","Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;
color:#1c2430;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.5rem;border-top:1px solid #ccd3dc;padding-top:1rem}
figure{margin:1rem 0;padding:.75rem;border:1px solid #ccd3dc;border-radius:6px}
img{max-width:100%;height:auto;background:#f4f6f8;display:block}
figcaption{margin-top:.5rem}small{color:#55606e}
</style></head><body>
<h1>文字识别核对</h1>
<p>以下各处识别把握不足，请对照图片在核对表中改正。没有列出的文字也是机器识读，重要文件请通读一遍。</p>
"""


def doubtful(read: Read) -> list[Recognized]:
    """The lines of a scan that are to be looked at."""
    return [line for line in read.document.recognized if line.confidence < DOUBTFUL and not is_page_number(line.text)]


def section(read: Read) -> str:
    """The part of the page for one document; "" where its text was not recognized from pictures."""
    if not read.document.recognized:
        return ""
    lines = doubtful(read)
    data = read.file.read_bytes() if lines else b""
    pieces = [f"<h2>{escape(read.file.name)}</h2>"]
    sure = sum(line.confidence for line in read.document.recognized) / len(read.document.recognized)
    pieces.append(
        f"<p>共识别 {len(read.document.recognized)} 行，平均把握 {sure:.0%}，其中 {len(lines)} 行需要核对"
        f"{f'，只列前 {MOST} 行' if len(lines) > MOST else ''}。</p>"
    )
    pieces.extend(_figure(line, data) for line in lines[:MOST])
    return "\n".join(pieces)


def page(sections: Iterable[str]) -> str:
    """The whole page."""
    return _HEAD + "\n".join(sections) + "\n</body></html>\n"


def _figure(line: Recognized, data: bytes) -> str:
    picture = base64.b64encode(crop(data, line)).decode()
    words = escape(line.text)
    return (
        f'<figure><img src="data:image/png;base64,{picture}" alt="第 {line.page} 页原图">'
        f"<figcaption>{words}<br><small>第 {line.page} 页，把握 {line.confidence:.0%}</small></figcaption></figure>"
    )


def beside(sheet: Path) -> Path:
    """Where the page lies: beside the sheet, by its name."""
    return sheet.with_suffix(".html")
