"""What is really in a file."""
