"""What an announcement of clean-up results decides: how many documents stay valid, lapse, are repealed, are amended."""

import re
from dataclasses import dataclass

from mingtang.text.cleaning import fold
from mingtang.text.document import Document, Table

_FATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("lapsed", re.compile(r"(宣布|自动|自行)?失效")),
    ("repealed", re.compile(r"废止")),
    ("amended", re.compile(r"(予以|拟|需要?)?修(改|订|正)")),
    ("valid", re.compile(r"(?<!现行)有效(?!期)|保留")),
)
_COUNT = re.compile(r"(\d{1,4})\s?(?:件|部|个|份)")
_SERIAL = re.compile(r"^\s*(\d{1,4})\s*[.、．]?\s*(?=\D|$)")


@dataclass(frozen=True, slots=True)
class Cleanup:
    """Numbers of documents by their fate."""

    valid: int = 0
    lapsed: int = 0
    repealed: int = 0
    amended: int = 0

    @property
    def total(self) -> int:
        return self.valid + self.lapsed + self.repealed + self.amended

    def as_json(self) -> dict[str, int]:
        return {"valid": self.valid, "lapsed": self.lapsed, "repealed": self.repealed, "amended": self.amended}


def _of(counts: dict[str, int]) -> Cleanup:
    return Cleanup(*(counts.get(name, 0) for name in ("valid", "lapsed", "repealed", "amended")))


def cleanup_of(document: Document) -> Cleanup:
    """The numbers that its lists hold; where there are no lists, those that its text states."""
    listed = _listed(document)
    return listed if listed.total else _stated(document.text)


def _fate(words: str) -> str | None:
    """The fate that words name, the one named last where there are several; None for none."""
    best: tuple[int, str] | None = None
    for name, pattern in _FATES:
        for match in pattern.finditer(words):
            if best is None or match.start() >= best[0]:
                best = (match.start(), name)
    return best[1] if best else None


def _stated(text: str) -> Cleanup:
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
    return _of(counts)


def _listed(document: Document) -> Cleanup:
    """Rows of tables and numbered lines under a heading that names a fate, or with a column that does."""
    counts: dict[str, int] = {}
    heading: str | None = None
    for block in document.blocks:
        if isinstance(block, Table):
            for fate, number in _rows(block, heading).items():
                counts[fate] = counts.get(fate, 0) + number
            continue
        text = fold(block.text)
        if "《" in text and _SERIAL.match(text) and heading:
            counts[heading] = counts.get(heading, 0) + 1
        elif len(text) <= 50 and "。" not in text and (fate := _fate(text)):
            heading = fate
    return _of(counts)


def _rows(table: Table, heading: str | None) -> dict[str, int]:
    head = [fold(cell.text) for cell in table.rows[0]] if table.rows else []
    column = next(
        (at for at, text in enumerate(head) if re.search(r"清理(结果|意见)|处理(结果|意见)|结果", text)), None
    )
    counts: dict[str, int] = {}
    for row in table.rows[1:]:
        texts = [cell.text.strip() for cell in row]
        if len([text for text in dict.fromkeys(texts) if text]) == 1:
            heading = _fate(texts[0]) or heading
            continue
        if not any(len(text) >= 6 for text in texts):
            continue
        fate = _fate(texts[column]) if column is not None else heading
        if fate:
            counts[fate] = counts.get(fate, 0) + 1
    return counts
