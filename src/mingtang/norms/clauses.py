"""Which articles a text has, so that nothing is said of a clause that is not there."""

import re
from html import unescape

from mingtang.text.numerals import to_int

_NUMERAL = "零〇一二三四五六七八九十百千两"
#: An article where a paragraph begins; in running text the same words point to one.
_BEGINS = re.compile(rf"(?:^|\n)\s*第([{_NUMERAL}]+|\d+)条(?!第|的|规定|、|和|至)")
_NAMED = re.compile(rf"第([{_NUMERAL}]+|\d+)条")
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|div|td|blockquote)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")


def plain(html: str) -> str:
    """Rich text as lines, one a block."""
    return unescape(_TAG.sub("", _BLOCK_END.sub("\n", html)))


def articles_of(html: str) -> frozenset[int]:
    """The numbers of the articles that begin in a text."""
    return frozenset(number for found in _BEGINS.findall(plain(html)) if (number := to_int(found)))


def article_of(clause: str) -> int | None:
    """The number of the article that words such as 第三条第二款 name; None where they name none."""
    match = _NAMED.search(clause)
    return to_int(match.group(1)) if match else None


def lacking(html: str, clauses: list[str]) -> list[str]:
    """Those of the clauses that the text does not have; a text without articles has no say."""
    known = articles_of(html)
    return [clause for clause in clauses if known and (number := article_of(clause)) and number not in known]
