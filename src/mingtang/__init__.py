"""Mingtang 明堂: the open-source platform with which a county-level government keeps its duty to be open."""

__version__ = "0.1.0"
