"""The annual report: its tables read from any form, and everything about it that can be checked."""

from mingtang.law.annual.checking import check, check_across, pairs_over_years
from mingtang.law.annual.finding import CODES, Finding, Severity
from mingtang.law.annual.report import Passage, Report, report_of
from mingtang.law.annual.tables import Tables

__all__ = [
    "CODES",
    "Finding",
    "Passage",
    "Report",
    "Severity",
    "Tables",
    "check",
    "check_across",
    "pairs_over_years",
    "report_of",
]
