"""Proof: one append-only stream of events, who did what to which thing, when and on what basis."""
