"""Setting type and writing office files: plain values in, a file out."""
