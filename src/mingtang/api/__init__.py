"""The public read-only API: what the rooms registered in `trace.endpoints`, served, limited and documented."""
