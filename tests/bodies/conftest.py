"""The small county of the room's own tests."""

from mingtang.bodies.tests.conftest import admin, county

__all__ = ["admin", "county"]
