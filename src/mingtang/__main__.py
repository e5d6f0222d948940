"""`python -m mingtang`: the same as the command `mingtang`."""

from mingtang.cli import main

main()
