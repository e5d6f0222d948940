"""Which role may do which verb of the ledger, and how far: the whole table."""

import pytest

from mingtang.bodies.models import Role
from mingtang.bodies.permissions import Scope, declared

ROLES = (
    Role.PUBLISHER, Role.REVIEWER, Role.APPROVER, Role.OFFICE, Role.POLICY_OFFICER, Role.REQUEST_HANDLER,
    Role.MESSAGE_HANDLER, Role.AUDITOR, Role.ADMIN,
)  # fmt: skip
#: A column for each of `ROLES`: own body, branch, all, or nothing.
TABLE = {
    "ledger.view": "O O B A O O O A -",
    "ledger.import": "- - - A - - - - -",
    "ledger.correct": "- - - A - - - - -",
    "ledger.issue": "- - - A - - - - -",
    "ledger.chase": "- - - A - - - - -",
    "ledger.decide": "- - - A - - - - -",
    "ledger.accept": "O - O - - - - - -",
    "ledger.report": "O - O - - - - - -",
    "ledger.postpone": "O - O - - - - - -",
    "ledger.evidence": "O - O A - - - - -",
    "ledger.complete": "O - O A - - - - -",
    "ledger.reopen": "- - O A - - - - -",
}
REACH = {"O": Scope.OWN, "B": Scope.BRANCH, "A": Scope.ALL, "-": None}


@pytest.mark.parametrize("name", TABLE)
def test_each_role_reaches_as_far_as_the_table_says(name: str) -> None:
    verb = next(verb for verb in declared() if verb.name == name)
    assert [verb.grants.get(role) for role in ROLES] == [REACH[mark] for mark in TABLE[name].split()]


def test_the_table_names_every_verb_of_the_room() -> None:
    assert set(TABLE) == {verb.name for verb in declared() if verb.name.startswith("ledger.")}
