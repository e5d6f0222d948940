"""A site of Wagtail pages that wagtail-bakery bakes: the peer of the benchmark `bakery`.

Its file library asks setuptools for `pkg_resources`, which setuptools no longer has: the two functions it calls are
given here by the standard library.
"""

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType


def _entry_points(group: str, name: str | None = None) -> Iterator[EntryPoint]:
    return (each for each in entry_points(group=group) if name is None or each.name == name)


_shim = ModuleType("pkg_resources")
_shim.__dict__.update(declare_namespace=lambda _name: None, iter_entry_points=_entry_points)
sys.modules.setdefault("pkg_resources", _shim)
