"""Running and securing an installation, proved on real processes where that matters."""
