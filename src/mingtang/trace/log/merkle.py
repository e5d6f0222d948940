"""RFC 6962 Merkle trees: hashes, roots, inclusion and consistency proofs, and their verification.

Nothing here stores anything: a tree is whatever `nodes(level, index)` can answer, the hash of the perfect subtree over
leaves `index << level` to `(index + 1) << level`. Proof construction follows RFC 6962 section 2.1, verification the
algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2 (same tree, iterative wording).
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

from mingtang.trace.log.errors import BadProof

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Nodes = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """Hash of one leaf: SHA-256 over 0x00 and the entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node: SHA-256 over 0x01 and its two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """Root over a number of hashes that is a power of two."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


class Frontier:
    """The right edge of a growing tree: the roots of its perfect subtrees, enough to append and to know the root."""

    def __init__(self, size: int = 0, roots: Sequence[bytes] = ()) -> None:
        self.size = size
        self._roots = list(roots)

    @classmethod
    def of(cls, size: int, nodes: Nodes) -> "Frontier":
        """The right edge of an existing tree of `size` leaves."""
        return cls(size, [nodes(level, index) for level, index in _cover(0, size)])

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash; O(log n) at worst, constant on average."""
        carry, row = leaf, self.size
        while row & 1:
            carry = node_hash(self._roots.pop(), carry)
            row >>= 1
        self._roots.append(carry)
        self.size += 1

    def root(self) -> bytes:
        """Root of the tree as it stands."""
        return _fold(self._roots)


def root(size: int, nodes: Nodes) -> bytes:
    """Root of the tree of the first `size` leaves."""
    return _subtree(0, size, nodes)


def inclusion_path(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """Hashes that lead from leaf `index` to the root of the first `size` leaves, from the bottom up.

    Raises `BadProof` when there is no such leaf in a tree of that size.
    """
    if not 0 <= index < size:
        raise BadProof(f"大小为 {size} 的树里没有第 {index} 号叶子。")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(_subtree(middle, end, nodes))
            end = middle
        else:
            path.append(_subtree(begin, middle, nodes))
            begin = middle
    return path[::-1]


def consistency_path(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """Hashes that show the tree of `old` leaves to be the beginning of the tree of `new` leaves.

    Empty for `old` = 0 and for `old` = `new`, which need no proof. Raises `BadProof` when `old` is beyond `new`.
    """
    if not 0 <= old <= new:
        raise BadProof(f"大小 {old} 不能是大小 {new} 的前身。")
    if old in (0, new):
        return []
    path: list[bytes] = []
    begin, end, from_start = 0, new, True
    while old != end:
        middle = begin + _split(end - begin)
        if old <= middle:
            path.append(_subtree(middle, end, nodes))
            end = middle
        else:
            path.append(_subtree(begin, middle, nodes))
            begin, from_start = middle, False
    if not from_start:
        path.append(_subtree(begin, end, nodes))
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> None:
    """Check that `leaf` (a hash) stands at `index` in the tree of `size` leaves with root `expected`, or `BadProof`."""
    if not 0 <= index < size:
        raise BadProof(f"大小为 {size} 的树里没有第 {index} 号叶子。")
    position, last, current = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise BadProof("收录证明过长。")
        if position & 1 or position == last:
            current = node_hash(sibling, current)
            while position & 1 == 0 and position:
                position, last = position >> 1, last >> 1
        else:
            current = node_hash(current, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise BadProof("收录证明过短。")
    if current != expected:
        raise BadProof("收录证明算出的根与检查点不符：内容、位置或证明被改动过。")


def verify_consistency(old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Check that the tree (`old`, `old_root`) is the beginning of (`new`, `new_root`), or raise `BadProof`."""
    if not 0 <= old <= new:
        raise BadProof(f"日志变小了：先前有 {old} 条，如今只有 {new} 条。")
    if old in (0, new):
        if path:
            raise BadProof("一致性证明过长。")
        if old_root != (EMPTY_ROOT if old == 0 else new_root):
            raise BadProof("同一大小有两个不同的根：日志有分叉。")
        return
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    if not steps:
        raise BadProof("一致性证明过短。")
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise BadProof("一致性证明过长。")
        if position & 1 or position == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while position & 1 == 0 and position:
                position, last = position >> 1, last >> 1
        else:
            second = node_hash(second, step)
        position, last = position >> 1, last >> 1
    if last:
        raise BadProof("一致性证明过短。")
    if first != old_root or second != new_root:
        raise BadProof("新的日志不是旧日志的延续：已公开的历史被改动过。")


def _split(count: int) -> int:
    """The largest power of two smaller than `count` (`count` > 1): where RFC 6962 divides a tree."""
    return 1 << (count - 1).bit_length() - 1


def _cover(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Maximal perfect subtrees (level, index) that make up leaves `begin` to `end`, from left to right."""
    while begin < end:
        level = (end - begin).bit_length() - 1
        yield level, begin >> level
        begin += 1 << level


def _fold(roots: Sequence[bytes]) -> bytes:
    """Root over perfect subtrees of falling size."""
    if not roots:
        return EMPTY_ROOT
    result = roots[-1]
    for left in reversed(roots[:-1]):
        result = node_hash(left, result)
    return result


def _subtree(begin: int, end: int, nodes: Nodes) -> bytes:
    return _fold([nodes(level, index) for level, index in _cover(begin, end)])
