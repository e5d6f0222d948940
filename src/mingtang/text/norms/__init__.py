"""Reading what exists: is a document a normative one, what does it say of itself, what does a clean-up decide."""

from mingtang.text.norms.reading import Cleanup, Kind, NormDraft, read_norm

__all__ = ["Cleanup", "Kind", "NormDraft", "read_norm"]
