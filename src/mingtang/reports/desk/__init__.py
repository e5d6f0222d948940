"""The desk screens of annual reports."""
