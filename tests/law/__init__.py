"""What the law room must hold: each file proves one part, the tables beside them can be read by a lawyer."""
