"""What the type checker cannot read out of Wagtail: `register` without a function is a decorator, never None."""

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

def register(hook_name: str, *, order: int = 0) -> Callable[[Function], Function]: ...
def get_hooks(hook_name: str) -> list[Callable[..., Any]]: ...
