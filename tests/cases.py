"""Where the shared cases lie: real documents that tests may read but that are never copied into the repository."""

import os
from pathlib import Path

import pytest

BESIDE_THE_REPOSITORY = Path(__file__).resolve().parents[2] / "shared" / "cases"


@pytest.fixture(scope="session")
def cases() -> Path:
    """The folder of shared cases (`MINGTANG_CASES`, else beside the repository); skips with the reason when absent."""
    folder = Path(os.environ.get("MINGTANG_CASES") or BESIDE_THE_REPOSITORY)
    if not folder.is_dir():
        pytest.skip(f"没有共用案例文件夹 {folder}：用 MINGTANG_CASES 指明其位置")
    return folder
