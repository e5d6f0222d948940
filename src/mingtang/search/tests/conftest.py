"""Fixtures of the room: an index of its own for each test, by either engine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from mingtang.search import feeding


@pytest.fixture(params=["local", "postgres"])
def fresh_index(request: pytest.FixtureRequest, settings: Any, tmp_path: Path, db: None) -> Iterator[None]:
    """An installation without an index, whose engine is each of the two in turn."""
    if request.param == "postgres" and connection.vendor != "postgresql":
        pytest.skip("PostgreSQL 引擎在 PostgreSQL 的一遍测试里检验")
    settings.SEARCH_ENGINE = request.param
    settings.SEARCH_ROOT = tmp_path / "index"
    yield
    feeding._opened.clear()
