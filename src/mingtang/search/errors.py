"""What can go wrong in search.

SearchError
├── IndexMissing      there is no index yet, or none that this version can read
├── IndexBusy         somebody else is writing to the index or building it
└── SynonymsRefused   a group of synonyms that cannot be kept
"""


class SearchError(Exception):
    """Base of the family; the message is a Chinese line for people."""


class IndexMissing(SearchError):
    """There is no index that can be read; the mend is to build it."""


class IndexBusy(SearchError):
    """The index is being written by another process for too long."""


class SynonymsRefused(SearchError):
    """A group of synonyms is not in order."""
