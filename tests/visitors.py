"""Every test is a visitor whom nobody has seen before: what others asked and sent does not count against it."""

import pytest
from django.conf import settings

from mingtang.trace import limits


@pytest.fixture(autouse=True)
def never_seen_before() -> None:
    """Forget all counts of this process's instance folder."""
    if settings.LIMITS_FILE.exists():
        limits.forget()
