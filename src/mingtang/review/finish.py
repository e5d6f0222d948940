"""What Wagtail calls when a workflow's last task is approved (setting `WAGTAIL_FINISH_WORKFLOW_ACTION`)."""

from typing import Any


def leave_to_actions(_workflow_state: Any, user: Any = None) -> None:
    """Nothing: `review.actions.sign` itself publishes or schedules, with trace, in the same transaction."""
