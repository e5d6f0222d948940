"""Signed notes, checkpoints and cosignatures are those of C2SP: others' verify here, ours come out byte by byte."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingtang.trace.log.errors import BadNote
from mingtang.trace.log.notes import COSIGNATURE, Checkpoint, Note, Signer, Verifier
from tests.trace.log.known import ROOTS

#: golang.org/x/mod/sumdb/note, package documentation.
GO_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
#: c2sp.org/signed-note, "Verifier keys".
C2SP_PUBLIC = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
C2SP_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
#: A checkpoint of a public test log with its own signature (and one of an unknown kind) and a public witness's.
LIVE = """\
arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwt\
EroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59\
RA23oHP7Ry1k3ZFWwQ=
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0D\
rAWfBw==
"""
LIVE_LOG = Verifier.parse(
    "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"
)
LIVE_WITNESS = Verifier.parse("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2")
NOON = datetime(2024, 6, 3, 4, 0, tzinfo=UTC)


def test_our_signature_is_gos_byte_for_byte() -> None:
    signer = Signer.parse(GO_SECRET)
    assert str(Note(GO_TEXT).signed(signer)) == f"{GO_TEXT}\n{GO_LINE}\n"
    assert (str(signer.verifier), signer.spelled()) == (GO_PUBLIC, GO_SECRET)


@pytest.mark.parametrize("key, note", [(GO_PUBLIC, f"{GO_TEXT}\n{GO_LINE}\n"), (C2SP_PUBLIC, C2SP_NOTE)])
def test_notes_of_others_verify_and_keep_their_spelling(key: str, note: str) -> None:
    verifier = Verifier.parse(key)
    assert Note.parse(note).verified([verifier]) == (verifier,)
    assert (str(verifier), str(Note.parse(note))) == (key, note)


def test_a_live_checkpoint_with_its_witness_verifies() -> None:
    note = Note.parse(LIVE)
    assert note.verified([LIVE_LOG, LIVE_WITNESS]) == (LIVE_LOG, LIVE_WITNESS)
    assert Checkpoint.parse(note.text).size == 1432088532
    assert note.signatures[-1].moment == datetime.fromtimestamp(0x6A122120, UTC)


def test_signatures_of_unknown_keys_are_ignored_and_alone_are_not_enough() -> None:
    stranger = Signer.generate("stranger.example")
    note = Note.parse(C2SP_NOTE).signed(stranger)
    assert note.verified([Verifier.parse(C2SP_PUBLIC)])
    with pytest.raises(BadNote, match="没有可信公钥的签名"):
        Note.parse(C2SP_NOTE).verified([stranger.verifier])


def test_a_known_keys_broken_signature_rejects_the_whole_note() -> None:
    good, other = Signer.generate("a.example"), Signer.generate("b.example")
    note = Note("正文\n").signed(good).signed(other)
    forged = Note("正文!\n", (good.sign("正文!\n"), note.signatures[1]))
    with pytest.raises(BadNote, match=r"b\.example 的签名不成立"):
        forged.verified([good.verifier, other.verifier])


def test_a_cosignature_states_its_moment_and_signs_it() -> None:
    witness = Signer.generate("city.example/witness", COSIGNATURE)
    note = Note(Checkpoint("portal.example/log", 3, ROOTS[3]).text).signed(witness, NOON)
    signature = note.signatures[0]
    assert signature.moment == NOON
    assert note.verified([witness.verifier])
    later = int(NOON.timestamp() + 1).to_bytes(8, "big")
    assert not witness.verifier.holds(note.text, later + signature.value[8:])
    with pytest.raises(BadNote, match="时刻"):
        Note("x\n").signed(witness)


@settings(deadline=None)
@given(st.data())
def test_no_byte_of_a_note_can_change_unnoticed(data: st.DataObject) -> None:
    raw = bytearray(f"{GO_TEXT}\n{GO_LINE}\n".encode())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BadNote):
        Note.parse(bytes(raw)).verified([Verifier.parse(GO_PUBLIC)])


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30),
    st.integers(0, 2**62),
    st.binary(min_size=32, max_size=32),
)
def test_checkpoints_read_back(origin: str, size: int, root: bytes) -> None:
    checkpoint = Checkpoint(origin, size, root, ("一行扩展",))
    assert Checkpoint.parse(checkpoint.text) == checkpoint


@pytest.mark.parametrize(
    "text",
    ["a\n1\n", "a\n01\n" + "A" * 43 + "=\n", "a\n-1\n" + "A" * 43 + "=\n", "\n1\n" + "A" * 43 + "=\n",
     "a\n1\n" + "A" * 42 + "B=\n", "a\n1\nAAAA\n", "a\n1\n" + "A" * 43 + "=\n\n", "a\n１\n" + "A" * 43 + "=\n",
     "a\n1\n" + "A" * 43 + "="],
)  # fmt: skip
def test_malformed_checkpoints_are_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "key, says",
    [("a+b", "名称"), (GO_PUBLIC.replace("c74f20a3", "c74f20a4"), "编号"), ("a b" + GO_PUBLIC[12:], "空白"),
     (GO_PUBLIC[:-4], "公钥长"), (GO_PUBLIC.replace("+ARpc", "+Bhpc"), "不支持"), (GO_PUBLIC + "*", "base64")],
)  # fmt: skip
def test_malformed_keys_are_refused_with_the_reason(key: str, says: str) -> None:
    with pytest.raises(BadNote, match=says):
        Verifier.parse(key)


@pytest.mark.parametrize(
    "note", ["no signature\n", "x\n\n— a", "x\n\n- a AAAAAAA=\n", "x\t\n\n— a AAAAAAA=\n", "x\n\n— a AAAA\n", "x\n\n\n"]
)
def test_malformed_notes_are_refused(note: str) -> None:
    with pytest.raises(BadNote):
        Note.parse(note)
