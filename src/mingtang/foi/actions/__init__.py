"""The verbs of disclosure on request: the only code that writes it.

Each takes the actor and the moment, asks who may, writes in one transaction and records an event. They raise the
errors of `foi.errors` and `bodies.errors.NotPermitted`. The law's clock refuses what cannot follow.
"""

from mingtang.foi.actions.archive import archive
from mingtang.foi.actions.ask import (
    answer,
    ask_body,
    ask_third_party,
    may_be_overruled,
    note_silence,
    passed_on,
    tell_overruled,
)
from mingtang.foi.actions.assign import assign
from mingtang.foi.actions.correct import ask_correction, receive_correction
from mingtang.foi.actions.deliver import confirm_delivery, deliver
from mingtang.foi.actions.end import close_abandoned, merge_into, withdraw
from mingtang.foi.actions.extend import ask_extension, decide_extension
from mingtang.foi.actions.fee import notify_fee, pay
from mingtang.foi.actions.feed import close_feed, open_feed
from mingtang.foi.actions.fetch import Fetched, fetch
from mingtang.foi.actions.group import Outcome, group, on_many, ungroup
from mingtang.foi.actions.letters import (
    discard_letter,
    draft_amendment,
    draft_receipt,
    may_be_amended,
    redraft,
    save_letter,
)
from mingtang.foi.actions.mass import ask_reasons, give_reasons, postpone
from mingtang.foi.actions.propose import decline, open_record, propose
from mingtang.foi.actions.receive import Received, confirm, new_secret, receive, register
from mingtang.foi.actions.remedy import advance_remedy, conclude_remedy, open_remedy
from mingtang.foi.actions.reveal import reveal, reveal_party
from mingtang.foi.actions.rows import APPLICANT
from mingtang.foi.actions.seal import seal
from mingtang.foi.actions.things import decide, draft_reply, merge, split, transfer
from mingtang.foi.actions.void import void_step
from mingtang.foi.actions.work import give_opinion, keep_file, search
from mingtang.foi.files import Upload

__all__ = [
    "APPLICANT",
    "Fetched",
    "Outcome",
    "Received",
    "Upload",
    "advance_remedy",
    "answer",
    "archive",
    "ask_body",
    "ask_correction",
    "ask_extension",
    "ask_reasons",
    "ask_third_party",
    "assign",
    "close_abandoned",
    "close_feed",
    "conclude_remedy",
    "confirm",
    "confirm_delivery",
    "decide",
    "decide_extension",
    "decline",
    "deliver",
    "discard_letter",
    "draft_amendment",
    "draft_receipt",
    "draft_reply",
    "fetch",
    "give_opinion",
    "give_reasons",
    "group",
    "keep_file",
    "may_be_amended",
    "may_be_overruled",
    "merge",
    "merge_into",
    "new_secret",
    "note_silence",
    "notify_fee",
    "on_many",
    "open_feed",
    "open_record",
    "open_remedy",
    "passed_on",
    "pay",
    "postpone",
    "propose",
    "receive",
    "receive_correction",
    "redraft",
    "register",
    "reveal",
    "reveal_party",
    "save_letter",
    "seal",
    "search",
    "split",
    "tell_overruled",
    "transfer",
    "ungroup",
    "void_step",
    "withdraw",
]
