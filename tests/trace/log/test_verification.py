"""A log is verified from its files alone, by two independent programs, and no byte of it can change unnoticed."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtang.trace.log import merkle, publication
from mingtang.trace.log.errors import BadNote, BadProof, LogError
from mingtang.trace.log.notes import COSIGNATURE, Note, Signer, encode
from mingtang.trace.log.proofs import Proof, check, head, proof_for
from mingtang.trace.log.verification import read_chain, verify_growth, verify_log
from mingtang.trace.log.witness import attach, cosign
from tests.trace.log.known import SCRIPT, Log, Nodes, leaf

ROOT = Path(__file__).resolve().parents[3]
NOON = datetime(2024, 6, 3, 4, 0, tzinfo=UTC)
WITNESS = Signer.generate("city.example/witness", COSIGNATURE)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Log:
    """A log that has seen everything: several sizes, a full tile, a rotation, a witness, partial tiles left over."""
    log = Log.at(tmp_path_factory.mktemp("log"), 250)
    attach(log.folder, cosign(log.folder, log.chain, None, WITNESS, NOON), log.chain, [WITNESS.verifier])
    log.grow(5)
    log.grow(10)
    publication.rotate(log.folder, log.secrets)
    log.grow(3)
    return log


def script_faults(log: Log, *more: str) -> list[str]:
    """What the standalone verifier finds."""
    faults: list[str] = []
    arguments = [str(log.folder), "--key", str(log.chain.links[0].key), "--witness", str(WITNESS.verifier), *more]
    try:
        SCRIPT.run(SCRIPT.read_options(arguments), faults)
    except (SCRIPT.Wrong, OSError, ValueError, KeyError, TypeError) as problem:
        faults.append(str(problem) or type(problem).__name__)
    return faults


def test_a_whole_log_passes_both_verifiers(whole: Log) -> None:
    report = verify_log(whole.folder, whole.chain.links[0].key, [WITNESS.verifier])
    assert (report.faults, report.remarks) == ([], [])
    assert report.checkpoint and report.checkpoint.size == 268
    assert report.checkpoint.root == merkle.root(268, Nodes(whole.entries))
    assert script_faults(whole) == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_single_changed_byte_in_any_file_is_found(whole: Log, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(whole.files()))
    file = whole.folder / path
    good = file.read_bytes()
    place = data.draw(st.integers(0, len(good) - 1))
    bad = bytearray(good)
    bad[place] ^= data.draw(st.integers(1, 255))
    try:
        file.write_bytes(bad)
        report = verify_log(whole.folder, whole.chain.links[0].key, [WITNESS.verifier])
        by_script = script_faults(whole)
    finally:
        file.write_bytes(good)
    assert report.faults and by_script
    named = {fault.path for fault in report.faults}
    assert path in named or path == "keys.json", f"the fault names {named}, the altered file is {path}"


@pytest.mark.parametrize("act", ["remove", "truncate", "add", "rename"])
def test_missing_cut_and_added_files_are_named(tmp_path: Path, whole: Log, act: str) -> None:
    shutil.copytree(whole.folder, copy := tmp_path / "log")
    log = Log(copy, whole.secrets, whole.entries)
    for path in whole.files():
        file = copy / path
        good = file.read_bytes()
        stray = file.with_name("999")
        if act == "remove":
            file.unlink()
        elif act == "truncate":
            file.write_bytes(good[:-1])
        elif act == "add":
            stray.write_bytes(good)
        else:
            file.rename(stray)
        # A partial tile whose full one is there may be absent (tlog-tiles).
        optional = ".p/" in path and path not in {"tile/0/001.p/12", "tile/entries/001.p/12", "tile/1/000.p/1"}
        found = verify_log(copy, whole.chain.links[0].key, [WITNESS.verifier]).faults
        assert bool(found) is not (act == "remove" and optional), (act, path, found)
        assert bool(script_faults(log)) is not (act == "remove" and optional), (act, path)
        stray.unlink(missing_ok=True)
        file.write_bytes(good)


def test_without_a_key_from_elsewhere_the_report_says_what_that_means(whole: Log) -> None:
    assert any("未指定可信公钥" in remark for remark in verify_log(whole.folder).remarks)


def test_an_unknown_witness_is_remarked_not_believed(whole: Log) -> None:
    report = verify_log(whole.folder, whole.chain.links[0].key)
    assert report.faults == []
    assert any("city.example/witness" in remark for remark in report.remarks)
    other = Signer.generate("province.example/witness", COSIGNATURE)
    assert verify_log(whole.folder, None, [other.verifier]).faults[-1].path == "witnessed"


def test_a_log_wholly_replaced_is_found_by_who_knows_the_key_or_an_old_checkpoint(tmp_path: Path, whole: Log) -> None:
    forged = Log.at(tmp_path / "forged")
    forged.entries = [leaf(9999), *whole.entries[1:]]
    forged.publish()
    assert verify_log(forged.folder).faults == [], "consistent in itself"
    assert verify_log(forged.folder, whole.chain.links[0].key).faults
    old_note = head(whole.folder)[0]
    with pytest.raises(LogError):
        verify_growth(forged.folder, old_note, forged.chain)


def test_a_checkpoint_kept_from_before_shows_whether_the_log_only_grew(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 40)
    kept = head(log.folder)[0]
    (tmp_path / "kept").write_text(str(kept))
    log.grow(300)
    assert verify_growth(log.folder, kept, read_chain(log.folder)).size == 340
    since = ["--since", str(tmp_path / "kept")]
    assert SCRIPT.main([str(log.folder), *since]) == 0
    forged = Log(tmp_path / "forged", log.secrets, [leaf(77), *log.entries[1:]])
    forged.publish()
    with pytest.raises(BadProof, match="历史被改动"):
        verify_growth(forged.folder, kept, log.chain)
    assert SCRIPT.main([str(forged.folder), *since]) == 1


@pytest.mark.parametrize("index", [0, 200, 255, 256, 267])
def test_a_records_proof_holds_in_both_verifiers(tmp_path: Path, whole: Log, index: int) -> None:
    proof = proof_for(whole.folder, index)
    text = json.dumps(proof.as_json(), ensure_ascii=False)
    assert check(Proof.parse(text), whole.chain.verified()).record.thing == f"records.record:{index + 1}"
    place = tmp_path / "proof.json"
    place.write_text(text)
    assert script_faults(whole, "--proof", str(place)) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_altered_proof_is_refused_by_both_verifiers(whole: Log, data: st.DataObject) -> None:
    good = proof_for(whole.folder, 200).as_json()
    field = data.draw(st.sampled_from(["leaf", "index", "size", "path", "checkpoint"]))
    bad = {**good}
    if field == "leaf":
        bad["leaf"] = good["leaf"].replace("published", "withdrawn")
    elif field == "path":
        place = data.draw(st.integers(0, len(good["path"]) - 1))
        bad["path"] = [*good["path"]]
        bad["path"][place] = encode(merkle.leaf_hash(b"other"))
    elif field == "checkpoint":
        bad["checkpoint"] = good["checkpoint"].replace("268", "269")
    else:
        bad[field] = good[field] + data.draw(st.integers(1, 5))
    with pytest.raises(LogError):
        check(Proof.parse(json.dumps(bad)), whole.chain.verified())
    keys = SCRIPT.Keys((whole.folder / "keys.json").read_text(), None)
    with pytest.raises((SCRIPT.Wrong, ValueError)):
        SCRIPT.check_proof(json.dumps(bad), keys, ())


def test_a_proof_for_a_leaf_not_yet_published_says_so(whole: Log) -> None:
    with pytest.raises(BadProof, match="没有第 268 号"):
        proof_for(whole.folder, 268)


def test_the_witness_signs_growth_and_refuses_a_rewritten_log(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 30)
    first = cosign(log.folder, log.chain, None, WITNESS, NOON)
    attach(log.folder, first, log.chain, [WITNESS.verifier])
    log.grow(30)
    second = cosign(log.folder, log.chain, first, WITNESS, NOON + timedelta(days=1))
    attach(log.folder, second, log.chain, [WITNESS.verifier])
    assert verify_log(log.folder, log.chain.current, [WITNESS.verifier]).faults == []
    forged = Log(tmp_path / "forged", log.secrets, [leaf(77), *log.entries[1:]])
    forged.publish()
    with pytest.raises(BadProof):
        cosign(forged.folder, log.chain, second, WITNESS, NOON + timedelta(days=2))
    smaller = Log(tmp_path / "smaller", log.secrets, log.entries[:40])
    smaller.publish()
    with pytest.raises(BadProof, match="变小"):
        cosign(smaller.folder, log.chain, second, WITNESS, NOON + timedelta(days=2))
    with pytest.raises(BadNote, match="过时"):
        attach(log.folder, first, log.chain, [WITNESS.verifier])


def test_a_witness_whose_clock_went_back_does_not_sign(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 3)
    first = cosign(log.folder, log.chain, None, WITNESS, NOON)
    with pytest.raises(BadNote, match="时钟"):
        cosign(log.folder, log.chain, first, WITNESS, NOON - timedelta(minutes=1))


def test_cosignatures_of_two_witnesses_add_up_and_strangers_are_refused(tmp_path: Path) -> None:
    log = Log.at(tmp_path, 3)
    other = Signer.generate("province.example/witness", COSIGNATURE)
    known = [WITNESS.verifier, other.verifier]
    attach(log.folder, cosign(log.folder, log.chain, None, WITNESS, NOON), log.chain, known)
    attach(log.folder, cosign(log.folder, log.chain, None, other, NOON), log.chain, known)
    assert verify_log(log.folder, log.chain.current, known).faults == []
    stranger = Signer.generate("x.example", COSIGNATURE)
    with pytest.raises(BadNote):
        attach(log.folder, cosign(log.folder, log.chain, None, stranger, NOON), log.chain, known)
    assert len(Note.parse((log.folder / "witnessed").read_bytes()).signatures) == 3


def test_the_script_says_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = Log.at(tmp_path, 300)
    assert SCRIPT.main([str(log.folder), "--key", str(log.chain.current)]) == 0
    assert "核验通过：portal.example/log，300 条" in capsys.readouterr().out
    (log.folder / "tile/1/000.p/1").write_bytes(b"x" * 32)
    assert SCRIPT.main([str(log.folder), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["faults"] == ["tile/1/000.p/1：内容与条目算出的不符"]
    assert SCRIPT.main([str(tmp_path / "nowhere")]) == 2


def test_the_script_refuses_a_replaced_key_until_it_is_told_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = Log.at(tmp_path, 3)
    old = log.chain.current
    publication.rotate(log.folder, log.secrets, lost=True)
    assert SCRIPT.main([str(log.folder), "--key", str(old)]) == 1
    assert "私钥曾丢失" in capsys.readouterr().out
    assert SCRIPT.main([str(log.folder), "--key", str(log.chain.current)]) == 0


def test_the_script_uses_the_standard_library_and_one_package() -> None:
    source = (ROOT / "scripts" / "verify_site.py").read_text(encoding="utf-8")
    imported = {line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imported == {"argparse", "base64", "hashlib", "json", "re", "sys", "pathlib", "urllib", "cryptography"}
