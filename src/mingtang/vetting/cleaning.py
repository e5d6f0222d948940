"""One click makes the safe copy: masked workbook, cleaned docx, redacted PDF, picture without what it remembers."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mingtang.press.cleaning import clean_picture, clean_word, clean_workbook
from mingtang.press.redaction import Area, PageText, RedactionError, Span, read_pages, redact
from mingtang.text.carried import Part, carried
from mingtang.text.document import Cell, Table
from mingtang.text.errors import UnreadableFile
from mingtang.text.formats import ocr
from mingtang.text.formats.detect import decode
from mingtang.text.screening import Finding
from mingtang.text.screening.columns import private_columns
from mingtang.text.screening.screen import screen_text
from mingtang.vetting.options import PLAIN, Options
from mingtang.vetting.under_profile import under

#: Codes of personal data that are masked in place; marks of secrecy are never taken off by a machine.
MASKED = frozenset({"id_number", "passport", "phone", "bank_card", "email", "messaging", "plate", "address", "person"})
_STEP = 1 << 20
#: What a photographed identity card says besides its number: then every line of it goes.
_CARD = re.compile(r"公民身份号码|居民身份证|签发机关|有效期限")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The safe copy, and what was done to the file, one line each."""

    data: bytes
    done: tuple[str, ...]


def cleaned(data: bytes, options: Options = PLAIN) -> Cleaned:
    """A copy of a file without personal data that its kind does not allow and without what is hidden.

    Raises `UnreadableFile` where the file is refused or cannot be cleaned surely.
    """
    whole = carried(data, options.allowance, recognise=False)
    done = [*dict.fromkeys(_told(part) for part in whole.parts if part.manner not in ("aside", "picture"))]
    try:
        made = _made(whole.kind, data, whole.parts, options, done)
    except (ValueError, RedactionError) as error:
        raise UnreadableFile(f"不能清理：{error}") from None
    return Cleaned(made, tuple(done))


def veiled(text: str, options: Options = PLAIN) -> str:
    """The text with each piece of personal data masked, as long as it was."""
    pieces = list(text)
    for finding in _personal(text, options):
        span = text[finding.start : finding.end]
        mask = finding.mend if finding.mend is not None and len(finding.mend) == len(span) else "*" * len(span)
        pieces[finding.start : finding.end] = list(mask)
    return "".join(pieces)


def _personal(text: str, options: Options) -> Iterator[Finding]:
    return (
        each for each in under(options.profile, screen_text(text)) if each.code in MASKED and each.severity != "note"
    )


def _told(part: Part) -> str:
    from mingtang.text.carried import MANNERS

    return f"清除{MANNERS[part.manner]}"


def _made(kind: str, data: bytes, parts: Iterable[Part], options: Options, done: list[str]) -> bytes:
    def veil(text: str) -> str:
        masked = veiled(text, options)
        if masked != text and "遮盖个人信息" not in done:
            done.append("遮盖个人信息")
        return masked

    if kind == "docx":
        return clean_word(data, veil)
    if kind == "xlsx":
        return clean_workbook(data, veil, lambda rows: _private_columns(rows, options))
    if kind == "pdf":
        return _pdf(data, parts, options, done)
    if kind in ("jpg", "png", "tiff"):
        return clean_picture(data, _boxes(data, options, done))
    if kind == "html":
        return _page(decode(data), veil).encode()
    return "".join(veil(line) for line in decode(data).splitlines(keepends=True)).encode()


def _private_columns(rows: list[list[str]], options: Options) -> dict[int, int]:
    """The columns that are personal by head or content, each from the row of its first value on."""
    cells = tuple(
        tuple(Cell(text, i * _STEP + j * 4096, i * _STEP + j * 4096 + len(text)) for j, text in enumerate(row))
        for i, row in enumerate(rows)
    )
    table = Table(cells, 0, len(rows) * _STEP)
    found = under(options.profile, private_columns([table]))
    return {finding.start % _STEP // 4096: finding.start // _STEP for finding in found}


# -- PDF and pictures --------------------------------------------------------------------------------------------------


def _pdf(data: bytes, parts: Iterable[Part], options: Options, done: list[str]) -> bytes:
    pages = read_pages(data)
    spans = [*_spans(pages, options)]
    if spans:
        done.append("遮盖个人信息")
    for part in parts:
        if part.manner in ("covered", "invisible"):
            spans += _unseen(pages, part)
    areas = [*_scanned(data, pages, options)]
    if areas:
        done.append("遮盖图片里的个人信息")
    return redact(data, spans=spans, areas=areas).data


def _spans(pages: tuple[PageText, ...], options: Options) -> Iterator[Span]:
    for number, page in enumerate(pages):
        for finding in _personal(page.text, options):
            yield Span(number, finding.start, finding.end)


def _unseen(pages: tuple[PageText, ...], part: Part) -> Iterator[Span]:
    """Where the words under a bar, or without ink, stand on their page."""
    match = re.search(r"\d+", part.place)
    number = int(match.group()) - 1 if match else 0
    if number < len(pages):
        for line in part.text.split("\n"):
            for start, end in pages[number].places(line):
                yield Span(number, start, end)


def _scanned(data: bytes, pages: tuple[PageText, ...], options: Options) -> Iterator[Area]:
    """The areas of personal data on pages that are pictures, where the installation can read them."""
    if not options.recognise or not ocr.available() or sum(len(page.text.strip()) for page in pages) > 12 * len(pages):
        return
    for page in ocr.read_pages(data):
        for left, top, right, bottom in _boxes_of(page.spans, options):
            width, height = page.width, page.height
            yield pages[page.number - 1].area(
                page.number - 1, left / width, top / height, (right - left) / width, (bottom - top) / height
            )


def _boxes(data: bytes, options: Options, done: list[str]) -> list[tuple[int, int, int, int]]:
    if not options.recognise or not ocr.available():
        return []
    found = [*_boxes_of(ocr.read_picture(data), options)]
    if found:
        done.append("遮盖图片里的个人信息")
    return found


def _boxes_of(spans: Iterable[ocr.Span], options: Options) -> Iterator[tuple[int, int, int, int]]:
    """The boxes of lines that hold personal data; of an identity card, all of its lines."""
    lines = list(spans)
    card = any(_CARD.search(span.text) for span in lines)
    for span in lines:
        if card or any(True for _ in _personal(span.text, options)):
            yield span.box


# -- web pages ---------------------------------------------------------------------------------------------------------

_NOT_SEEN = re.compile(
    r"<!--.*?-->|<(script|style|template)\b.*?</\1\s*>|<meta\b[^>]*\bauthor\b[^>]*>", re.DOTALL | re.I
)


def _page(text: str, veil: Callable[[str], str]) -> str:
    """A page without comments and hidden elements, the words between its tags veiled."""
    from mingtang.text.carried.page import without_hidden

    shown = without_hidden(_NOT_SEEN.sub("", text))
    return re.sub(r">([^<]+)<", lambda match: f">{veil(match.group(1))}<", shown)
