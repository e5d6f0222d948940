"""How each file that readers ask for is given out: its type, how long it may be kept, whether it is shown or saved.

The application's own server and the generated nginx configuration both follow these tables. Paths are below the
portal's root, without a leading slash; the transparency log lies below `log/`.
"""

import re
from pathlib import PurePosixPath

from mingtang.portal import assets
from mingtang.records.public_files import FOLDER as FILES
from mingtang.trace.log.tiles import CHECKPOINT

LOG = "log"
#: Folders whose files are named by their content: what a browser has, it may keep.
BY_CONTENT = (assets.FOLDER, FILES)
FOR_EVER = "public, max-age=31536000, immutable"
#: A page may be withdrawn at any moment: whoever kept it asks whether it still is what he has.
ASK_AGAIN = "no-cache"
#: Tiles of the log never change (https://c2sp.org/tlog-tiles); its head does.
TILES = f"{LOG}/tile"

PAGE_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
    ".txt": "text/plain",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".webmanifest": "application/manifest+json",
}
#: Attached files that a browser may show by itself; everything else is offered for saving.
FILE_TYPES = {
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
CHECKPOINT_TYPE = "text/plain"
UNKNOWN_TYPE = "application/octet-stream"
_TEXT = re.compile(r"text/|image/svg\+xml$|application/(?:.+\+)?(?:json|xml)$")


def media_type(path: str) -> str:
    """The type of the file at `path`, with its character set where the file is ours."""
    place = PurePosixPath(path)
    if place.parts[:1] == (FILES,):
        # No character set is said of attached texts: they come as their offices wrote them.
        return FILE_TYPES.get(place.suffix.lower(), UNKNOWN_TYPE)
    if path == f"{LOG}/{CHECKPOINT}":
        return f"{CHECKPOINT_TYPE}; charset=utf-8"
    found = PAGE_TYPES.get(place.suffix.lower(), UNKNOWN_TYPE)
    return f"{found}; charset=utf-8" if is_text(found) else found


def is_text(found: str) -> bool:
    """Whether a type is one of texts, which are in UTF-8."""
    return _TEXT.match(found) is not None


def caching(path: str) -> str:
    """The `Cache-Control` of the file at `path`."""
    kept = path.startswith((*(f"{folder}/" for folder in BY_CONTENT), f"{TILES}/"))
    return FOR_EVER if kept else ASK_AGAIN


def disposition(path: str) -> str | None:
    """The `Content-Disposition` of an attached file, None for everything else; its name is the address's last step."""
    place = PurePosixPath(path)
    if place.parts[:1] != (FILES,):
        return None
    return "inline" if place.suffix.lower() in FILE_TYPES else "attachment"
