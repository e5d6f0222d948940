"""A site of Wagtail pages that wagtail-bakery bakes: the peer of the benchmark `bakery`."""
