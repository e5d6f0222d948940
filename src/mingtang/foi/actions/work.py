"""What is put on file while a request is worked on: searches, opinions, files."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.foi import files
from mingtang.foi.access import user_of
from mingtang.foi.actions.rows import day, opened, require_open, said, tell
from mingtang.foi.errors import Invalid, WrongState
from mingtang.foi.files import Upload
from mingtang.foi.models import Asked, File, FileKind, Letter, Opinion, Party, Request, Search


@transaction.atomic
def search(
    request: Request,
    *,
    where: str,
    words: str,
    found: bool,
    result: str,
    actor: Any,
    moment: datetime,
    asked: Asked | None = None,
    on: date | None = None,
) -> Search:
    """Put on file where somebody searched, with which words, and what came of it; event `foi.searched`."""
    row = opened(request, "foi.handle", actor=actor, moment=moment)
    require_open(row)
    made = Search.objects.create(
        request=row, asked=_own(row, asked), where=said("where", where, _("请写明检索范围。"), 300),
        words=said("words", words, _("请写明检索词。"), 300), on=day(on, moment), by=user_of(actor), found=found,
        result=said("result", result, _("请写明检索结果。")), made_at=moment,
    )  # fmt: skip
    tell("searched", row, actor=actor, moment=moment, search=made.pk, found=found)
    return made


@transaction.atomic
def give_opinion(
    request: Request, *, kind: str, verdict: str, text: str, actor: Any, moment: datetime, asked: Asked | None = None
) -> Opinion:
    """A review of secrecy or legality, or the view of a unit; event `foi.opinion_given`."""
    row = opened(request, "foi.review", actor=actor, moment=moment)
    require_open(row)
    if kind not in Opinion.Kind.values or verdict not in Opinion.Verdict.values:
        raise Invalid("verdict", _("请选择审查的种类和意见。"))
    made = Opinion.objects.create(
        request=row, asked=_own(row, asked), kind=kind, verdict=verdict, text=said("text", text, _("请写明意见。")),
        by=user_of(actor), made_at=moment,
    )  # fmt: skip
    tell("opinion_given", row, actor=actor, moment=moment, opinion=made.pk, kind=kind, verdict=verdict)
    return made


@transaction.atomic
def keep_file(
    request: Request,
    *,
    kind: str,
    upload: Upload,
    actor: Any,
    moment: datetime,
    letter: Letter | None = None,
    party: Party | None = None,
) -> File:
    """Put a file on file, encrypted; event `foi.file_kept`. What goes out with a reply belongs to its draft."""
    row = opened(request, "foi.handle", actor=actor, moment=moment)
    if kind not in FileKind.values or kind in (FileKind.LETTER_PDF, FileKind.LETTER_DOCX, FileKind.ARCHIVE):
        raise Invalid("kind", _("请选择文件的种类。"))
    if letter is not None and letter.state != Letter.State.DRAFT and kind == FileKind.REPLY_ATTACHMENT:
        raise WrongState(_("文书已经签发，不能再加附件。"))
    file = files.keep(row, kind, upload, actor=actor, moment=moment, letter=letter, party=party)
    tell("file_kept", row, actor=actor, moment=moment, file=str(file.pk), kind=kind)
    return file


def _own(row: Request, asked: Asked | None) -> Asked | None:
    if asked is not None and asked.request_id != row.pk:
        raise Invalid("asked", _("申请事项不属于这件申请。"))
    return asked
