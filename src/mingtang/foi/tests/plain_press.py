"""A letterpress for tests of actions: writes one line for each fact and sets nothing."""

from mingtang.foi.facts import LetterFacts
from mingtang.foi.letterpress import Content


class PlainPress:
    """Letters without art."""

    def draft(self, facts: LetterFacts) -> Content:
        return {
            "title": facts.kind,
            "addressee": facts.party.identity.name if facts.party else facts.applicant.name,
            "paragraphs": [f"{thing.order} {thing.ground} {thing.explanation}" for thing in facts.things],
        }

    def problems(self, facts: LetterFacts, content: Content) -> tuple[str, ...]:
        return ("正文是空的。",) if not content["paragraphs"] else ()

    def pdf(self, facts: LetterFacts, content: Content) -> bytes:
        return f"%PDF-1.7 {facts.number} {content}".encode()

    def docx(self, facts: LetterFacts, content: Content) -> bytes:
        return f"PK {facts.number} {content}".encode()
