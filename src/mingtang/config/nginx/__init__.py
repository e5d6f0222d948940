"""The nginx configuration of this installation: made of its settings, its addresses and its middlewares."""

from mingtang.config.nginx.making import CannotConfigure, Wishes, make
from mingtang.config.nginx.program import Program, installed

__all__ = ["CannotConfigure", "Program", "Wishes", "installed", "make"]
