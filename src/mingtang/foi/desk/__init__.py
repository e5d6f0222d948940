"""The desk screens of disclosure on request: the clock board, one request, its letters, redaction, what follows."""
