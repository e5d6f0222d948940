"""The public face: every page type, live and baked, and the swap of releases."""
