"""The nouns of disclosure on request."""

from mingtang.foi.models.after import Archive, CalendarSeen, Proposal, Remedy, RemedyStage, Reminder
from mingtang.foi.models.draft import Draft, DraftFile
from mingtang.foi.models.feed import CalendarFeed
from mingtang.foi.models.files import FOR_APPLICANT, File, FileKind
from mingtang.foi.models.letter import REPLIES, TO_OTHERS, Delivery, Letter, LetterKind
from mingtang.foi.models.request import (
    MERGED,
    OPEN_STATES,
    Applicant,
    Asked,
    Campaign,
    Counter,
    Handover,
    Provision,
    Request,
    Step,
)
from mingtang.foi.models.work import Extension, Fee, Opinion, Party, Search

__all__ = [
    "FOR_APPLICANT",
    "MERGED",
    "OPEN_STATES",
    "REPLIES",
    "TO_OTHERS",
    "Applicant",
    "Archive",
    "Asked",
    "CalendarFeed",
    "CalendarSeen",
    "Campaign",
    "Counter",
    "Delivery",
    "Draft",
    "DraftFile",
    "Extension",
    "Fee",
    "File",
    "FileKind",
    "Handover",
    "Letter",
    "LetterKind",
    "Opinion",
    "Party",
    "Proposal",
    "Provision",
    "Remedy",
    "RemedyStage",
    "Reminder",
    "Request",
    "Search",
    "Step",
]
