"""The verbs of this room: the only code that writes bodies, groups, people, posts and accounts.

Each takes the actor (a user, or `system:…`) and the moment, asks `permissions.require`, writes in one transaction and
records an event. They raise the errors of `bodies.errors`.
"""

from mingtang.bodies.actions.accounts import activate_account, deactivate_account, open_account, reset_password
from mingtang.bodies.actions.bodies import add_alias, close_body, create_body, edit_body, remove_alias
from mingtang.bodies.actions.groups import expand_group, save_group
from mingtang.bodies.actions.people import add_person, edit_person, end_post, hold_post

__all__ = [
    "activate_account",
    "add_alias",
    "add_person",
    "close_body",
    "create_body",
    "deactivate_account",
    "edit_body",
    "edit_person",
    "end_post",
    "expand_group",
    "hold_post",
    "open_account",
    "remove_alias",
    "reset_password",
    "save_group",
]
