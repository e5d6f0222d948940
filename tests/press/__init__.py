"""What the press room must hold: the files it writes open as files and read as they should."""
