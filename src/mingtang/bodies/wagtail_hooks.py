"""What this room adds to the desk: the menu group 机构与人员, and who may see and change which row."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from mingtang.bodies.desk.bodies import BodyScreens, GroupScreens
from mingtang.bodies.desk.people import AccountScreens, PersonScreens, PostScreens
from mingtang.bodies.models import Body, Group, Person, Post, User
from mingtang.bodies.policy import MayPolicy

# No `delete` anywhere: bodies are closed, posts end, accounts are switched off.
register_permission_policy(Body, MayPolicy(Body, body="", view="bodies.view", add="bodies.edit", change="bodies.edit"))
register_permission_policy(
    Group, MayPolicy(Group, body=None, view="bodies.view", add="bodies.edit", change="bodies.edit")
)
ACCOUNTS = {"view": "bodies.accounts", "add": "bodies.accounts", "change": "bodies.accounts"}
register_permission_policy(Person, MayPolicy(Person, body=None, **ACCOUNTS))
register_permission_policy(Post, MayPolicy(Post, **ACCOUNTS))
# Takes the place of the policy by Django's own permissions, which Wagtail registers for the user model.
register_permission_policy(User, MayPolicy(User, body=None, **ACCOUNTS))


class BodiesGroup(ModelViewSetGroup):
    """机构与人员."""

    menu_label = _("机构与人员")
    menu_name = "bodies-menu"
    menu_icon = "group"
    menu_order = 300
    items = (BodyScreens, GroupScreens, PersonScreens, PostScreens, AccountScreens)


@hooks.register("register_admin_viewset")
def screens() -> BodiesGroup:
    """The screens and their menu."""
    return BodiesGroup()
