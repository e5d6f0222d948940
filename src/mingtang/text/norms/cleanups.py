"""What an announcement of clean-up results decides: how many documents stay valid, lapse, are repealed, are amended."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mingtang.text.cleaning import fold
from mingtang.text.document import Document, Table
from mingtang.text.references import document_numbers, titles

_FATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("lapsed", re.compile(r"(宣布|自动|自行)?失效")),
    ("repealed", re.compile(r"废止")),
    ("amended", re.compile(r"(予以|拟|需要?)?修(改|订|正)")),
    ("valid", re.compile(r"(?<!现行)有效(?!期)|保留")),
)
_COUNT = re.compile(r"(\d{1,4})\s?(?:件|部|个|份)")
_RESULT = re.compile(r"清理(结果|意见)|处理(结果|意见)|结果|效力状态|清理情况")
#: the title of the announcement itself heads no list
_TITLE_END = re.compile(r"(?:通知|决定|公告|通告)$")
_NUMBER_PLACE = re.compile(r"[\[(]\d{4}[\])]\s?\d{1,4}\s?号")
_SERIAL = re.compile(r"^\s*(\d{1,4})\s*[.、．]?\s*(?=\D|$)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that a clean-up lists, and its fate: valid, lapsed, repealed or amended."""

    title: str
    document_number: str | None
    fate: str

    def as_json(self) -> dict[str, str | None]:
        return {"title": self.title, "document_number": self.document_number, "fate": self.fate}


@dataclass(frozen=True, slots=True)
class Cleanup:
    """Numbers of documents by their fate, the documents listed, and where text and lists do not agree."""

    valid: int = 0
    lapsed: int = 0
    repealed: int = 0
    amended: int = 0
    entries: tuple[Entry, ...] = field(default=(), compare=False)
    problems: tuple[str, ...] = field(default=(), compare=False)

    @property
    def total(self) -> int:
        return self.valid + self.lapsed + self.repealed + self.amended

    def as_json(self) -> dict[str, int]:
        return {"valid": self.valid, "lapsed": self.lapsed, "repealed": self.repealed, "amended": self.amended}


_NAMES = {"valid": "继续有效", "lapsed": "失效", "repealed": "废止", "amended": "修改"}


def cleanup_of(document: Document) -> Cleanup:
    """What an announcement decides: the numbers of its lists; where a fate has no list, those that its text states."""
    entries = tuple(_entries(document))
    listed = {fate: sum(entry.fate == fate for entry in entries) for fate in _NAMES}
    stated = _stated(document.text)
    numbers = {fate: listed[fate] or stated.get(fate, 0) for fate in _NAMES}
    if not sum(numbers.values()):
        entries = tuple(_named_in_text(document.text))
        numbers = {fate: sum(entry.fate == fate for entry in entries) for fate in _NAMES}
    problems = tuple(
        f"正文说{name} {stated[fate]} 件，清单里有 {listed[fate]} 件，请核对。"
        for fate, name in _NAMES.items()
        if listed[fate] and fate in stated and stated[fate] != listed[fate]
    )
    return Cleanup(**numbers, entries=entries, problems=problems)


def _fate(words: str) -> str | None:
    """The fate that words name, the one named last where there are several; None for none."""
    best: tuple[int, str] | None = None
    for name, pattern in _FATES:
        for match in pattern.finditer(words):
            if best is None or match.start() >= best[0]:
                best = (match.start(), name)
    return best[1] if best else None


def _stated(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for sentence in re.split(r"[。\n]", fold(text)):
        cursor = 0
        for match in _COUNT.finditer(sentence):
            before = re.split(r"[，,；;、]", sentence[cursor : match.start()])[-1]
            after = re.split(r"[，,；;、]", sentence[match.end() : match.end() + 14])[0]
            fate = _fate(before) or _fate(after)
            if fate and fate not in counts:
                counts[fate] = int(match.group(1))
            cursor = match.end()
    return counts


def _entries(document: Document) -> Iterator[Entry]:
    """Rows of tables and numbered lines under a heading that names a fate, or with a column that does."""
    heading: str | None = None
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _rows(block, heading)
            continue
        text = fold(block.text)
        serial = _SERIAL.match(text)
        numbers = [*_NUMBER_PLACE.finditer(text)] if serial else []
        if serial and (numbers or "《" in text):
            # A row of a table whose tabs were lost says its own fate behind the number.
            fate = (_fate(text[numbers[-1].end() :]) if numbers else None) or heading
            if fate:
                yield _entry(block.text[serial.end() :], fate)
        elif len(text) <= 50 and "。" not in text and not _TITLE_END.search(text) and (fate := _fate(text)):
            heading = fate


def _named_in_text(text: str) -> Iterator[Entry]:
    """A paper that ends one or a few documents in a sentence: 决定废止《…》（…号）和《…》."""
    for sentence in re.split(r"[。\n]", text):
        match = re.search(
            r"(?:决定|宣布|予以)?(?P<fate>废止|停止执行)(?P<what>《.+》[^《》]{0,40})", sentence
        ) or re.search(r"(?:宣布)?(?P<what>《.+》[^《》]{0,40}?)(?:予以|同时)?(?P<fate>废止|失效|停止执行)", sentence)
        if match is None or re.search(r"关于[^，]{0,60}的(?:决定|通知|公告|通告)$", sentence):
            continue
        fate = "lapsed" if match["fate"] == "失效" else "repealed"
        for title in titles(match["what"]):
            after = match["what"][match["what"].find(title) + len(title) :][:40]
            numbers = document_numbers(re.split("《", after)[0])
            yield Entry(title, numbers[0] if numbers else None, fate)
        return


def _entry(words: str, fate: str) -> Entry:
    numbers = document_numbers(words)
    named = titles(words)
    title = named[0] if named else re.split(r"[(（〔\[]", words)[0].strip("　 ，,。；;")
    if not named and numbers and (bracket := re.search(r"[(（][^()（）]*[〔\[]\d{4}[〕\]][^()（）]*[)）]", words)):
        title = words[: bracket.start()].strip("　 ，,。；;")
    return Entry(title, numbers[0] if numbers else None, fate)


def _rows(table: Table, heading: str | None) -> Iterator[Entry]:
    head = [fold(cell.text) for cell in table.rows[0]] if table.rows else []
    result = next((at for at, text in enumerate(head) if _RESULT.search(text)), None)
    name = next((at for at, text in enumerate(head) if re.search(r"名称|标题|文件名", text)), None)
    for row in table.rows if name is None and result is None else table.rows[1:]:
        texts = [cell.text.strip() for cell in row]
        alone = [text for text in dict.fromkeys(texts) if text]
        if len(alone) == 1:
            heading = _fate(alone[0]) or heading
            continue
        if any(re.fullmatch(r"序\s*号", text) for text in texts) or not any(len(text) >= 6 for text in texts):
            continue
        fate = _fate(texts[result]) if result is not None and result < len(texts) else heading
        if fate:
            title = texts[name] if name is not None and name < len(texts) else max(texts, key=len)
            numbers = [number for text in texts for number in document_numbers(text)]
            named = titles(title)
            bare = named[0] if title.startswith("《") and named and len(named[0]) + 2 >= len(title) - 24 else title
            yield Entry(bare, numbers[0] if numbers else None, fate)
