"""The desk's screens of this room: bodies and groups, people and posts, accounts."""
