"""Tests that cross rooms, and the servers that tests use; a room's own tests stand beside it."""
