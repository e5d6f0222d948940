"""The secret by which an applicant follows a request: long enough not to be guessed, kept only as a keyed digest."""

import secrets

from mingtang.foi import vault
from mingtang.foi.models import Request

#: No letters or digits that are mistaken for each other when read from paper.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS, GROUP = 3, 4


def new() -> str:
    """A secret of 60 random bits, written as XXXX-XXXX-XXXX."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def kept(number: str, secret: str) -> str:
    """What is stored: useless without the key file, and for no other number."""
    plain = "".join(character for character in secret.upper() if character.isalnum())
    return vault.fingerprint(f"{number}\0{plain}", "tracking")


def find(number: str, secret: str) -> Request | None:
    """The request of a number whose secret this is, else None: the same work whether the number exists or not."""
    number = number.strip()[:80]
    request = Request.objects.select_related("body", "unit").filter(number__iexact=number).first()
    given = kept(request.number if request else number, secret[:64])
    expected = request.secret_hash if request else kept(number, "")
    return request if vault.same(given, expected) and request else None
