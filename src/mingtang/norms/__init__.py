"""The library of normative documents: what each is worth on any day, the acts on it, and the clean-up of the stock."""
