"""What rules say: legal instruments as data, and the computations beside them.

`law.rule("disclosure-regulation.26")` is a rule with its clause; `law.parameter(…, "within", on=day)` the number that
held on a day. The computations (`calendar`, `publication`, `ledger`, `documents`) return results that carry the rules
they used.
"""

from mingtang.law.rules import Parameter, Rule, Tag, Unit
from mingtang.law.shelf import library, parameter, rule, rules_about

__all__ = ["Parameter", "Rule", "Tag", "Unit", "library", "parameter", "rule", "rules_about"]
