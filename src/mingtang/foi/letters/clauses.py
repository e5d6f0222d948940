"""Citing rules in a letter and finding the citations of a text again: no letter names an article but by its rule."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from mingtang.law.requests import Ground
from mingtang.law.rules import Rule
from mingtang.law.shelf import library, rule

REGULATION = "disclosure-regulation"
_NUMERAL = "[一二三四五六七八九十百零〇\\d]+"
_ARTICLE = f"第{_NUMERAL}条(?:之{_NUMERAL})?(?:第{_NUMERAL}款)?(?:第[（(]?{_NUMERAL}[）)]?项)?"
_CITATION = re.compile(f"《([^《》]+)》(?:（[^（）]*）)?((?:[、和及，]*{_ARTICLE})+)")
_ONE_ARTICLE = re.compile(_ARTICLE)
#: Names by which letters call the regulation for short.
_SHORT = {"条例": "中华人民共和国政府信息公开条例", "政府信息公开条例": "中华人民共和国政府信息公开条例"}


@dataclass(frozen=True, slots=True)
class Citation:
    """One article as a text cites it."""

    title: str
    article: str

    def __str__(self) -> str:
        return f"《{self.title}》{self.article}"


def cite(*rule_ids: str) -> str:
    """The clauses as a letter names them: each instrument once, its articles joined, doubles left out."""
    by_title: dict[str, list[str]] = {}
    for each in map(rule, rule_ids):
        articles = by_title.setdefault(_title(each), [])
        if each.article not in articles:
            articles.append(each.article)
    return "、".join(f"《{title}》{'、'.join(articles)}" for title, articles in by_title.items())


def citations(text: str) -> Iterator[Citation]:
    """Every article that a text cites with its instrument's title, in order; 《条例》 is the regulation."""
    title: str
    articles: str
    for title, articles in _CITATION.findall(text):
        for article in _ONE_ARTICLE.findall(articles):
            yield Citation(_SHORT.get(title) or title, _in_words(article))


def rules_cited(text: str, on: datetime.date) -> frozenset[str]:
    """The ids of the rules in force on a day whose article the text cites."""
    return frozenset(each.id for found in citations(text) for each in _by_citation().get(found, ()) if each.holds(on))


def not_in_force(text: str, on: datetime.date) -> list[Citation]:
    """Citations of articles that the library knows, but that do not hold on the day."""
    known = ((found, _by_citation().get(found, ())) for found in citations(text))
    return list(dict.fromkeys(found for found, rules in known if rules and not any(each.holds(on) for each in rules)))


def missing(text: str, rule_ids: Iterable[str]) -> list[str]:
    """Of the rules, those whose article the text does not cite, as citations."""
    found = set(citations(text))
    return [
        cite(each) for each in dict.fromkeys(rule_ids) if Citation(_title(rule(each)), rule(each).article) not in found
    ]


def foreign(text: str, allowed: Iterable[str]) -> list[Citation]:
    """Citations of articles by which requests are decided, other than the allowed ones: the clause of another reply."""
    own = {Citation(_title(rule(each)), rule(each).article) for each in allowed}
    return [found for found in dict.fromkeys(citations(text)) if found in _deciding() and found not in own]


def _in_words(article: str) -> str:
    """An article as the library writes it: 第36条第3项 and 第三十六条第三项 are 第三十六条第（三）项."""
    words = re.sub(r"\d+", lambda found: _numeral(int(found[0])), article)
    return re.sub(f"第[（(]?({_NUMERAL})[）)]?项", r"第（\1）项", words)


def _numeral(number: int) -> str:
    """A number below a hundred in Chinese; larger ones as figures."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    ten = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return ten + (digits[ones] if ones else "")


@lru_cache(maxsize=1)
def _deciding() -> frozenset[Citation]:
    """The articles that each decide a request in one way."""
    rules = {each.rule.id for each in Ground} | {each.reply.rule.id for each in Ground if each.reply}
    return frozenset(Citation(_title(rule(each)), rule(each).article) for each in rules if each.startswith(REGULATION))


@lru_cache(maxsize=1)
def _by_citation() -> dict[Citation, tuple[Rule, ...]]:
    found: dict[Citation, list[Rule]] = {}
    for each in library().by_id.values():
        found.setdefault(Citation(_title(each), each.article), []).append(each)
    return {citation: tuple(rules) for citation, rules in found.items()}


def _title(each: Rule) -> str:
    return each.title.replace("《", "〈").replace("》", "〉")
