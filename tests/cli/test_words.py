"""The command line answers in Chinese, in whatever language the machine speaks, and says what to mend."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("mingtang")
#: Words that are names on a command line, not language: commands, options, formats, metavariables.
NAMES = re.compile(r"--?[a-z-]+|mingtang|[A-Z_]{2,}(?: RANGE)?|\[[^\]]*\]|'[^']*'|\b(?:json|xlsx|text)\b")
ENGLISH = re.compile(r"[A-Za-z]{2,}")


def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"LANG": "en_US.UTF-8", "LANGUAGE": "en"} | variables
    environment.pop("DJANGO_SETTINGS_MODULE", None)  # the tests' own, which the command does not know
    return subprocess.run([COMMAND, *words], capture_output=True, text=True, env=environment)


@pytest.mark.parametrize(
    "words",
    [
        ("nosuch",),
        ("ledger", "extract"),
        ("ledger", "extract", "a.txt", "--format", "yaml"),
        ("ledger", "extract", "a.txt", "b.txt"),
        ("demo", "--records", "-1"),
        ("demo", "--records", "many"),
        ("serve", "--prot", "8000"),
        ("backup", "/"),
    ],
)
def test_a_command_that_cannot_be_understood_is_answered_in_chinese(words: tuple[str, ...]):
    answer = run(*words)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert "有误：" in answer.stderr
    told = answer.stderr.partition("有误：")[2].partition("：")[0]
    assert not ENGLISH.search(NAMES.sub("", told)), told


@pytest.mark.parametrize("words", [(), ("ledger",), ("demo",), ("serve",)])
def test_help_has_chinese_headings(words: tuple[str, ...]):
    said = run(*words, "--help").stdout
    assert said.startswith("用法：")
    assert "选项" in said
    assert "显示本说明后退出。" in said


@pytest.mark.parametrize(
    ("variable", "value"),
    [("DATABASE_URL", "nonsense"), ("MINGTANG_UPLOAD_MB", "viel"), ("MINGTANG_HOME", __file__)],
)
def test_an_environment_that_cannot_be_used_is_told_in_one_line(variable: str, value: str, tmp_path: Path):
    answer = run("doctor", **({"MINGTANG_HOME": str(tmp_path / "home"), "DATABASE_URL": ""} | {variable: value}))
    assert answer.returncode == 2
    assert answer.stderr.startswith(f"{variable}：")
    assert answer.stderr.count("\n") == 1
