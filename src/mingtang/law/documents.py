"""Numbers that official documents and bodies carry, and whether they are well formed."""

CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code_is_valid(code: str) -> bool:
    """Whether an 18-character unified social credit code has the right alphabet and check character.

    Source: GB 32100-2015, appendix: weights 3^(i-1) mod 31, check value 31 - sum mod 31.
    """
    if len(code) != 18 or any(character not in CREDIT_CODE_ALPHABET for character in code):
        return False
    total = sum(CREDIT_CODE_ALPHABET.index(c) * w for c, w in zip(code, CREDIT_CODE_WEIGHTS, strict=False))
    return CREDIT_CODE_ALPHABET.index(code[17]) == (31 - total % 31) % 31
