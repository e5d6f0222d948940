"""Why a bake did not happen; the former site stays as it was in every case.

BakeError
├── BakeRunning   another bake holds the folder
├── BakeRefused   the folder is not one that may be baked into
├── BakeFailed    a page could not be made, or a file could not be written
├── BadManifest   a list of the manifest is missing, altered, or not signed by a known key
└── BadObject     the store's copy of a content is missing or not what its name says
"""


class BakeError(Exception):
    """Root of the baker's errors; the message is a Chinese line with the mend."""


class BakeRunning(BakeError):
    """Somebody else is baking into the same folder at this moment."""


class BakeRefused(BakeError):
    """The folder holds something that the baker did not put there."""


class BakeFailed(BakeError):
    """The new release could not be finished and was thrown away."""


class BadManifest(BakeError):
    """A file of the manifest that cannot be believed."""

    def __init__(self, path: str, what: str) -> None:
        super().__init__(f"{path}：{what}")
        self.path = path
        self.what = what


class BadObject(BakeError):
    """A copy in the store that cannot serve; nothing is ever made out of it."""

    def __init__(self, sha256: str, what: str) -> None:
        super().__init__(f"副本 {sha256[:16]}… 不可用：{what}。")
        self.sha256 = sha256
