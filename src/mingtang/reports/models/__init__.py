"""The nouns of annual reports: the report and its texts, its numbers, what became of its problems, who was chased."""

from mingtang.reports.models.files import MadeFile
from mingtang.reports.models.follow import Chase, FollowUp, Problem, Reminder
from mingtang.reports.models.numbers import Correction, Exclusion, Import, ImportedNumber, Inclusion
from mingtang.reports.models.report import AnnualReport, Remark, Text, Version

__all__ = [
    "AnnualReport",
    "Chase",
    "Correction",
    "Exclusion",
    "FollowUp",
    "Import",
    "ImportedNumber",
    "Inclusion",
    "MadeFile",
    "Problem",
    "Remark",
    "Reminder",
    "Text",
    "Version",
]
