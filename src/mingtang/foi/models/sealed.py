"""What all rows with personal content share: one encrypted value, bound to the row, that can be purged."""

import json
import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingtang.foi import vault
from mingtang.foi.errors import Purged


class SealedModel(models.Model):
    """A row whose personal content is one JSON object, encrypted; empty once it was purged."""

    token = models.UUIDField(_("内部标识"), default=uuid.uuid4, unique=True, editable=False)
    sealed = models.BinaryField(_("加密内容"), default=b"", editable=False)

    class Meta:
        abstract = True

    @property
    def is_purged(self) -> bool:
        """Whether nothing personal is kept any more."""
        return not self.sealed

    def seal(self, value: dict[str, Any]) -> None:
        """Put the content in, encrypted; the caller saves."""
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        self.sealed = vault.seal(plain, self._about())

    def unseal(self) -> dict[str, Any]:
        """The content; raises `Purged`, or what the vault raises."""
        if self.is_purged:
            raise Purged(str(self._meta.verbose_name))
        return json.loads(vault.unseal(bytes(self.sealed), self._about()))

    def _about(self) -> str:
        return f"{self._meta.label_lower}:{self.token}"
