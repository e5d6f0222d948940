"""The library's screens at the desk: the list, one document, acts, clean-ups, warnings."""
