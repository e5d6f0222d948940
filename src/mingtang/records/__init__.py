"""What: the unified information resource base; a `Record` is anything put before the public."""
