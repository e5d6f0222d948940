"""The baker: every public page to a file, swapped in as one release.

A folder `OUT` holds `releases/<id>/` (each a whole site with its signed manifest), `current` (a symbolic link to the
one that is served), `store/` (a copy of every content, to mend from), `book.sqlite3` (what was made from what) and
`.lock`. A release becomes visible by one rename of `current`; until then, and whatever stops the baker before, readers
see the former one.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mingtang.portal.bake.baked import Baked
    from mingtang.portal.bake.baker import bake
    from mingtang.portal.bake.errors import BakeFailed, BakeRefused, BakeRunning

__all__ = ["BakeFailed", "BakeRefused", "BakeRunning", "Baked", "bake"]


def __getattr__(name: str) -> Any:
    """Import what is asked for: to verify a site takes neither Django nor a database, to bake one does."""
    if name not in __all__:
        raise AttributeError(name)
    from mingtang.portal.bake import errors
    from mingtang.portal.bake.baked import Baked
    from mingtang.portal.bake.baker import bake

    return {"Baked": Baked, "bake": bake}.get(name) or getattr(errors, name)
