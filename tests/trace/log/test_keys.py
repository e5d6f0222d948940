"""Keys live in files that only their owner reads, hand over to one another, and are missed loudly."""

import stat
from pathlib import Path

import pytest

from mingtang.trace.log import keys, publication
from mingtang.trace.log.errors import BadChain, BadNote, KeyDamaged, KeyExposed, KeyLost
from mingtang.trace.log.keys import Chain, Link
from mingtang.trace.log.notes import Checkpoint, Note, Signer
from mingtang.trace.log.proofs import head, verified_head
from mingtang.trace.log.verification import verify_log
from tests.trace.log.known import ORIGIN, ROOTS, Log


def key_of(log: Log) -> Path:
    """The file of the key in service."""
    return keys.key_file(log.secrets, log.chain.current)


def test_set_up_makes_one_key_that_only_its_owner_may_read(tmp_path: Path) -> None:
    log = Log.at(tmp_path)
    assert stat.S_IMODE(key_of(log).stat().st_mode) == 0o600
    assert stat.S_IMODE(log.secrets.stat().st_mode) == 0o700
    assert keys.set_up(log.secrets, "other.example/log") == log.chain, "a second set-up changes nothing"
    assert log.chain.origin == ORIGIN


def test_a_stop_between_key_and_chain_keeps_the_key(tmp_path: Path) -> None:
    log = Log.at(tmp_path)
    first = log.chain
    (log.secrets / keys.CHAIN).unlink()
    assert keys.set_up(log.secrets, ORIGIN) == first


def test_the_private_key_never_reaches_the_public_folder(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 3)
    seed = key_of(log).read_text().split("+")[-1].strip()
    assert not any(seed in (log.folder / f).read_bytes().decode("latin-1") for f in log.files())


def test_a_lost_key_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 3)
    kept = key_of(log).rename(tmp_path / "backup")
    before = log.files()
    with pytest.raises(KeyLost, match=r"私钥不见了.*备份"):
        log.grow(2)
    assert log.files() == before
    kept.rename(keys.key_file(log.secrets, log.chain.current))
    assert log.publish().size == 5, "once the key is back, what was missed is made up for"


def test_a_key_that_others_may_read_is_refused_with_the_mend(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 3)
    key_of(log).chmod(0o640)
    with pytest.raises(KeyExposed, match=r"0640.*chmod 600"):
        log.grow(1)
    key_of(log).chmod(0o600)
    assert log.publish().size == 4


def test_a_damaged_or_foreign_key_is_refused(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 1)
    good = key_of(log).read_text()
    for bad in (good[:-8] + "\n", "", Signer.generate(ORIGIN).spelled()):
        key_of(log).write_text(bad)
        with pytest.raises(KeyDamaged, match="已损坏"):
            keys.signer(log.secrets)


def test_after_rotation_the_new_key_signs_and_the_old_one_vouches(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 3)
    old, old_note = log.chain.current, head(log.folder)[0]
    publication.rotate(log.folder, log.secrets)
    log.grow(1)
    chain = log.chain.verified(old)
    assert [link.from_size for link in chain.links] == [0, 4]
    assert verified_head(head(log.folder)[0], chain).size == 4
    assert head(log.folder)[0].signatures[0].by(chain.current) and chain.current != old
    assert verified_head(old_note, chain).size == 3, "what the old key signed in its time stays valid"
    assert Chain.parse((log.folder / "keys.json").read_bytes()) == log.chain


def test_the_old_key_cannot_sign_on_after_it_handed_over(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 3)
    old = keys.signer(log.secrets)
    publication.rotate(log.folder, log.secrets)
    late = Note(Checkpoint(ORIGIN, 5, ROOTS[5]).text).signed(old)
    with pytest.raises(BadNote):
        verified_head(late, log.chain)


def test_several_rotations_without_growth_are_followed(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 3)
    first = log.chain.current
    for _ in range(3):
        publication.rotate(log.folder, log.secrets)
    log.grow(1)
    chain = Chain.parse((log.folder / "keys.json").read_bytes())
    assert len(chain.verified(first).links) == 4
    assert verified_head(head(log.folder)[0], chain.verified(first)).size == 4


def test_a_key_lost_for_good_is_replaced_but_only_believed_when_named(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 3)
    old = log.chain.current
    key_of(log).unlink()
    with pytest.raises(KeyLost):
        publication.rotate(log.folder, log.secrets)
    publication.rotate(log.folder, log.secrets, lost=True)
    for size in (3, 4):
        with pytest.raises(BadChain, match="未经前一把公钥签名"):
            log.chain.verified(old)
        report = verify_log(log.folder, log.chain.current)
        assert report.faults == [] and report.checkpoint and report.checkpoint.size == size
        log.grow(1)


def test_a_checkpoint_from_before_the_trusted_key_is_not_believed(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 3)
    note = head(log.folder)[0]
    publication.rotate(log.folder, log.secrets)
    with pytest.raises(BadNote, match="早于可信公钥"):
        verified_head(note, log.chain.verified(log.chain.current))


def test_a_log_without_leaves_has_a_signed_empty_head(tmp_path: Path) -> None:
    log = Log.at(tmp_path)
    assert log.publish() == Checkpoint(ORIGIN, 0, ROOTS[0])
    assert verify_log(log.folder, log.chain.current).faults == []


def test_a_chain_with_a_forged_link_is_refused(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 3)
    publication.rotate(log.folder, log.secrets)
    good = log.chain
    thief = Signer.generate(ORIGIN)
    text = Checkpoint(ORIGIN, 3, ROOTS[3], (f"successor {thief.verifier}",)).text
    own = Link(thief.verifier, str(Note(text).signed(thief)))
    wrong_name = Link(thief.verifier, good.links[1].handover)
    for forged in (good.handed_to(own), Chain((good.links[0], wrong_name)), Chain((good.links[0], own))):
        with pytest.raises(BadChain):
            forged.verified(good.links[0].key)
    with pytest.raises(BadChain, match="没有可信公钥"):
        good.verified(thief.verifier)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"format":"mingtang.log-keys/1","keys":[]}', b'{"format": "x"}', b"[1]", b"\xff"]
)
def test_a_malformed_chain_is_refused(content: bytes) -> None:
    with pytest.raises(BadChain):
        Chain.parse(content)
