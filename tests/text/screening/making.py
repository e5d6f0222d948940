"""Numbers that pass their own checks and belong to nobody: made here, never written down."""

import random

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity_number(seed: int, area: str = "110101") -> str:
    """Eighteen characters with a right check digit, by ISO 7064 MOD 11-2 reckoned in another way than ours."""
    rng = random.Random(seed)
    body = f"{area}{rng.randint(1930, 2015)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{rng.randint(1, 999):03d}"
    remainder = 0
    for digit in body:
        remainder = (remainder + int(digit)) * 2 % 11
    return body + "X" * ((12 - remainder) % 11 == 10) + str((12 - remainder) % 11) * ((12 - remainder) % 11 != 10)


def card(seed: int, length: int = 19) -> str:
    """A card number that starts with 62 and ends with its Luhn digit."""
    rng = random.Random(seed)
    body = "62" + "".join(str(rng.randint(0, 9)) for _ in range(length - 3))
    doubled = [int(d) * 2 if place % 2 == 0 else int(d) for place, d in enumerate(reversed(body))]
    return body + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def mobile(seed: int) -> str:
    rng = random.Random(seed)
    return f"1{rng.choice('3456789')}{rng.randint(10**8, 10**9 - 1)}"


def full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char.isascii() and char.isalnum() else char for char in text)


__all__ = ["card", "full_width", "identity_number", "mobile"]
