"""Where a date opens into its count: one room counts days in public, and every room's dates link to that view.

A date that somebody must keep to is shown with how many working days are left; behind it stands the count, day by day
with holidays named. Which room makes that view is nothing that others need to know.
"""

from collections.abc import Callable
from datetime import date

#: The address of the count of the days after one day up to and with another.
Maker = Callable[[date, date], str]

_makers: list[Maker] = []


def register(maker: Maker) -> None:
    """Say how the address of a count is made (from `AppConfig.ready`); a second maker is a programming error."""
    if _makers:
        raise ValueError("the view of counts is registered twice")
    _makers.append(maker)


def address(start: date, due: date) -> str:
    """Where the days after `start` up to and with `due` are counted out; "" where no room does so or they are one."""
    return _makers[0](start, due) if _makers and start != due else ""
