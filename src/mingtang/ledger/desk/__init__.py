"""The desk screens of the ledger: import, draft, duties, evidence."""
