"""What the public sees of the library: lists, one document with its life, the library on any day, files."""
