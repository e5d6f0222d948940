"""Tantivy in a folder of this machine: the default engine."""

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import tantivy
from django.utils.translation import gettext as _

from mingtang.search.engines.clauses import Clauses
from mingtang.search.engines.folders import Folder
from mingtang.search.entry import FORM, Entry, words_of
from mingtang.search.errors import IndexMissing
from mingtang.search.index import FACETS, Candidate, Counts, Depth, Filters, Place, State, Writing, packed, unpacked
from mingtang.search.plan import Plan
from mingtang.text.segment import Segmenter, segmenter

#: Memory for a writer, in bytes: a few changes need little, a whole site gains from more.
SMALL, LARGE = 20_000_000, 150_000_000
#: Values of a facet that are counted at most.
VALUES = 500


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("exact", tokenizer_name="whitespace", index_option="basic")
    for name in ("title", "all"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("title_pairs", "pairs", "sounds", "initials"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("packed", fast=True)
    return builder.build()


def _open(folder: Path, *, fresh: bool = False) -> tantivy.Index:
    index = tantivy.Index(_schema(), str(folder)) if fresh else tantivy.Index.open(str(folder))
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("whitespace", blanks)
    return index


class _Writer:
    """Writes entries into one generation; nothing is seen before `close`. A `fresh` one has nothing to replace."""

    def __init__(self, index: tantivy.Index, words: Segmenter, memory: int, *, fresh: bool = False) -> None:
        self.words, self.fresh = words, fresh
        self.writer = index.writer(memory, 1)

    def put(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            if not self.fresh:
                self.remove([entry.key])
            self.writer.add_document(_document(entry, self.words))

    def remove(self, keys: Collection[int]) -> None:
        for key in keys:
            self.writer.delete_documents_by_term("key", str(key))

    def close(self) -> None:
        self.writer.commit()
        self.writer.wait_merging_threads()


def _document(entry: Entry, segmenter: Segmenter) -> tantivy.Document:
    words = words_of(entry, segmenter)
    document = tantivy.Document()
    for name in ("exact", "title", "all", "title_pairs", "pairs", "sounds", "initials"):
        document.add_text(name, " ".join(getattr(words, name)))
    for name in FACETS:
        document.add_text(name, str(getattr(entry, name)))
    document.add_text("key", str(entry.key))
    document.add_unsigned("packed", packed(entry))
    return document


class _Opened:
    """A generation opened for reading; `refresh` sees what others have committed since.

    Both raise ValueError or OSError when the files are not whole.
    """

    def __init__(self, folder: Path, lexicon: tuple[str, ...]) -> None:
        self.folder = folder
        self.lexicon = lexicon
        self._seen = self._mark()
        self.index = _open(folder)
        self._look()

    def _mark(self) -> tuple[int, int]:
        meta = (self.folder / "meta.json").stat()
        return meta.st_mtime_ns, meta.st_ino

    def refresh(self) -> None:
        mark = self._mark()
        if mark != self._seen:
            self.index.reload()
            self._look()
            self._seen = mark

    def _look(self) -> None:
        self.searcher = self.index.searcher()
        self.clauses = Clauses(self.index.schema, self.searcher)


class LocalIndex:
    """The engine over the folder `root`. One object may be used by several threads."""

    def __init__(self, root: Path) -> None:
        self.folder = Folder(root)
        self._lock = threading.Lock()
        self._opened: _Opened | None = None

    def state(self) -> State:
        generation = self.folder.served()
        state = self.folder.state(generation)
        return replace(state, entries=self._reading().searcher.num_docs)

    def lexicon(self) -> tuple[str, ...]:
        return self._reading().lexicon

    def change(self, change: Callable[[Writing], Place]) -> None:
        with self.folder.alone("write"):
            generation = self.folder.served()
            state = self.folder.state(generation)
            writer = _Writer(_open(generation), segmenter(state.lexicon), SMALL)
            place = change(writer)
            writer.close()
            self.folder.note(generation, replace(state, place=place))

    def rebuild(
        self, lexicon: tuple[str, ...], fill: Callable[[Writing], None], catch_up: Callable[[Writing], Place]
    ) -> None:
        with self.folder.alone("build"):
            generation = self.folder.begin()
            index, words = _open(generation, fresh=True), segmenter(lexicon)
            writer = _Writer(index, words, LARGE, fresh=True)
            fill(writer)
            writer.close()
            with self.folder.alone("write"):
                writer = _Writer(index, words, SMALL)
                place = catch_up(writer)
                writer.close()
                self.folder.note(generation, State(generation.name, FORM, place, lexicon, 0))
                self.folder.switch(generation)
            self.folder.sweep()

    def candidates(
        self, plan: Plan, filters: Filters, depth: Depth, limit: int, offset: int = 0
    ) -> Sequence[Candidate]:
        opened = self._reading()
        query = opened.clauses.query(plan, filters, depth)
        found = opened.searcher.search(query, limit=limit, offset=offset, count=False)
        numbers = opened.searcher.fast_field_values("packed", [address for _score, address in found.hits])
        scored = zip(numbers, found.hits, strict=True)
        return [unpacked(int(number or 0), score) for number, (score, _address) in scored]

    def counts(self, plan: Plan, filters: Filters, depth: Depth) -> Counts:
        opened = self._reading()
        asked = {name: {"terms": {"field": name, "size": VALUES}} for name in FACETS}
        answer = opened.searcher.aggregate(opened.clauses.query(plan, filters, depth), asked)
        return {
            name: {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[name]["buckets"]} for name in FACETS
        }

    def drop(self) -> None:
        with self.folder.alone("build"), self.folder.alone("write"):
            with suppress(FileNotFoundError):
                (self.folder.root / "current").unlink()
            self.folder.sweep()

    def _reading(self) -> _Opened:
        with self._lock:
            while True:
                generation = self.folder.served()
                try:
                    if self._opened is None or self._opened.folder != generation:
                        self._opened = _Opened(generation, self.folder.state(generation).lexicon)
                    self._opened.refresh()
                    return self._opened
                except (ValueError, OSError) as error:
                    self._opened = None
                    # Unless a new generation was switched in, and this one removed, between two steps.
                    if self.folder.served() == generation:
                        raise IndexMissing(_("检索索引已损坏：请执行 mingtang search rebuild。")) from error
