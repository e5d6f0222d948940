"""Disclosure on request (依申请公开): from the letter that asks to the file in the archive."""
