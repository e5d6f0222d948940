"""Notices per second of the extraction, against plain regular expressions that give the same shape.

The peer splits by 一、 and （一）, takes every sentence for a task, and finds bodies, dates and counts with one regular
expression each. It shows what understanding costs, and the second line what it buys: tasks and facts right on the
hand-checked notices. `python -m benchmarks.extraction --rounds 7`.
"""

import argparse
import re
from typing import Any

from mingtang.text import Document, extract_ledger, read
from tests.text.scoring import cases, facts_of

_CHAPTER = re.compile(r"^([一二三四五六七八九十]+)、(.*)$", re.M)
_ITEM = re.compile(r"^[（(]([一二三四五六七八九十]+)[）)]([^。\n]*)。?(.*)$", re.M)
_BODY = re.compile(r"[一-鿿]{2,12}(?:部门|单位|局|办公室|委员会|街道|乡镇|苏木镇)")
_DATE = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底)前|年底前|每月|每季度")
_COUNT = re.compile(r"([一-鿿]{2,8})(?:不少于|至少)?(\d+)[次件场期]")
_NUMBER = re.compile(r"[一-鿿]{2,10}〔\d{4}〕\d+号")


def plain(document: Document) -> dict[str, Any]:
    """The same shape by regular expressions alone."""
    text = document.text
    marks = [*_CHAPTER.finditer(text)]
    chapters: list[dict[str, Any]] = []
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        part = text[mark.end() : following.start() if following else len(text)]
        items: list[dict[str, Any]] = []
        places = [*_ITEM.finditer(part)]
        for place, after in zip(places, [*places[1:], None], strict=False):
            body = place.group(3) + part[place.end() : after.start() if after else len(part)]
            items.append({"number": place.group(1), "title": place.group(2), "text": body, "tasks": _tasks(body)})
        chapters.append({"number": mark.group(1), "title": mark.group(2), "items": items})
    return {"title": text.split("\n", 1)[0], "chapters": chapters, "cites": _NUMBER.findall(text)}


def _tasks(body: str) -> list[dict[str, Any]]:
    return [
        {
            "text": sentence,
            "bodies": _BODY.findall(sentence),
            "deadline": next(iter(_DATE.findall(sentence)), None),
            "quotas": _COUNT.findall(sentence),
        }
        for sentence in re.split(r"(?<=。)", body)
        if sentence.strip()
    ]


def recall_of_plain() -> tuple[int, int]:
    """How many of the hand-checked tasks the peer finds with exactly the right bodies, of how many."""
    right = expected = 0
    for notice in cases():
        tasks = [
            task for chapter in plain(read(notice))["chapters"] for item in chapter["items"] for task in item["tasks"]
        ]
        for facts in _sheet_tasks(facts_of(notice)):
            expected += 1
            right += any(
                task["text"].strip().startswith(facts["begins"])
                and sorted(set(task["bodies"])) == sorted(facts["bodies"])
                for task in tasks
            )
    return right, expected


def recall_of_ours() -> int:
    """How many of the hand-checked tasks we find with exactly the right bodies."""
    right = 0
    for notice in cases():
        tasks = extract_ledger(read(notice)).tasks
        for facts in _sheet_tasks(facts_of(notice)):
            right += any(
                task.text.startswith(facts["begins"]) and sorted(task.bodies) == sorted(facts["bodies"])
                for task in tasks
            )
    return right


def _sheet_tasks(facts: dict[str, Any]) -> list[dict[str, Any]]:
    found = list(facts.get("opening", []))
    for row in facts["items"]:
        found.extend(row[3])
        for part in row[4] if len(row) > 4 else []:
            found.extend(part[2])
    return found


def main() -> None:
    """Compare and print."""
    from benchmarks.harness import compare

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--copies", type=int, default=10, help="how often each notice is read in one round")
    chosen = options.parse_args()
    documents = [read(notice) for notice in cases()] * chosen.copies

    def ours() -> None:
        for document in documents:
            extract_ledger(document).as_json()

    def peer() -> None:
        for document in documents:
            plain(document)

    print(compare("extraction", ours, peer, chosen.rounds).line(len(documents), "notices"))
    right, expected = recall_of_plain()
    print(f"tasks with exactly the right bodies: ours {recall_of_ours()} of {expected}, peer {right} of {expected}")


if __name__ == "__main__":
    main()
