"""The attachments that a document names: 附件：1.某某表 2.某某清单."""

import re

from mingtang.text.cleaning import fold

_LIST = re.compile(r"^附\s?件?\s?[:]\s?(?=.)")
_NEXT = re.compile(r"(?<!\d)(\d{1,2})\s?[.、．]\s?(?=\D)")


def attachments_of(text: str) -> tuple[str, ...]:
    """The names in the list of attachments, in order; () where there is none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for at, line in enumerate(lines):
        match = _LIST.match(fold(line))
        if match is None or len(line) > 300:
            continue
        words = line[match.end() :]
        names = _split(words)
        for following in lines[at + 1 : at + 30]:
            numbered = _NEXT.match(fold(following))
            if numbered is None or int(numbered.group(1)) != len(names) + 1 or len(following) > 120:
                break
            names.extend(_split(following))
        return tuple(name for name in names if name)
    return ()


def _split(words: str) -> list[str]:
    """One name, or several that are numbered in one line."""
    folded = fold(words)
    starts = list(_NEXT.finditer(folded))
    if not starts:
        return [words.strip("。；; ")]
    return [
        words[match.end() : following.start() if following else len(words)].strip("。；; 　")
        for match, following in zip(starts, [*starts[1:], None], strict=True)
    ]
