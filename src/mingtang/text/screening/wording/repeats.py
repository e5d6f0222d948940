"""Words and phrases that stand twice by mistake."""

import re
from collections.abc import Iterator

from mingtang.text.screening.finding import Finding
from mingtang.text.screening.sieve import Sieve, Sought

_DOUBLED = re.compile(
    r"(?<![目标有的])的的(?![确士])|(?<!为)了了(?![解结])|把把(?!关)|被被|与与|(?<![普共])及及|(?<!方)向向|(?<!共)和和(?![美气睦平])|从从(?!容)"
    r"|(?<![存现正所内实潜])在在|(?<!自)由由(?!于)|(?<![成作行认])为为|(?<!对)于于|等等等|并并|或或|(?<!以)将将"
    r"|《《|》》|。。(?!。)|，，|、、|；；|：：|？？|“““|”””|（（(?!\d)|））"
)
#: What may follow a phrase that stands twice.
_PHRASE_TWICE = re.compile(r"([一-龥]{3,8})\1")
SOUGHT = (
    Sought(
        "doubled",
        _DOUBLED,
        (
            "的的",
            "了了",
            "把把",
            "被被",
            "与与",
            "及及",
            "向向",
            "和和",
            "从从",
            "在在",
            "由由",
            "为为",
            "于于",
            "等等等",
            "并并",
            "或或",
            "将将",
            "《《",
            "》》",
            "。。",
            "，，",
            "、、",
            "；；",
            "：：",
            "？？",
            "“““",
            "”””",
            "（（",
            "））",
        ),
    ),
)
_SIEVE = Sieve(SOUGHT)


def repeats(text: str) -> Iterator[Finding]:
    """Doubled characters and marks, and phrases written twice in a row."""
    for _, match in _SIEVE.matches(text):
        around = text[max(0, match.start() - 8) : match.end() + 8].replace("\n", " ")
        yield Finding(
            "doubled", "wording", "warn", match.start(), match.end(), around,
            f"“{match.group()}”重复，请删去一个。", (), match.group()[0],
        )  # fmt: skip
    for match in _PHRASE_TWICE.finditer(text):
        if len(set(match.group(1))) > 1:
            yield Finding(
                "doubled", "wording", "warn", match.start(), match.end(), match.group(),
                f"“{match.group(1)}”连写了两遍，请删去一遍。", (), match.group(1),
            )  # fmt: skip
