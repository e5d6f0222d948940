"""What the worker does for the ledger: reading notices, and looking through earlier events for evidence."""

from django.utils import timezone
from django_tasks import task


@task()
def read_notice(notice: int) -> None:
    """Read the uploaded notice with this key into a draft ledger."""
    from mingtang.ledger.actions.read import read
    from mingtang.ledger.models import Import

    read(Import.objects.get(pk=notice), clock=timezone.now)


@task()
def look_back_for_evidence(ledger: int) -> None:
    """Propose evidence from events between the notice's day and the issue of the ledger with this key."""
    from mingtang.ledger import evidence
    from mingtang.ledger.models import Ledger

    evidence.sweep(Ledger.objects.get(pk=ledger), moment=timezone.now())
