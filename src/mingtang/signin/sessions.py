"""The session engine (`SESSION_ENGINE`): Django's database store, whose rows also say whose session they are."""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

#: Keys in the session's data; times are ISO 8601 with offset.
DEVICE, NETWORK, STARTED, SEEN = "device", "network", "started", "seen"


class SessionStore(DatabaseStore):
    """Keeps the columns of `signin.models.Session` in step with the session's data."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The model of the rows."""
        from mingtang.signin.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """A row for the data, ready to be saved."""
        row: Any = super().create_model_instance(data)  # of the class that `get_model_class` names
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.device = data.get(DEVICE, "")
        row.network = data.get(NETWORK, "")
        row.started_at = moment_in(data, STARTED)
        row.seen_at = moment_in(data, SEEN)
        return row


def moment_in(data: Any, key: str) -> datetime | None:
    """The moment that a session's data holds under `key`."""
    return datetime.fromisoformat(data[key]) if key in data else None
