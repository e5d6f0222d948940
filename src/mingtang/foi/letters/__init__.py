"""The letters of requests: written from facts and rules, checked before sealing, set as PDF and docx.

This module is the `Letterpress` that the actions use (see `mingtang.foi.letterpress`). A letter's content has `title`,
`addressee`, `paragraphs`, `schedule` (rows of cells, the heads first; bound in under the first attachment's name) and
`attachments` (names). What a person must fill in stands as 〔待填：…〕.
"""

from mingtang.foi.facts import LetterFacts
from mingtang.foi.letterpress import Content
from mingtang.foi.letters import checking, notices, replies, setting


def draft(facts: LetterFacts) -> Content:
    """The letter in words."""
    write = notices.WRITERS.get(facts.kind)
    return write(facts) if write else replies.reply(facts)


def problems(facts: LetterFacts, content: Content) -> list[str]:
    """Every reason not to seal the letter as it stands."""
    return [*checking.problems(facts, content), *setting.unset(facts, content)]


def pdf(facts: LetterFacts, content: Content) -> bytes:
    """The letter as PDF/A; PressError when it cannot be set."""
    from django.conf import settings

    from mingtang.press import fonts, typesetting

    document = setting.document(facts, content)
    return typesetting.pdf(document, moment=setting.moment(facts), fonts=fonts.find(settings.FONT_FOLDERS))


def docx(facts: LetterFacts, content: Content) -> bytes:
    """The letter as an office file."""
    from mingtang.press import word

    return word.docx(setting.document(facts, content), moment=setting.moment(facts))
