"""What can go wrong at the door.

SigninError
└── NotAllowed   somebody wants to see or end sessions of another without being the administrator of accounts
"""


class SigninError(Exception):
    """Root of this room's errors; the message is Chinese."""


class NotAllowed(SigninError):
    """Only one's own sessions, unless one administers accounts."""
