"""A small place with a library of norms that are out."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mingtang.norms import actions
from mingtang.norms.models import Norm
from mingtang.records import actions as records
from tests.county import MORNING, Place

MADE = date(2024, 5, 20)
FORCE = date(2024, 6, 1)
FACTS = {
    "legality_by": "云岭旗司法局（演示）",
    "legality_on": date(2024, 5, 6),
    "legality_number": "云司审〔2024〕1号",
    "decided_at": "旗人民政府常务会议（演示）",
    "decided_on": date(2024, 5, 16),
    "no_comment_reason": "执行上级规定的操作办法（演示）",
}
TEXT = (
    "<p>第一条 为了规范校车管理，制定本办法。</p><p>第二条 校车由专人值守。</p>"
    "<p>第三条 本办法自2024年6月1日起施行。</p>"
)


class Library:
    """Norms of the place, drafted by its publisher, signed at three levels."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.count = 0

    def draft(self, title: str = "", *, actor: Any = None, **fields: Any) -> Norm:
        """A complete draft of the education bureau."""
        self.count += 1
        given = {
            "body": self.place.education,
            "column": self.place.column,
            "topic": "J02",
            "made_on": MADE,
            "effective_on": FORCE,
            "document_number": f"云教规〔2024〕{self.count}号",
            "text": TEXT,
            "moment": MORNING,
        }
        title = title or f"云岭旗校车管理办法之{self.count}（演示）"
        return actions.draft(title=title, actor=actor or self.place.writer, **(given | fields))

    def made(self, norm: Norm, **facts: Any) -> Norm:
        """With how it was made, and its numbers."""
        actions.state_facts(norm, actor=self.place.clerk, moment=MORNING, **(FACTS | facts))
        return actions.register(
            norm,
            registration_number=f"登〔2024〕{norm.pk}号",
            unified_number=f"YLQGF-2024-{norm.pk:04d}",
            registered_on=MADE,
            actor=self.place.clerk,
            moment=MORNING,
        )

    def published(self, title: str = "", *, at: datetime = MORNING, **fields: Any) -> Norm:
        """A norm that is out since `at`."""
        norm = self.made(self.draft(title, **fields))
        # The signatures of review are records' business (see its tests): the installation approves by itself.
        records.approve(norm, actor="system:test", moment=at)
        records.publish(norm, actor="system:test", moment=at)
        return Norm.objects.get(pk=norm.pk)

    def acted(self, norm: Norm, kind: str, day: date, *, days_later: int = 0, **given: Any) -> Any:
        """An act by the office."""
        moment = MORNING + timedelta(days=days_later)
        return actions.act(norm, kind, effective_on=day, actor=self.place.clerk, moment=moment, **given)


@pytest.fixture
def library(place: Place) -> Library:
    """The library above, empty."""
    return Library(place)
