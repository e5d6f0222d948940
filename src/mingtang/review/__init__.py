"""May it go out: gates and levels, automatic findings and signatures by named people."""
