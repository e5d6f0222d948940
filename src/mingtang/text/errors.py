"""What can be wrong with a file that is to be read as official text.

TextError
├── UnreadableFile      cannot be opened, empty, too large, encrypted, broken, of another kind
│   └── NoTextLayer     a scan or a picture: text recognition may read it
└── NotANotice          read well, but nothing in it binds anybody
"""


class TextError(Exception):
    """A problem told in one Chinese line that ends with the mend."""


class UnreadableFile(TextError):
    """The file gives no text: missing, empty, too large, encrypted, broken, scanned, or of a kind not read."""


class NoTextLayer(UnreadableFile):
    """The file is a scan or a picture; who wants it read all the same asks for text recognition."""


class NotANotice(TextError):
    """The text is not a notice that assigns work."""
