"""What the guard takes and refuses."""
