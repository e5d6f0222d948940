"""Bringing in what exists: a folder read, a sheet for people to correct, the corrected documents taken in.

`folder`, `sheet` and `doubts` need no installation; `intake` and `committing` write to the library.
"""
