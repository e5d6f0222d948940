"""The public API: what it answers, what it refuses, what its document promises."""
