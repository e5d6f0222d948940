"""Pages per second of `mingtang.press` against WeasyPrint and ReportLab on the same text. `python -m benchmarks.press`.

All set the same paragraphs on the same paper with the same margins, size and line: ours and WeasyPrint with the same
font, embedded and subset; ReportLab, which cannot read fonts of that kind, with a built-in one that it does not embed.
Ours also tags the text, checks each character beforehand and writes PDF/A. Typst remembers what it has set, so every
round sets another text. Pages are counted by poppler.
"""

import argparse
import datetime
import html
import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count

from benchmarks.harness import compare
from mingtang.press import fonts
from mingtang.press.document import Document, Layout, Paragraph
from mingtang.press.fonts import Face
from mingtang.press.geometry import GB9704
from mingtang.press.typesetting import pdf

MOMENT = datetime.datetime(2024, 6, 24, tzinfo=datetime.UTC)
SENTENCES = (
    "各单位要把与群众生产生活有关的信息讲清楚、放到看得见的地方，并随着事情的变化及时更新。",
    "收到申请以后，先登记，再审核，能够当场答复的当场答复，不能当场答复的在规定期限内答复。",
    "涉及第三方权益的，书面征求意见；需要补正的，一次讲清；不能公开的，把理由和依据写明白。",
)
#: Shared by all comparisons, and five figures long so that all texts are of one length.
_NUMBERS = count(10_000)


def texts(number: int) -> Iterator[list[str]]:
    """Texts of so many paragraphs of about two hundred characters, no paragraph ever twice in a run."""
    for text in _NUMBERS:
        yield [
            f"第{text}篇第{at}段。"
            + "".join(SENTENCES[(at + turn) % 3].replace("信息", f"第{text}件") for turn in range(5))
            for at in range(1, number + 1)
        ]


def ours(words: list[str]) -> bytes:
    """Set by the press."""
    document = Document(title="", layout=Layout.PLAIN, sealed=False, body=tuple(map(Paragraph, words)))
    return pdf(document, moment=MOMENT, fonts=fonts.find())


def weasyprint(words: list[str]) -> bytes:
    """Set by WeasyPrint from HTML with the same measures and font file."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    g, face = GB9704, fonts.find().chains[Face.FANGSONG][0]
    configuration = FontConfiguration()
    style = CSS(
        string=f"""@font-face {{ font-family: body; src: url(file://{face.path}) }}
        @page {{ size: A4; margin: {g.top}mm {g.right}mm {g.bottom}mm {g.left}mm;
                 @bottom-center {{ content: counter(page) }} }}
        p {{ font: {g.body_points}pt/{g.line_points}pt body; text-indent: 2em; margin: 0; text-align: justify;
             letter-spacing: {g.character_points - g.body_points}pt }}""",
        font_config=configuration,
    )
    page = HTML(string="".join(f"<p>{html.escape(each)}</p>" for each in words))
    made = page.write_pdf(stylesheets=[style], font_config=configuration)
    assert made is not None
    return made


def reportlab(words: list[str]) -> bytes:
    """Set by ReportLab with the same measures and a built-in font."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph as Flowing
    from reportlab.platypus import SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    g, out = GB9704, io.BytesIO()
    style = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=g.body_points, leading=g.line_points,
        firstLineIndent=2 * g.body_points, wordWrap="CJK", alignment=4,
    )  # fmt: skip
    made = SimpleDocTemplate(
        out, pagesize=A4, topMargin=g.top * mm - 6, bottomMargin=g.bottom * mm - 6, leftMargin=g.left * mm - 6,
        rightMargin=g.right * mm - 6,
    )  # fmt: skip
    made.build([Flowing(html.escape(each), style) for each in words])
    return out.getvalue()


def pages(content: bytes) -> int:
    """How many pages poppler finds in a PDF."""
    found = subprocess.run(["pdfinfo", "-"], input=content, capture_output=True, check=True)
    return int(next(line for line in found.stdout.decode().splitlines() if line.startswith("Pages:")).split()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--paragraphs", type=int, nargs="+", default=[5, 200])
    options = parser.parse_args()
    for number in options.paragraphs:
        for name, peer in (("WeasyPrint", weasyprint), ("ReportLab", reportlab)):
            compare_with(name, peer, number, options.rounds)


def compare_with(name: str, peer: Callable[[list[str]], bytes], number: int, rounds: int) -> None:
    """Print how many pages each makes of the text, and how fast."""
    fresh, also = texts(number), texts(number)
    made, there = pages(ours(next(fresh))), pages(peer(next(also)))
    found = compare(f"press, against {name}", lambda: ours(next(fresh)), lambda: peer(next(also)), rounds=rounds)
    sys.stdout.write(f"{number} paragraphs, {made} pages of ours, {there} of theirs\n{found.line(made, 'pages')}\n")


if __name__ == "__main__":
    main()
