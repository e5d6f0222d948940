"""The baker: every public page to a file, swapped in as one release.

A folder `OUT` holds `releases/<id>/` (each a whole site with its `release.json`), `current` (a symbolic link to the
one that is served) and `.lock`. A release becomes visible by one rename of `current`; until then, and whatever stops
the baker before, readers see the former one.
"""

from mingtang.portal.bake.baker import Baked, bake
from mingtang.portal.bake.errors import BakeFailed, BakeRefused, BakeRunning

__all__ = ["BakeFailed", "BakeRefused", "BakeRunning", "Baked", "bake"]
