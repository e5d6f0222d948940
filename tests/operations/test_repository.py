"""No secret is in the repository, and none is written where it could be read."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: What keys look like: PEM blocks, tokens of known services, long random assignments to telling names.
KEYS = [
    re.compile(rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    re.compile(rb"\b(?:ghp|gho|ghs|github_pat)_[A-Za-z0-9_]{20,}"),
    re.compile(rb"\bAKIA[0-9A-Z]{16}\b"),
    re.compile(rb"\bxox[baprs]-[A-Za-z0-9-]{10,}"),
    re.compile(
        rb"(?i)\b(?:secret_key|api_key|access_token|auth_token|private_key)\s*=\s*['\"][A-Za-z0-9+/_\-]{20,}['\"]"
    ),
    re.compile(rb"://[\w.-]+:[!-~]{6,40}?@(?!127\.0\.0\.1)"),
]
KEY_FILES = re.compile(r"(\.key|\.pem|\.p12|\.pfx|\.sqlite3|/id_rsa|/id_ed25519|demo-accounts\.json|(^|/)\.env)$")


def tracked() -> list[Path]:
    """Every file that git keeps."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in done.stdout.decode().split("\0") if name]


def test_no_file_that_holds_keys_is_kept() -> None:
    assert [str(place) for place in tracked() if KEY_FILES.search(place.as_posix())] == []


def test_nothing_that_looks_like_a_key_is_kept() -> None:
    found: list[str] = []
    for place in tracked():
        if place.is_file() and place != Path(__file__):
            content = place.read_bytes()
            found += [
                f"{place.relative_to(ROOT)}: {match[0][:60]!r}" for key in KEYS for match in key.finditer(content)
            ]
    assert found == []


def test_the_search_would_find_one() -> None:
    samples = [b"-----BEGIN RSA " + b"PRIVATE KEY-----", b'SECRET_KEY = "' + b"a1B2" * 8 + b'"']
    assert all(any(key.search(sample) for key in KEYS) for sample in samples)


def test_instances_are_ignored_by_git() -> None:
    done = subprocess.run(["git", "check-ignore", "-q", "var/secret.key"], cwd=ROOT, check=False)
    assert done.returncode == 0
