"""The work ledger: a notice becomes tasks, tasks become obligations of bodies, work becomes evidence."""
