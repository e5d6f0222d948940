"""What may go out of a file, and the safe copies."""
