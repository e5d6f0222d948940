"""The room `review` in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "mingtang.review"
    verbose_name = _("审核")
