"""The acts of a request's page: each a form named as the action it calls."""

from mingtang.foi.desk.acts import arriving, asking, closing, deciding
from mingtang.foi.desk.acts.base import ActForm

#: Acts on the whole request, in the order in which they are offered.
ON_REQUEST: dict[str, type[ActForm]] = {
    form.name: form
    for form in (
        arriving.Confirm, arriving.Register, arriving.Assign, asking.AskCorrection, asking.ReceiveCorrection,
        asking.AskThirdParty, asking.AskBody, deciding.Search, deciding.GiveOpinion, asking.AskExtension,
        deciding.DraftReply, deciding.Transfer, asking.AskReasons, asking.GiveReasons, asking.Postpone,
        asking.NotifyFee, asking.Pay, closing.CloseAbandoned, closing.Archive, deciding.KeepFile, arriving.Receipt,
        arriving.Merge, arriving.MergeInto, closing.Withdraw, closing.NewSecret,
        closing.OpenRemedy,
    )
}  # fmt: skip
#: Acts on a part of it: the name of the part's relation to the request, and the forms.
ON_PART: dict[str, tuple[type[ActForm], ...]] = {
    "asked": (deciding.Decide, arriving.Split),
    "parties": (asking.Answer, asking.NoteSilence, asking.TellOverruled),
    "extensions": (asking.DecideExtension,),
    "remedies": (closing.AdvanceRemedy, closing.ConcludeRemedy),
    "steps": (closing.VoidStep,),
}

__all__ = ["ON_PART", "ON_REQUEST", "ActForm"]
