"""The one door: bytes in, everything they carry out; each kind of file has its own reader beside this one."""

from collections.abc import Iterable, Iterator

from mingtang.text.carried.limits import USUAL, Allowance
from mingtang.text.carried.part import Carried, Part
from mingtang.text.carried.recognised import in_picture, recogniser_missing
from mingtang.text.errors import NoTextLayer, UnreadableFile
from mingtang.text.formats import read_bytes
from mingtang.text.formats.detect import kind_of

#: First bytes of pictures → what they are called.
_PICTURES = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"II*\x00", "tiff"), (b"MM\x00*", "tiff"))


def carried(data: bytes, allowance: Allowance = USUAL, *, recognise: bool = True) -> Carried:
    """All that the file carries; raises `UnreadableFile` with one Chinese line when it is refused.

    `recognise`: also read the text in pictures, where the installation can.
    """
    return _carried(data, allowance, recognise, depth=0)


def _carried(data: bytes, allowance: Allowance, recognise: bool, depth: int) -> Carried:
    if len(data) > allowance.max_bytes:
        raise UnreadableFile(f"文件超过 {allowance.max_bytes // 1048576} MB 的上限，请拆分或压缩图片后再试。")
    picture = next((kind for magic, kind in _PICTURES if data.startswith(magic)), None)
    if picture is not None:
        return _of_picture(data, picture, recognise)
    kind = kind_of(data)
    notes: list[str] = []
    found: Iterable[Part]
    embedded: Iterable[tuple[str, bytes]] = ()
    pictures: Iterable[tuple[str, bytes]] = ()
    if kind == "docx":
        from mingtang.text.carried import word

        found, embedded, pictures = word.parts(data), word.embedded(data), word.pictures(data)
    elif kind == "xlsx":
        from mingtang.text.carried import word, workbook

        found, embedded, pictures = workbook.parts(data), word.embedded(data), word.pictures(data)
    elif kind == "pdf":
        from mingtang.text.carried import pdf

        found, embedded, pictures = pdf.parts(data, allowance), pdf.embedded(data), pdf.pictures(data, allowance)
    elif kind == "html":
        from mingtang.text.carried import page

        found = page.parts(data)
    else:
        found = ()
    parts = list(found)
    try:
        document = read_bytes(data)
    except NoTextLayer as error:
        # A scan, or a PDF with only a few words: the pictures and the words are looked at all the same.
        from mingtang.text.carried import pdf

        document = None
        notes.append(str(error))
        parts += pdf.few_words(data)
    except UnreadableFile as error:
        # An office file with nothing but pictures: what it carries is still looked at.
        if kind not in ("docx", "xlsx") or "没有文字" not in str(error):
            raise
        document = None
        notes.append(str(error))
    parts += _inside(embedded, allowance, recognise, depth, notes)
    parts += _seen(pictures, allowance, recognise, notes)
    return Carried(kind, document, tuple(_bounded(parts, allowance, notes)), tuple(notes))


def _of_picture(data: bytes, kind: str, recognise: bool) -> Carried:
    from mingtang.text.carried import picture

    notes: list[str] = []
    parts = list(picture.parts(data))
    if recognise and recogniser_missing():
        notes.append(recogniser_missing())
    elif recognise:
        parts += in_picture(data, "图片", notes)
    return Carried(kind, None, tuple(parts), tuple(notes))


def _inside(
    files: Iterable[tuple[str, bytes]], allowance: Allowance, recognise: bool, depth: int, notes: list[str]
) -> Iterator[Part]:
    """The files inside: each a part that names it, and what it carries itself."""
    for number, (name, data) in enumerate(files):
        if number >= allowance.max_embedded:
            notes.append(f"内嵌文件超过 {allowance.max_embedded} 个，其余没有检查，请拆开另存。")
            return
        yield Part(f"内嵌文件“{name}”", "embedded", name)
        if depth >= allowance.max_depth:
            notes.append(f"内嵌文件“{name}”套了 {depth + 1} 层，没有再往里检查，请取出单独检查。")
            continue
        try:
            inner = _carried(data, allowance, recognise, depth + 1)
        except UnreadableFile as error:
            notes.append(f"内嵌文件“{name}”没有检查：{error}")
            continue
        if inner.document is not None:
            yield Part(f"内嵌文件“{name}”", "embedded", inner.document.text)
        for part in inner.parts:
            yield Part(f"内嵌文件“{name}”→{part.place}", part.manner, part.text, part.sure)
        notes += [f"内嵌文件“{name}”：{note}" for note in inner.notes]


def _seen(
    pictures: Iterable[tuple[str, bytes]], allowance: Allowance, recognise: bool, notes: list[str]
) -> Iterator[Part]:
    """What stands in the pictures of a file: where they were taken, and their text."""
    from mingtang.text.carried import picture

    missing = recogniser_missing()
    for number, (place, data) in enumerate(pictures):
        for part in picture.parts(data):
            yield Part(f"{place}·{part.place}", part.manner, part.text)
        if not recognise:
            continue
        if missing:
            if missing not in notes:
                notes.append(missing)
            continue
        if number >= allowance.max_pictures:
            notes.append(f"图片超过 {allowance.max_pictures} 张，其余没有识别文字，请人工查看。")
            return
        yield from in_picture(data, place, notes)


def _bounded(parts: Iterable[Part], allowance: Allowance, notes: list[str]) -> Iterator[Part]:
    left = allowance.max_part_characters * 5
    for part in parts:
        text = part.text[: min(allowance.max_part_characters, left)]
        left -= len(text)
        if len(text) < len(part.text):
            notes.append(f"{part.place}的文字太长，只检查了前 {len(text)} 字。")
        if text or part.manner == "embedded":
            yield Part(part.place, part.manner, text, part.sure, part.in_text)
