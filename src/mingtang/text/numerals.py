"""Chinese numerals in official text: 十二 ↔ 12, 二〇二一 → 2021, ③ → 3."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "O": 0,
    "o": 0,
    "0": 0,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_WRITTEN = "零一二三四五六七八九"

#: the characters a counting numeral (一百二十三) is written with, for character classes
COUNTING = "零〇一二两三四五六七八九十百"
#: the characters a year or date in Chinese numerals is written with
YEAR_DIGITS = "零〇○ＯOo0一二三四五六七八九"


def to_int(numeral: str) -> int | None:
    """The value of an Arabic or counting numeral (12, １２, 十二, 一百零三, 廿 is not used); None if it is none."""
    if not numeral:
        return None
    if numeral.isdecimal():
        return int(numeral)
    total, digit, seen_digit = 0, 0, False
    smallest = 10000
    for char in numeral:
        if char in _UNITS:
            unit = _UNITS[char]
            if unit >= smallest or (not seen_digit and char != "十"):
                return None
            total += (digit if seen_digit else 1) * unit
            smallest, digit, seen_digit = unit, 0, False
        elif char in _DIGITS:
            if seen_digit and digit:
                return None
            digit, seen_digit = _DIGITS[char], True
        else:
            return None
    total += digit
    return total or None


def to_chinese(value: int) -> str:
    """The counting numeral of 1–999 as headings write it: 10 → 十, 12 → 十二, 103 → 一百零三."""
    if not 1 <= value <= 999:
        raise ValueError(f"{value} 不在 1–999 之间")
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_WRITTEN[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_WRITTEN[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_WRITTEN[ones] if ones else "")


def year_from(digits: str) -> int | None:
    """The year written digit by digit (二〇二一, 二O二一, 2021); None unless it has four digits."""
    if len(digits) != 4:
        return None
    value = 0
    for char in digits:
        digit = int(char) if char.isdecimal() else _DIGITS.get(char)
        if digit is None:
            return None
        value = value * 10 + digit
    return value


_ENCLOSED = (
    ("①", 20, "①"),
    ("❶", 10, "①"),
    ("⑴", 20, "(1)"),
    ("⒈", 20, "1."),
    ("㈠", 10, "(一)"),
)


def enclosed(char: str) -> tuple[int, str] | None:
    """The number in a character such as ③, ⑶, ⒊ or ㈢, and the shape of its kind (①, (1), 1., (一)); else None."""
    for first, count, shape in _ENCLOSED:
        value = ord(char) - ord(first) + 1
        if 1 <= value <= count:
            return value, shape
    return None
