"""How alike two requests are: by the pairs of words they share, of those that carry meaning."""

from functools import lru_cache
from itertools import pairwise

from mingtang.text.folding import fold
from mingtang.text.segment import segmenter

#: Words that every request holds and that say nothing of what is wanted.
EMPTY = frozenset([
    "申请公开", "申请", "公开", "信息", "政府信息", "有关", "相关", "关于", "提供", "材料", "文件", "单位",
    *"请的和与及等我贵局",
])  # fmt: skip


@lru_cache(maxsize=4096)
def marks(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, and the pairs of words that stand together."""
    said = [word for word in segmenter().words(fold(text)) if word not in EMPTY]
    return frozenset(said) | frozenset(f"{first}+{second}" for first, second in pairwise(said))


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """From 0 (nothing in common) to 1 (the same): the share of all marks that both have (Jaccard)."""
    return len(first & second) / len(first | second) if first and second else 0.0
