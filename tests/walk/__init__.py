"""Walks through the whole product in a real browser, as its users would go."""
