"""An upper body confirms that a log only grew: file in, file out, and never two histories."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from mingtang.cli import mingtang
from mingtang.trace.log import keys, publication
from mingtang.trace.log.errors import BadChain, BadNote, BadProof, KeyExposed
from mingtang.trace.log.notes import Note
from mingtang.trace.log.verification import verify_log
from mingtang.trace.log.witness import Request, ask, attach
from mingtang.trace.log.witnessing import Witness
from tests.trace.log.known import Log, leaf

NOON = datetime(2024, 6, 3, 4, 0, tzinfo=UTC)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log.at(tmp_path / "portal", 300)


@pytest.fixture
def witness(tmp_path: Path, log: Log) -> Witness:
    """A witness that was told the log's key."""
    made = Witness(tmp_path / "witness")
    made.set_up("city.example/witness")
    made.believe(log.chain.current)
    return made


def asked(log: Log, old: int) -> Request:
    """A request that went through its file."""
    return Request.parse(ask(log.folder, old).spelled().encode())


def test_growth_is_signed_step_by_step_and_everybody_can_check_it(log: Log, witness: Witness) -> None:
    witness.cosign(asked(log, 0), NOON)
    for step, (old, more) in enumerate([(300, 1), (301, 211), (512, 0)], 1):
        log.grow(more)
        signed = witness.cosign(asked(log, old), NOON + timedelta(days=step))
    known = [witness.signer().verifier]
    attach(log.folder, signed, log.chain, known)
    report = verify_log(log.folder, log.chain.current, known)
    assert report.faults == []
    assert Note.parse((log.folder / "witnessed").read_bytes()).signatures[-1].moment == NOON + timedelta(days=3)


@pytest.mark.parametrize("altered", [0, 150, 299])
def test_a_forked_log_is_not_signed_however_far_it_has_grown(
    tmp_path: Path, log: Log, witness: Witness, altered: int
) -> None:
    witness.cosign(asked(log, 0), NOON)
    kept = [place.read_bytes() for place in sorted(witness.folder.glob("*.note"))]
    entries = [*log.entries[:altered], leaf(7777), *log.entries[altered + 1 :], leaf(300), leaf(301)]
    forked = Log(tmp_path / "forked", log.secrets, entries)
    forked.publish()
    with pytest.raises(BadProof, match="历史被改动"):
        witness.cosign(asked(forked, 300), NOON + timedelta(days=1))
    assert [place.read_bytes() for place in sorted(witness.folder.glob("*.note"))] == kept
    log.grow(2)
    witness.cosign(asked(log, 300), NOON + timedelta(days=1))


def test_a_request_from_another_size_says_from_which_to_ask(log: Log, witness: Witness) -> None:
    witness.cosign(asked(log, 0), NOON)
    log.grow(5)
    with pytest.raises(BadProof, match="--since 300"):
        witness.cosign(asked(log, 0), NOON)
    small = Log(log.folder.parent / "small", log.secrets, log.entries[:40])
    small.publish()
    with pytest.raises(BadProof, match="变小"):
        witness.cosign(asked(small, 0), NOON)


def test_a_log_nobody_told_of_or_signed_by_another_key_is_not_signed(
    tmp_path: Path, log: Log, witness: Witness
) -> None:
    impostor = Log.at(tmp_path / "impostor", 300)
    with pytest.raises(BadNote, match="没有可信公钥的签名"):
        witness.cosign(asked(impostor, 0), NOON)
    stranger = Log(tmp_path / "stranger/log", tmp_path / "stranger/keys", [leaf(1)])
    keys.set_up(stranger.secrets, "other.example/log")
    stranger.publish()
    with pytest.raises(BadChain, match="不认识"):
        witness.cosign(asked(stranger, 0), NOON)


def test_a_rotated_key_is_followed_and_a_replaced_one_only_when_told(log: Log, witness: Witness) -> None:
    witness.cosign(asked(log, 0), NOON)
    publication.rotate(log.folder, log.secrets)
    log.grow(1)
    with pytest.raises(BadNote, match="--keys"):
        witness.cosign(asked(log, 300), NOON)
    witness.follow((log.folder / "keys.json").read_bytes())
    witness.cosign(asked(log, 300), NOON)
    publication.rotate(log.folder, log.secrets, lost=True)
    log.grow(1)
    with pytest.raises(BadChain, match="私钥曾丢失"):
        witness.follow((log.folder / "keys.json").read_bytes())
    witness.believe(log.chain.current)
    witness.cosign(asked(log, 301), NOON)


def test_what_was_signed_is_on_the_disk_before_it_is_handed_out(
    log: Log, witness: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(place: Path, content: bytes, mode: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keys, "write_whole", stop)
    with pytest.raises(OSError, match="No space"):
        witness.cosign(asked(log, 0), NOON)
    monkeypatch.undo()
    witness.cosign(asked(log, 0), NOON)
    assert witness.last("portal.example/log") is not None


def test_a_key_that_others_may_read_is_not_used(log: Log, witness: Witness) -> None:
    (witness.folder / "witness.key").chmod(0o644)
    with pytest.raises(KeyExposed):
        witness.cosign(asked(log, 0), NOON)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"old 3\n\n",
        b"old 03\n\nx",
        b"old 3\nAAAA\n\nx",
        b"new 3\n\nx",
        b"old 3\n" + b"A" * 44 + b"\n" * 70,
        b"\xff",
    ],
)
def test_what_is_no_request_is_refused_in_words(witness: Witness, content: bytes) -> None:
    with pytest.raises(BadNote, match=r"应为|不是|长度|规范"):
        witness.cosign(Request.parse(content), NOON)


def test_the_command_takes_a_file_and_gives_a_file(tmp_path: Path, log: Log) -> None:
    request, out, state = tmp_path / "request", tmp_path / "cosigned", tmp_path / "state"
    request.write_text(ask(log.folder, 0).spelled())
    run = CliRunner().invoke
    plain = ["log", "witness", str(request), str(out), "--state", str(state)]
    assert run(mingtang, plain).exit_code == 2
    first = run(mingtang, [*plain, "--name", "city.example/witness", "--trust", str(log.chain.current)])
    assert first.exit_code == 0, first.output
    assert "300 条" in first.output
    assert oct((state / "witness.key").stat().st_mode & 0o777) == "0o600"
    attach(log.folder, Note.parse(out.read_bytes()), log.chain, [Witness(state).signer().verifier])
    forked = Log(tmp_path / "forked", log.secrets, [leaf(9999), *log.entries[1:], leaf(300)])
    forked.publish()
    request.write_text(ask(forked.folder, 300).spelled())
    refused = run(mingtang, plain)
    assert refused.exit_code == 1
    assert "历史被改动" in refused.output
    assert Witness(state).last("portal.example/log") == Note.parse(out.read_bytes())
