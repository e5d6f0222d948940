"""The back office: what must be done today, menus and row permissions over Wagtail."""
