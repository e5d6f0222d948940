"""Redacting a file at the desk: words, lines, pages or areas picked from what each page says, looked at, then kept.

Everything is a checkbox or a field, so that it works from the keyboard and without scripts. One page is shown at a
time; what was picked on the others travels along in one hidden field.
"""

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtang.foi import actions, files
from mingtang.foi.desk.letters import served
from mingtang.foi.desk.serving import acting, demand, found, screen
from mingtang.foi.errors import FoiError
from mingtang.foi.files import Upload
from mingtang.foi.models import File, FileKind, Letter
from mingtang.press.redaction import Area, PageText, Redacted, RedactionError, Span, page_picture, read_pages, redact
from mingtang.text.segment import segmenter

#: Kinds of file that may be redacted.
REDACTABLE = (FileKind.MATERIAL, FileKind.REPLY_ATTACHMENT, FileKind.REDACTED)
#: Most spans and areas of one redaction.
MOST = 5_000
#: What is likely to be personal: identity numbers, mobile phones, bank cards, e-mail addresses.
LIKELY = (
    re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),
    re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
    re.compile(r"(?<!\d)\d{16,19}(?!\d)"),
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
)
_AREA = re.compile(r"^\s*(\d{1,4})\s*[:：]\s*([\d.]+)\s*[,，]\s*([\d.]+)\s*[,，]\s*([\d.]+)\s*[,，]\s*([\d.]+)\s*$")


@dataclass
class Selection:
    """What was picked: whole pages, spans by page (all from 0), and areas as the person wrote them."""

    pages: set[int] = field(default_factory=set[int])
    spans: set[tuple[int, int, int]] = field(default_factory=set[tuple[int, int, int]])
    areas: str = ""

    @classmethod
    def read(cls, kept: str) -> "Selection":
        """From the hidden field; what is not understood is left out."""
        selection = cls()
        for piece in kept.split(";")[: MOST * 2]:
            numbers = piece.removeprefix("p").split(".")
            if not all(number.isdigit() and len(number) < 8 for number in numbers):
                continue
            if piece.startswith("p") and len(numbers) == 1:
                selection.pages.add(int(numbers[0]))
            elif len(numbers) == 3:
                page, start, end = map(int, numbers)
                selection.spans.add((page, start, end))
        return selection

    def kept(self, *, without: int) -> str:
        """For the hidden field: everything but the page shown, whose own boxes say it."""
        pages = [f"p{page}" for page in sorted(self.pages) if page != without]
        spans = [f"{page}.{start}.{end}" for page, start, end in sorted(self.spans) if page != without]
        return ";".join([*pages, *spans])

    def add_words(self, texts: tuple[PageText, ...], lines: list[str]) -> int:
        """Pick every place where one of the words stands; returns how many there are."""
        added = 0
        for number, text in enumerate(texts):
            for word in lines:
                for start, end in text.places(word):
                    self.spans.add((number, start, end))
                    added += 1
        return added

    @property
    def is_empty(self) -> bool:
        return not (self.pages or self.spans or self.areas.strip())


@dataclass(frozen=True)
class Word:
    """A word of a page, as a box to tick."""

    text: str
    value: str
    picked: bool


@dataclass(frozen=True)
class Row:
    """A printed line with its words, and the box for all of it."""

    words: list[Word]
    value: str
    number: int


def edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Pick, look, keep."""
    file = _the_file(request, pk)
    try:
        # The opening is on record once; turning pages and looking at the result are part of it.
        data = files.content(file) if request.method == "POST" else files.read(file, **acting(request))
        texts = read_pages(data)
    except (FoiError, RedactionError) as error:
        messages.error(request, str(error))
        return redirect("foi:request", file.request_id)
    shown = _page_number(request, len(texts))
    selection = _sent(request, shown)
    if request.method == "POST":
        answer = _act(request, file, data, texts, selection, shown)
        if isinstance(answer, HttpResponse):
            return answer
        shown = answer
    context = {
        "file": file, "row": file.request, "pages": len(texts), "number": shown, "rows": _rows(texts, shown, selection),
        "kept": selection.kept(without=shown), "selection": selection, "whole": shown in selection.pages,
        "likely": _likely(texts), "letters": _drafts(file), "picked": len(selection.spans),
    }  # fmt: skip
    crumb = (file.request.number, reverse("foi:request", args=[file.request_id]))
    return screen(request, "redact.html", _("遮盖：%s") % file.name, context, [crumb])


def picture(request: HttpRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """A page of the file as a picture, for the eye."""
    file = _the_file(request, pk)
    try:
        return served(page_picture(files.content(file), number), "image/png", f"page-{number + 1}.png", inline=True)
    except (FoiError, RedactionError) as error:
        return HttpResponse(str(error), status=404, content_type="text/plain; charset=utf-8")


def _the_file(request: HttpRequest, pk: uuid.UUID) -> File:
    rows = File.objects.select_related("request__body", "request__unit").filter(purged_at=None)
    file = found(request, rows.filter(kind__in=REDACTABLE, media_type="application/pdf"), "request", pk=pk)
    demand(request, "foi.handle", file.request)
    return file


def _page_number(request: HttpRequest, pages: int) -> int:
    """The page that was shown (POST) or is wanted, from 0."""
    given = (request.POST if request.method == "POST" else request.GET).get("number", "0")
    return min(int(given), pages - 1) if given.isdigit() else 0


def _sent(request: HttpRequest, shown: int) -> Selection:
    """What was picked so far: the hidden field for other pages, the boxes for the one shown."""
    selection = Selection.read(request.POST.get("kept", ""))
    if request.POST.get("whole"):
        selection.pages.add(shown)
    for value in request.POST.getlist("span"):
        selection.spans |= Selection.read(value).spans
    selection.areas = request.POST.get("areas", "")[:5000]
    return selection


def _act(
    request: HttpRequest, file: File, data: bytes, texts: tuple[PageText, ...], selection: Selection, shown: int
) -> HttpResponse | int:
    """Do what the button says: an answer, or the page to show next."""
    do = request.POST.get("do", "")
    if do == "words":
        lines = [line.strip() for line in request.POST.get("words", "").splitlines() if line.strip()]
        number = selection.add_words(texts, lines)
        messages.info(request, _("找到并选中 %d 处。") % number if number else _("文件里没有这些词语：请核对。"))
    elif do == "likely":
        messages.info(request, _("选中 %d 处可能的个人信息，请逐处核对。") % selection.add_words(texts, _likely(texts)))
    elif do.startswith("page-") and do.removeprefix("page-").isdigit():
        return min(int(do.removeprefix("page-")), len(texts) - 1)
    elif do in ("preview", "keep"):
        done = _redacted(request, data, texts, selection)
        if done is None:
            return shown
        if do == "preview":
            return served(done.data, "application/pdf", _("遮盖预览") + ".pdf", inline=True)
        return _keep(request, file, done)
    return shown


def _redacted(request: HttpRequest, data: bytes, texts: tuple[PageText, ...], selection: Selection) -> Redacted | None:
    """The redacted file, or None after saying why there is none."""
    if selection.is_empty:
        messages.error(request, _("还没有选择要遮盖的内容：请勾选词语、整行、整页，或者填写区域。"))
        return None
    if len(selection.spans) > MOST:
        messages.error(request, _("选中的地方超过 %d 处：请改用整行或者整页。") % MOST)
        return None
    try:
        spans = [Span(*each) for each in selection.spans if each[0] not in selection.pages]
        areas = areas_written(selection.areas, texts)
        return redact(data, spans=spans, areas=areas, pages=selection.pages)
    except (RedactionError, ValueError) as error:
        messages.error(request, str(error))
        return None


def areas_written(text: str, texts: tuple[PageText, ...]) -> list[Area]:
    """Areas from lines like 2: 10, 20, 30, 5 – page, then left, top, width and height in hundredths of the page.

    Raises ValueError with the line that is not understood.
    """
    areas: list[Area] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        match = _AREA.match(line)
        number = int(match[1]) - 1 if match else -1
        if match is None or not 0 <= number < len(texts):
            raise ValueError(_("区域“%s”看不懂：请写成“页码: 左, 上, 宽, 高”，后四个数是页面的百分比。") % line[:40])
        left, top, width, height = (min(float(each), 100.0) / 100 for each in match.groups()[1:])
        areas.append(texts[number].area(number, left, top, width, height))
    return areas


def _keep(request: HttpRequest, file: File, done: Redacted) -> HttpResponse:
    """Put the result on file: with the draft it goes out with, or among the request's files."""
    chosen = request.POST.get("letter", "")
    letter = next((one for one in _drafts(file) if str(one.pk) == chosen), None)
    kind = FileKind.REPLY_ATTACHMENT if letter else FileKind.REDACTED
    name = file.name.rpartition(".")[0][:100] + _("（已遮盖）") + ".pdf"
    try:
        actions.keep_file(
            file.request, kind=kind, upload=Upload(name, done.data, "application/pdf"), letter=letter, **acting(request)
        )
    except FoiError as error:
        messages.error(request, str(error))
        return redirect("foi:request", file.request_id)
    places = _("遮盖 %(areas)d 处、%(pages)d 整页，已再次读取确认文字不在文件里。") % {
        "areas": len(done.areas), "pages": len(done.emptied),
    }  # fmt: skip
    messages.success(request, places)
    if done.redrawn:
        listed = "、".join(str(page + 1) for page in done.redrawn)
        messages.info(request, _("第 %s 页已转成图像（文字仍可检索）。") % listed)
    return redirect("foi:letter", letter.pk) if letter else redirect("foi:request", file.request_id)


def _drafts(file: File) -> list[Letter]:
    return [one for one in file.request.letters.filter(state=Letter.State.DRAFT) if one.is_reply]


def _rows(texts: tuple[PageText, ...], shown: int, selection: Selection) -> list[Row]:
    """The printed lines of the page shown, cut into words."""
    rows: list[Row] = []
    at = 0
    picked = [(start, end) for page, start, end in selection.spans if page == shown]
    for line in texts[shown].text.split("\n"):
        found: list[Word] = []
        start = at
        for word in segmenter().pieces(line):
            end = start + len(word)
            if word.strip():
                is_picked = any(first < end and start < last for first, last in picked)
                found.append(Word(word, f"{shown}.{start}.{end}", is_picked))
            start = end
        if found:
            rows.append(Row(found, f"{shown}.{at}.{at + len(line)}", len(rows) + 1))
        at += len(line) + 1
    return rows


def _likely(texts: tuple[PageText, ...]) -> list[str]:
    """What looks personal anywhere in the file."""
    found = [match[0] for text in texts for pattern in LIKELY for match in pattern.finditer(text.text)]
    return list(dict.fromkeys(found))


__all__: list[Any] = ["REDACTABLE", "areas_written", "edit", "picture"]
