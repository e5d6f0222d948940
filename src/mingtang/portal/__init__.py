"""The public face: base templates, navigation, live pages and the baker."""
