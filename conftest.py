"""Fixtures that every room's tests may ask for; each plugin says what it gives."""

from hypothesis import settings

# A rule does not fail because the machine is busy: how long an example may take says nothing about it.
settings.register_profile("run", deadline=None)
settings.load_profile("run")

pytest_plugins = [
    "tests.cases",
    "tests.county",
    "tests.servers.postgres",
    "tests.servers.chromium",
    "tests.servers.templates",
    "tests.servers.demo",
    "tests.visitors",
]
