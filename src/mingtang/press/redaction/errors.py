"""What can go wrong when a PDF is redacted.

RedactionError
├── Unreadable     the PDF does not open
├── NotOnPage      an area or span that lies on no page, or a span outside its page's text
└── NotRemoved     after all means something of what was to go could still be read: nothing is given out
"""


class RedactionError(Exception):
    """A problem told in one Chinese line that ends with the mend."""


class Unreadable(RedactionError):
    """The PDF is damaged or locked."""


class NotOnPage(RedactionError):
    """An area or a span does not lie on a page of the file."""


class NotRemoved(RedactionError):
    """The proof after redaction failed."""


class Unworkable(Exception):
    """A page whose content cannot be taken apart surely and becomes a picture; never leaves the package."""
