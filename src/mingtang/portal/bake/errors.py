"""Why a bake did not happen; the former site stays as it was in every case.

BakeError
├── BakeRunning   another bake holds the folder
├── BakeRefused   the folder is not one that may be baked into
└── BakeFailed    a page could not be made, or a file could not be written
"""


class BakeError(Exception):
    """Root of the baker's errors; the message is a Chinese line with the mend."""


class BakeRunning(BakeError):
    """Somebody else is baking into the same folder at this moment."""


class BakeRefused(BakeError):
    """The folder holds something that the baker did not put there."""


class BakeFailed(BakeError):
    """The new release could not be finished and was thrown away."""
