"""Ours and a peer in one run, with the ratio."""
