"""Writes the skeleton of a report's six chapters: our own sentences, chosen by what is true, their numbers left live.

The sentences are data (`sentences.toml`). Nothing is written that the report's value does not hold; what a person must
add is said as a prompt beside the text, never in it.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from mingtang.law.annual.facts import Count, Facts, filled
from mingtang.law.annual.schema import CHAPTERS
from mingtang.law.annual.written import Chapter, Fulfilment, WrittenReport

_KINDS = ("count", "follow_up", "problem", "fulfilment")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template: its chapter, the paragraph it belongs to, its words, and when it is true."""

    chapter: int
    say: str
    part: str = ""
    some: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    whose: str = ""
    each: str = ""
    late: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a person is asked to write in a chapter, because no data says it."""

    chapter: int
    text: str


def skeleton(written: WrittenReport, counts: Sequence[Count] = ()) -> tuple[Chapter, ...]:
    """The six chapters with facts in braces, as `facts.filled` puts them in place."""
    facts = Facts(written, counts)
    paragraphs: dict[tuple[int, str], list[str]] = {}
    for sentence in _sentences():
        if not _holds(sentence, facts, written):
            continue
        if sentence.each and sentence.each != "count":
            for at, words in enumerate(_each(sentence, written), start=1):
                paragraphs[sentence.chapter, f"{sentence.each} {at}"] = [words]
            continue
        words = [sentence.say] if not sentence.each else [_count(sentence.say, count) for count in counts]
        paragraphs.setdefault((sentence.chapter, sentence.part), []).extend(words)
    return tuple(
        Chapter(number, title, tuple("".join(words) for (of, _), words in paragraphs.items() if of == number))
        for number, title, _ in CHAPTERS
    )


def narrated(written: WrittenReport, counts: Sequence[Count] = ()) -> WrittenReport:
    """The report with the skeleton as its narrative, all facts in place."""
    return filled(replace(written, chapters=skeleton(written, counts)), counts)


def prompts(written: WrittenReport) -> tuple[Prompt, ...]:
    """What is left to a person."""
    facts = Facts(written)
    return tuple(Prompt(each.chapter, each.say) for each in _prompts() if _holds(each, facts, written))


def _holds(sentence: Sentence, facts: Facts, written: WrittenReport) -> bool:
    if sentence.whose and (sentence.whose == "government") != written.government:
        return False
    return all(facts.number(name) for name in sentence.some) and not any(facts.number(name) for name in sentence.none)


def _count(say: str, count: Count) -> str:
    """A count's sentence; its number stays a live fact."""
    return say.format(name=count.name, number=f"{{{count.name}}}", unit=count.unit)


def _each(sentence: Sentence, written: WrittenReport) -> Iterator[str]:
    """The sentence for each thing of its kind."""
    match sentence.each:
        case "follow_up":
            for at, each in enumerate(written.follow_ups, start=1):
                yield sentence.say.format(
                    order=at, text=_bare(each.text), measure=_bare(each.measure), label=each.label,
                    result=_bare(each.result),
                )  # fmt: skip
        case "problem":
            for at, each in enumerate(written.problems, start=1):
                yield sentence.say.format(order=at, text=_bare(each.text), measure=_bare(each.measure))
        case _:
            for line in written.fulfilment:
                yield (sentence.late if line.late else sentence.say).format(**_facts_of(line))


def _facts_of(line: Fulfilment) -> Mapping[str, object]:
    return {
        "item": line.item, "title": _bare(line.title), "duties": line.duties, "done": line.done, "late": line.late,
        "label": line.label,
    }  # fmt: skip


def _bare(words: str) -> str:
    """Somebody's words without the stop at their end, their braces made harmless: they are no facts of ours."""
    return words.strip().rstrip("。；，.;").replace("{", "｛").replace("}", "｝")


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(files("mingtang.law.annual").joinpath("sentences.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _sentences() -> tuple[Sentence, ...]:
    return tuple(_sentence(table) for table in _data()["sentence"])


@lru_cache(maxsize=1)
def _prompts() -> tuple[Sentence, ...]:
    return tuple(_sentence(table) for table in _data()["prompt"])


def _sentence(table: Mapping[str, Any]) -> Sentence:
    made = Sentence(
        table["chapter"], table["say"], table.get("part", ""), tuple(table.get("some", ())),
        tuple(table.get("none", ())), table.get("whose", ""), table.get("each", ""), table.get("late", ""),
    )  # fmt: skip
    if made.each and made.each not in _KINDS:
        raise ValueError(f"sentences.toml: unknown each = {made.each}")
    return made
