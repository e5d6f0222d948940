"""The demo: a banner that does not exist, filled by the product's own acts so that everything can be tried at once."""
