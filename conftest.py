"""Fixtures that every room's tests may ask for; each plugin says what it gives."""

pytest_plugins = [
    "tests.cases",
    "tests.county",
    "tests.servers.postgres",
    "tests.servers.chromium",
    "tests.servers.templates",
    "tests.servers.demo",
]
