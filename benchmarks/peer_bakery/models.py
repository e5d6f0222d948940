"""A page that says what a record of ours says."""

from typing import Any

from django.db import models
from wagtail.models import Page


class RecordPage(Page):
    """A published text with its head table."""

    index_number = models.CharField(max_length=80)
    document_number = models.CharField(max_length=60)
    body_name = models.CharField(max_length=60)
    made_on = models.CharField(max_length=20)
    text = models.TextField()

    template = "peer_bakery/record.html"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The rows of the head table beside what Wagtail gives."""
        context = super().get_context(request, *args, **kwargs)
        context["head"] = [
            ("索引号", self.index_number), ("主题分类", "综合政务"), ("发文机关", self.body_name),
            ("成文日期", self.made_on), ("标题", self.title), ("发文字号", self.document_number), ("有效性", "有效"),
        ]  # fmt: skip
        return context
