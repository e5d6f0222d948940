"""Removing what is personal once it has been kept long enough; numbers, days and decisions stay."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.foi import files
from mingtang.foi.actions.rows import locked, tell
from mingtang.foi.models import Applicant, Asked, File, Letter, Party, Request, Step


@transaction.atomic
def purge_proof(file: File, *, actor: Any, moment: datetime) -> None:
    """Remove one file on its day; event `foi.file_purged`."""
    row = locked(file.request)
    files.remove(file, moment)
    tell("file_purged", row, actor=actor, moment=moment, file=str(file.pk), kind=file.kind)


@transaction.atomic
def purge_request(request: Request, *, actor: Any, moment: datetime) -> None:
    """Remove everything personal of a request: identities, letters, files, what it says; event `foi.purged`.

    What the reports count stays. A stop on the way is made good by the next run: rows say it only at the end.
    """
    row = locked(request)
    removed = list(row.files.filter(purged_at=None))
    for file in removed:
        files.remove(file, moment)
    Party.objects.filter(request=row).update(sealed=b"", concerning=_("（已清除）"))
    Letter.objects.filter(request=row).update(sealed=b"")
    Asked.objects.filter(request=row).update(text=_("（已清除）"), explanation="", withheld=[])
    Step.objects.filter(request=row).update(reason="")
    Applicant.objects.filter(pk=row.applicant_id).update(sealed=b"", same="", purged_at=moment)
    row.subject = row.wanted = _("（已按保存期限清除）")
    row.corrected = ""
    row.save(update_fields=["subject", "wanted", "corrected"])
    tell("purged", row, actor=actor, moment=moment, files=len(removed))
