"""Trees, roots and proofs agree with RFC 6962's reference data and with an independent implementation."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion

from mingtang.trace.log import merkle
from mingtang.trace.log.errors import BadProof
from tests.trace.log.known import ENTRIES, ROOTS, Nodes

ENTRY_LISTS = st.lists(st.binary(max_size=40), min_size=1, max_size=70)


def peer_of(entries: list[bytes]) -> InmemoryTree:
    """The independent tree over the same entries."""
    return InmemoryTree.init_from_entries(entries, algorithm="sha256")


def rfc_root(entries: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, as it is written there."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = max(2**i for i in range(8) if 2**i < len(entries))
    return hashlib.sha256(b"\x01" + rfc_root(entries[:k]) + rfc_root(entries[k:])).digest()


def rfc_proof(m: int, entries: list[bytes]) -> list[bytes]:
    """PROOF(m, D[n]) of RFC 6962, section 2.1.2, for m < n."""
    return rfc_subproof(m, entries, True) if m < len(entries) else []


def rfc_subproof(m: int, entries: list[bytes], complete: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b) of the same section."""
    if m == len(entries):
        return [] if complete else [rfc_root(entries)]
    k = max(2**i for i in range(8) if 2**i < len(entries))
    if m <= k:
        return [*rfc_subproof(m, entries[:k], complete), rfc_root(entries[k:])]
    return [*rfc_subproof(m - k, entries[k:], False), rfc_root(entries[:k])]


def test_hashes_are_those_of_rfc_6962() -> None:
    assert merkle.EMPTY_ROOT == hashlib.sha256().digest() == ROOTS[0]
    assert merkle.leaf_hash(b"L123456").hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    assert merkle.node_hash(b"N123", b"N456").hex() == (
        "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"
    )


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_reference_roots_built_at_once_or_leaf_by_leaf(size: int) -> None:
    nodes = Nodes(ENTRIES)
    frontier = merkle.Frontier()
    for entry in ENTRIES[:size]:
        frontier.append(merkle.leaf_hash(entry))
    assert merkle.root(size, nodes) == frontier.root() == ROOTS[size]
    assert merkle.Frontier.of(size, nodes).root() == ROOTS[size]


def test_reference_proofs() -> None:
    """Paths of certificate-transparency's own tests, spelled through the node hashes of its reference data."""
    row = Nodes(ENTRIES).rows
    assert merkle.inclusion_path(5, 8, Nodes(ENTRIES)) == [row[0][4], row[1][3], row[2][0]]
    assert merkle.inclusion_path(2, 3, Nodes(ENTRIES)) == [row[1][0]]
    assert merkle.inclusion_path(0, 1, Nodes(ENTRIES)) == []
    assert merkle.consistency_path(6, 8, Nodes(ENTRIES)) == [row[1][2], row[1][3], row[2][0]]
    assert merkle.consistency_path(2, 5, Nodes(ENTRIES)) == [row[1][1], row[0][4]]
    assert [h.hex()[:8] for h in merkle.consistency_path(6, 8, Nodes(ENTRIES))] == ["0ebc5d34", "ca854ea1", "d37ee418"]


@settings(max_examples=60, deadline=None)
@given(ENTRY_LISTS, st.data())
def test_roots_and_inclusion_paths_equal_the_peers(entries: list[bytes], data: st.DataObject) -> None:
    peer, nodes = peer_of(entries), Nodes(entries)
    size = data.draw(st.integers(1, len(entries)))
    index = data.draw(st.integers(0, size - 1))
    theirs = peer.prove_inclusion(index + 1, size)
    ours = merkle.inclusion_path(index, size, nodes)
    root = merkle.root(size, nodes)
    assert root == peer.get_root(size)
    assert [merkle.leaf_hash(entries[index]), *ours] == theirs.path
    verify_inclusion(merkle.leaf_hash(entries[index]), root, theirs)
    merkle.verify_inclusion(merkle.leaf_hash(entries[index]), index, size, theirs.path[1:], root)


@settings(max_examples=60, deadline=None)
@given(ENTRY_LISTS, st.data())
def test_growth_is_proved_and_the_peer_agrees(entries: list[bytes], data: st.DataObject) -> None:
    peer, nodes = peer_of(entries), Nodes(entries)
    old = data.draw(st.integers(1, len(entries)))
    new = data.draw(st.integers(old, len(entries)))
    old_root, new_root = merkle.root(old, nodes), merkle.root(new, nodes)
    # The peer has a form of consistency proof of its own: roots must agree; the path is held against RFC 6962's words.
    assert (old_root, new_root) == (peer.get_root(old), peer.get_root(new))
    verify_consistency(old_root, new_root, peer.prove_consistency(old, new))
    path = merkle.consistency_path(old, new, nodes)
    assert path == rfc_proof(old, entries[:new])
    merkle.verify_consistency(old, new, path, old_root, new_root)


@settings(max_examples=80, deadline=None)
@given(ENTRY_LISTS, st.data())
def test_an_altered_proof_never_holds(entries: list[bytes], data: st.DataObject) -> None:
    nodes, size = Nodes(entries), len(entries)
    index = data.draw(st.integers(0, size - 1))
    path, leaf = merkle.inclusion_path(index, size, nodes), merkle.leaf_hash(entries[index])
    root = merkle.root(size, nodes)
    other = data.draw(st.integers(0, size - 1))
    wrong: list[tuple[bytes, int, list[bytes]]] = [
        (merkle.leaf_hash(entries[index] + b"."), index, path),
        (leaf, index, [*path, leaf]),
        (leaf, size, path),
    ]
    if path:
        place = data.draw(st.integers(0, len(path) - 1))
        wrong += [(leaf, index, path[:-1])]
        wrong += [(leaf, index, [*path[:place], bytes([path[place][0] ^ 1]) + path[place][1:], *path[place + 1 :]])]
    if entries[other] != entries[index]:
        wrong.append((leaf, other, path))
    for each in wrong:
        with pytest.raises(BadProof):
            merkle.verify_inclusion(each[0], each[1], size, each[2], root)


@settings(max_examples=80, deadline=None)
@given(ENTRY_LISTS, st.data())
def test_a_rewritten_history_is_never_consistent(entries: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(entries)))
    place = data.draw(st.integers(0, old - 1))
    forged = [*entries]
    forged[place] += b"!"
    honest, forger = Nodes(entries), Nodes(forged)
    path = merkle.consistency_path(old, len(entries), forger)
    with pytest.raises(BadProof):
        merkle.verify_consistency(old, len(entries), path, merkle.root(old, honest), merkle.root(len(entries), forger))


def test_a_log_that_shrank_or_an_unknown_leaf_has_no_proof() -> None:
    nodes = Nodes(ENTRIES)
    with pytest.raises(BadProof, match="没有第 8 号"):
        merkle.inclusion_path(8, 8, nodes)
    with pytest.raises(BadProof):
        merkle.consistency_path(8, 7, nodes)
    with pytest.raises(BadProof, match="变小"):
        merkle.verify_consistency(8, 7, [], ROOTS[8], ROOTS[7])
    with pytest.raises(BadProof, match="分叉"):
        merkle.verify_consistency(4, 4, [], ROOTS[4], ROOTS[5])
    merkle.verify_consistency(0, 5, [], ROOTS[0], ROOTS[5])
