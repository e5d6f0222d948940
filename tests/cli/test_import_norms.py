"""`mingtang import norms FOLDER --dry-run`: needs no instance, writes nothing, gives the promised JSON."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from mingtang.cli import mingtang
from tests.text.norms.test_reading import HEAD, RULE, TAIL


def run(*arguments: str) -> Result:
    return CliRunner().invoke(mingtang, ["import", "norms", *arguments])


def test_the_json_names_each_document_and_its_fields(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RULE)
    (tmp_path / "b.txt").write_text(HEAD + "经清理，继续有效3件，废止2件。" + TAIL)
    result = run(str(tmp_path), "--dry-run", "--format", "json")
    assert result.exit_code == 0
    norm, cleanup = json.loads(result.stdout)["documents"]
    assert set(norm) == {
        "file", "kind", "title", "document_number", "issuer", "made_on", "published_on", "effective_on", "expires_on",
        "index_number", "articles", "repeals", "cleanup", "problems", "amends", "attachments", "decides", "confidence",
    }  # fmt: skip
    assert (norm["kind"], norm["effective_on"], norm["articles"]) == ("norm", "2022-04-20", 4)
    assert cleanup["cleanup"] == {"valid": 3, "lapsed": 0, "repealed": 2, "amended": 0}


def test_something_to_look_at_ends_with_one_and_an_unreadable_file_with_two(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RULE.replace("云政规发〔2022〕3号\n", "", 1))
    assert run(str(tmp_path), "--dry-run").exit_code == 1
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04broken")
    result = run(str(tmp_path), "--dry-run")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "b.docx" in result.stderr


def test_a_folder_without_documents_and_a_file_are_refused(tmp_path: Path) -> None:
    assert run(str(tmp_path), "--dry-run").exit_code == 2
    (tmp_path / "a.txt").write_text(RULE)
    assert "不是文件夹" in run(str(tmp_path / "a.txt"), "--dry-run").stderr
